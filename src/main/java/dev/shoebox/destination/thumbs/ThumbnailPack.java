package dev.shoebox.destination.thumbs;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.records.Identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * A file of thumbnails, {@code .shoebox/thumbs/0001.pack}: consecutive records, only ever appended. A record is
 * {@code SBT1}, the CRC-32C of the rest, the key, the length, and the picture; length 0 if the source had none.
 * {@code 0001.index} beside it lists where each record starts, so that not everything must be read; it is a hint, and
 * missing entries are found by reading the pack.
 *
 * <p>An attacker who writes to these files can only change pictures: each length is checked before use.
 */
record ThumbnailPack(int number) {
    static final String FOLDER = Identity.FOLDER + "/thumbs";

    /** Larger thumbnails are not stored, in bytes. */
    static final int LARGEST = 256 << 10;

    /** A larger pack is not ours, in bytes. */
    static final long LARGEST_PACK = 64 << 20;

    static final int HEADER = 2 * Integer.BYTES + ThumbnailKey.BYTES + Integer.BYTES;
    private static final int MAGIC = 0x53425431;
    static final int LINE = ThumbnailKey.BYTES + 3 * Integer.BYTES;
    private static final String ENDING = ".pack";

    /** @param offset of the record */
    record Entry(ThumbnailKey key, int offset, int length) {
        int end() {
            return offset + HEADER + length;
        }
    }

    /**
     * The complete records of a pack, in order.
     *
     * @param isWhole whether nothing else follows them
     * @param indexed the number of them that the index has
     */
    record Contents(List<Entry> entries, boolean isWhole, int indexed) {
        int end() {
            return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).end();
        }
    }

    String path() {
        return name() + ENDING;
    }

    String index() {
        return name() + ".index";
    }

    private String name() {
        return String.format(Locale.ROOT, "%s/%04d", FOLDER, number);
    }

    /** Returns the number of a pack; empty if the file is not one. */
    static OptionalInt number(String name) {
        return name.matches("[0-9]{4}[.]pack")
                ? OptionalInt.of(Integer.parseInt(name.substring(0, 4)))
                : OptionalInt.empty();
    }

    static byte[] record(ThumbnailKey key, byte[] picture) {
        ByteBuffer record = ByteBuffer.allocate(HEADER + picture.length);
        record.putInt(MAGIC).putInt(0);
        key.write(record);
        record.putInt(picture.length).put(picture);
        record.putInt(Integer.BYTES, sum(record.array(), 2 * Integer.BYTES));
        return record.array();
    }

    static byte[] line(Entry entry) {
        ByteBuffer line = ByteBuffer.allocate(LINE);
        entry.key().write(line);
        line.putInt(entry.offset()).putInt(entry.length());
        line.putInt(sum(line.array(), 0, LINE - Integer.BYTES));
        return line.array();
    }

    private static int sum(byte[] bytes, int from) {
        return sum(bytes, from, bytes.length);
    }

    private static int sum(byte[] bytes, int from, int to) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, to - from);
        return (int) sum.getValue();
    }

    /** Reads a pack; empty if the file is not ours. */
    Contents read(Disk disk) throws IOException {
        Optional<Disk.Entry> there = disk.look(path());
        if (there.filter(file -> file.isFile() && file.size() <= LARGEST_PACK).isEmpty()) {
            return new Contents(List.of(), false, 0);
        }
        int size = (int) there.get().size();
        List<Entry> entries = new ArrayList<>();
        readIndex(disk, size, entries);
        int indexed = entries.size();
        int end = entries.isEmpty() ? 0 : entries.get(indexed - 1).end();
        if (end < size) {
            try (SeekableByteChannel bytes = disk.read(path())) {
                for (Optional<Entry> next = next(bytes, end, size); next.isPresent(); next = next(bytes, end, size)) {
                    entries.add(next.get());
                    end = next.get().end();
                }
            }
        }
        return new Contents(entries, end == size, indexed);
    }

    /** Reads entries of the index while each follows the previous one and lies inside the pack. */
    private void readIndex(Disk disk, int size, List<Entry> entries) throws IOException {
        if (disk.look(index())
                .filter(file -> file.isFile() && file.size() <= LARGEST_PACK)
                .isEmpty()) {
            return;
        }
        try (SeekableByteChannel bytes = disk.read(index())) {
            ByteBuffer all = ByteBuffer.allocate((int) Math.min(bytes.size(), LARGEST_PACK));
            fill(bytes, all);
            all.flip();
            byte[] line = new byte[LINE];
            for (long end = 0; all.remaining() >= LINE; ) {
                all.get(line);
                ByteBuffer fields = ByteBuffer.wrap(line);
                Entry entry = new Entry(ThumbnailKey.read(fields), fields.getInt(), fields.getInt());
                boolean fits = entry.offset() == end && isLength(entry.length()) && entry.end() <= size;
                if (!fits || fields.getInt() != sum(line, 0, LINE - Integer.BYTES)) {
                    return;
                }
                entries.add(entry);
                end = entry.end();
            }
        }
    }

    private static boolean isLength(int length) {
        return length >= 0 && length <= LARGEST;
    }

    /** Returns the record at an offset; empty if there is no complete one. */
    private static Optional<Entry> next(SeekableByteChannel bytes, int offset, int size) throws IOException {
        if (size - offset < HEADER) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        fill(bytes.position(offset), header);
        header.flip();
        if (header.remaining() < HEADER || header.getInt() != MAGIC) {
            return Optional.empty();
        }
        header.getInt();
        Entry entry = new Entry(ThumbnailKey.read(header), offset, header.getInt());
        boolean fits = isLength(entry.length()) && entry.end() <= size;
        return fits && picture(bytes, entry).isPresent() ? Optional.of(entry) : Optional.empty();
    }

    /** Returns the picture of a record; empty if the bytes there have changed. */
    Optional<byte[]> picture(Disk disk, Entry entry) throws IOException {
        if (!disk.hasFile(path())) {
            return Optional.empty();
        }
        try (SeekableByteChannel bytes = disk.read(path())) {
            return picture(bytes, entry);
        }
    }

    private static Optional<byte[]> picture(SeekableByteChannel bytes, Entry entry) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(HEADER + entry.length());
        fill(bytes.position(entry.offset()), record);
        record.flip();
        if (record.remaining() < record.capacity()
                || record.getInt() != MAGIC
                || record.getInt() != sum(record.array(), 2 * Integer.BYTES)
                || !ThumbnailKey.read(record).equals(entry.key())
                || record.getInt() != entry.length()) {
            return Optional.empty();
        }
        byte[] picture = new byte[entry.length()];
        record.get(picture);
        return Optional.of(picture);
    }

    private static void fill(SeekableByteChannel from, ByteBuffer to) throws IOException {
        while (to.hasRemaining() && from.read(to) >= 0) {
            // Reads until all bytes are there, or the file ends.
        }
    }
}
