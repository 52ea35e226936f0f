package dev.shoebox.destination.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A text file to which whole lines are appended. Other content belongs to whoever wrote it and stays: of what a crash
 * or a person left at the end, only the beginning of a line of ours is ever cut off.
 *
 * <p>The part that was read is recorded as a {@link Position}, which counts only while the content at its end is
 * unchanged.
 */
public final class AppendOnlyLines implements Closeable {
    /** Our lines are much shorter; a longer one is damage. */
    private static final int LONGEST = 1 << 20;

    private static final int READ_BYTES = 1 << 16;

    /** Far more than the lines of a batch, in bytes. */
    private static final int MOST_UNFORCED = 1 << 24;

    private final Disk disk;
    private final Kind kind;
    private final Disk.Out out;
    private final CRC32C check;
    private final boolean asWritten;
    private final long recorded;
    private long length;

    /** The number of bytes after the last line end. */
    private long unended;

    private boolean torn;
    private boolean trusted = true;

    private AppendOnlyLines(Disk disk, Kind kind, Disk.Out out, Checked found, long recorded, long unended) {
        this.disk = disk;
        this.kind = kind;
        this.out = out;
        this.check = found.check();
        this.asWritten = found.asWritten();
        this.recorded = recorded;
        this.length = found.end();
        this.unended = unended;
    }

    /**
     * A file of lines.
     *
     * @param isShared whether people write in it, too: then its whole content is compared with the recorded check, else
     *     its last line
     */
    public record Kind(String path, boolean isShared) {}

    /**
     * How far a file was read.
     *
     * @param end the offset after the last line, in bytes
     * @param check CRC-32C of everything before, or of the last line, depending on {@link Kind#isShared}; negative if
     *     unknown
     */
    public record Position(long end, long check) {}

    /** @param asWritten whether the content at the recorded position is unchanged */
    private record Checked(long end, CRC32C check, boolean asWritten) {}

    /** Receives complete lines. */
    public interface Reader {
        /**
         * @param line without its end
         * @param end the offset after it, in bytes
         */
        void line(String line, long end) throws IOException;
    }

    /** Distinguishes the beginning of a line of ours from other text. */
    public interface Ours {
        /** @param text the text after the last line end, without bytes that no text ends with */
        boolean isBeginning(String text) throws IOException;
    }

    /**
     * Opens a file for appending. Text after the last line end is cut off if it is the beginning of a line of ours, or
     * consists of zeros left by a crash; otherwise it stays, and gets its line end with the next line.
     */
    public static AppendOnlyLines open(Disk disk, Kind kind, Position known, Ours ours) throws IOException {
        String path = kind.path();
        Optional<Disk.Entry> there = disk.look(path);
        if (there.isPresent() && !there.get().isFile()) {
            throw DestinationException.inTheWay(path, "file");
        }
        long size = there.map(Disk.Entry::size).orElse(0L);
        long end = endOfLines(disk, path, size);
        long unended = size - end;
        Checked found = check(disk, kind, end, known);
        // Our lines are never longer.
        boolean cut = unended > 0 && unended <= LONGEST && isTorn(disk, path, end, bytes(disk, path, end, size), ours);
        Disk.Out out = disk.append(path);
        try {
            if (cut) {
                out.truncate(end);
                out.force();
            }
            return new AppendOnlyLines(disk, kind, out, found, known.end(), cut ? 0 : unended);
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }

    private static boolean isTorn(Disk disk, String path, long end, byte[] unended, Ours ours) throws IOException {
        int length = unended.length;
        while (length > 0 && unended[length - 1] == 0) {
            length--;
        }
        for (int i = 0; i < length; i++) {
            if (unended[i] == 0) {
                return false;
            }
        }
        if (length > 0) {
            return ours.isBeginning(new String(unended, 0, length, StandardCharsets.UTF_8));
        }
        // Text in UTF-16 may end in a zero, too.
        for (byte before : bytes(disk, path, Math.max(0, end - 2), end)) {
            if (before == 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the file is in UTF-16, as some Windows programs write it: no line can be added to it. */
    public static boolean isWide(Disk disk, String path) throws IOException {
        byte[] first = bytes(disk, path, 0, 4);
        return first.length >= 2
                && ((first[0] == (byte) 0xFF && first[1] == (byte) 0xFE)
                        || (first[0] == (byte) 0xFE && first[1] == (byte) 0xFF)
                        || (first[0] == 0) != (first[1] == 0));
    }

    /** Returns the offset after the last line end, in bytes. */
    private static long endOfLines(Disk disk, String path, long size) throws IOException {
        for (long to = size; to > 0; to = Math.max(0, to - READ_BYTES)) {
            long from = Math.max(0, to - READ_BYTES);
            byte[] block = bytes(disk, path, from, to);
            for (int i = block.length - 1; i >= 0; i--) {
                if (block[i] == '\n') {
                    return from + i + 1;
                }
            }
        }
        return 0;
    }

    private static byte[] bytes(Disk disk, String path, long from, long to) throws IOException {
        if (disk.look(path).isEmpty()) {
            return new byte[0];
        }
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(Math.max(0, to - from)));
        try (SeekableByteChannel channel = disk.read(path)) {
            channel.position(from);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // Reads until all bytes are there.
            }
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static Checked check(Disk disk, Kind kind, long end, Position known) throws IOException {
        boolean mayBe = known.end() <= end && known.check() >= 0;
        if (!kind.isShared()) {
            if (known.check() < 0) {
                // An earlier version recorded only the offset.
                boolean atLine = known.end() == 0
                        || (known.end() <= end && bytes(disk, kind.path(), known.end() - 1, known.end())[0] == '\n');
                return new Checked(end, lastLine(disk, kind.path(), end), atLine);
            }
            CRC32C last = lastLine(disk, kind.path(), end);
            boolean same = mayBe
                    && (known.end() == end ? last : lastLine(disk, kind.path(), known.end())).getValue()
                            == known.check();
            return new Checked(end, last, same);
        }
        var check = new CRC32C();
        long middle = Math.min(Math.max(0, known.end()), end);
        update(check, disk, kind.path(), 0, middle);
        long seen = middle == known.end() ? check.getValue() : -1;
        update(check, disk, kind.path(), middle, end);
        return new Checked(end, check, mayBe && seen == known.check());
    }

    /** Returns whether the recorded part of a file is unchanged, whatever follows it. */
    public static boolean isUnchanged(Disk disk, Kind kind, Position known) throws IOException {
        Optional<Disk.Entry> file = disk.look(kind.path()).filter(Disk.Entry::isFile);
        if (known.check() < 0 || file.isEmpty()) {
            return false;
        }
        return check(disk, kind, endOfLines(disk, kind.path(), file.get().size()), known)
                .asWritten();
    }

    private static void update(CRC32C check, Disk disk, String path, long from, long to) throws IOException {
        if (from >= to) {
            return;
        }
        try (SeekableByteChannel channel = disk.read(path)) {
            channel.position(from);
            ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
            for (long at = from; at < to; ) {
                int read = channel.read(buffer.clear().limit((int) Math.min(READ_BYTES, to - at)));
                if (read < 0) {
                    break;
                }
                check.update(buffer.flip());
                at += read;
            }
        }
    }

    /** Returns the check of the line that ends there; of no bytes if none does. */
    private static CRC32C lastLine(Disk disk, String path, long end) throws IOException {
        byte[] block = bytes(disk, path, Math.max(0, end - LONGEST), end);
        var check = new CRC32C();
        if (block.length > 0 && block[block.length - 1] == '\n') {
            int from = block.length - 1;
            while (from > 0 && block[from - 1] != '\n') {
                from--;
            }
            check.update(block, from, block.length - 1 - from);
        }
        return check;
    }

    /**
     * Reads complete lines from an offset on. A missing file has no lines.
     *
     * @return the text after the last line end
     */
    public static String read(Disk disk, String path, long from, Reader reader) throws IOException {
        if (disk.look(path).isEmpty()) {
            return "";
        }
        try (SeekableByteChannel channel = disk.read(path)) {
            channel.position(from);
            long end = from;
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            byte[] line = new byte[256];
            int length = 0;
            while (channel.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    byte next = buffer.get();
                    end++;
                    if (next == '\n') {
                        reader.line(new String(line, 0, Math.min(length, line.length), StandardCharsets.UTF_8), end);
                        length = 0;
                    } else if (length < LONGEST) {
                        if (length == line.length) {
                            line = Arrays.copyOf(line, length * 2);
                        }
                        line[length++] = next;
                    }
                }
                buffer.clear();
            }
            return new String(line, 0, Math.min(length, line.length), StandardCharsets.UTF_8);
        }
    }

    /** Makes the lines behind the recorded position durable: an interrupted run may not have forced them, or in vain. */
    public void secure(DiskCapabilities abilities) throws IOException {
        ensureWritten(abilities);
        if (length > recorded && abilities.forces()) {
            force();
        }
    }

    /**
     * Writes the end again if the disk does not have it as the system shows it. After a failed force, the system shows
     * lines that it dropped and would never write. If the difference is larger than we write between two forces, another
     * program caused it, and it stays. Lines that the disk has are not written: it may fail once more meanwhile.
     */
    private void ensureWritten(DiskCapabilities abilities) throws IOException {
        long from = recorded;
        if (!abilities.readsPastCache() || from >= length || length - from > MOST_UNFORCED || unended > 0) {
            return;
        }
        byte[] remembered = bytes(disk, kind.path(), from, length);
        ByteBuffer onDisk = ByteBuffer.allocate(remembered.length);
        long[] position = {0};
        disk.readPastCache(kind.path(), bytes -> {
            int skipped = (int) Math.min(bytes.remaining(), Math.max(0, from - position[0]));
            position[0] += bytes.remaining();
            bytes.position(bytes.position() + skipped);
            onDisk.put(bytes.limit(bytes.position() + Math.min(bytes.remaining(), onDisk.remaining())));
        });
        int same = Arrays.mismatch(onDisk.array(), 0, onDisk.position(), remembered, 0, remembered.length);
        if (same >= 0 && isLeftAlone()) {
            int kept = (int) Math.max(0, endOfLines(disk, kind.path(), from + same) - from);
            torn = true;
            out.truncate(from + kept);
            out.write(ByteBuffer.wrap(remembered, kept, remembered.length - kept));
            out.force();
            torn = false;
        }
    }

    /** Returns whether the recorded part is unchanged; otherwise the whole file counts as new. */
    public boolean isAsWritten() {
        return asWritten;
    }

    /** Returns the offset after the last line, in bytes. */
    public long length() {
        return length;
    }

    /**
     * Returns the position of the last line, to be recorded. If foreign text without a line end follows, it may list a
     * file and be gone tomorrow: then the whole file is read again at the next opening.
     */
    public Position position() {
        return new Position(length, trusted && (unended == 0 || !kind.isShared()) ? check.getValue() : -1);
    }

    /** Marks the file as containing wrong lines, so that it is read again at the next opening. */
    public void distrust() {
        trusted = false;
    }

    private long size() {
        return length + unended;
    }

    /** Returns whether the file still has its size; otherwise another program writes to it or replaced it. */
    public boolean isLeftAlone() throws IOException {
        return disk.look(kind.path()).map(Disk.Entry::size).orElse(-1L) == size();
    }

    /** Appends all lines or none, as far as the disk allows; durable only after {@link #force}. */
    public void append(List<String> lines) throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        if (torn) {
            throw new IOException("the end of a file is torn, which the next run repairs");
        }
        byte[] bytes = ((unended > 0 ? "\n" : "") + String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            out.write(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            cutBack(bytes.length, e);
            throw e;
        }
        if (kind.isShared()) {
            update(check, disk, kind.path(), length, size());
            check.update(bytes);
        } else {
            check.reset();
            check.update(lines.get(lines.size() - 1).getBytes(StandardCharsets.UTF_8));
        }
        length = size() + bytes.length;
        unended = 0;
    }

    /**
     * Removes the written part of lines that could not be written completely, and nothing that another program added
     * meanwhile.
     */
    private void cutBack(int bytes, IOException failure) {
        try {
            long now = disk.look(kind.path()).map(Disk.Entry::size).orElse(0L);
            if (now < size() || now > size() + bytes) {
                throw new IOException("another program changed " + kind.path());
            }
            out.truncate(size());
        } catch (IOException left) {
            // A line that followed half a line would be lost with it.
            torn = true;
            failure.addSuppressed(left);
        }
    }

    public void force() throws IOException {
        out.force();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
