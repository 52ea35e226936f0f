package dev.shoebox.photos.source;

import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.function.UnaryOperator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A list of media files that takes some forty bytes for each, where a file as an object takes four times that. The path of
 * a folder is kept once. {@link #get} makes an equal file each time: go through the list, and keep little of what it gives.
 */
public final class PackedFiles extends AbstractList<MediaFile> implements RandomAccess {
    /** A position is the number of a block and, in so many bits, the place of a file's first byte in it. */
    private static final int BLOCK_BITS = 20;

    private static final int FIRST_BLOCK = 1 << 10;

    private final byte[][] blocks;

    /** Each with the slash at its end; the top of the source is empty. */
    private final String[] folders;

    private final int[] positions;

    private PackedFiles(byte[][] blocks, String[] folders, int[] positions) {
        this.blocks = blocks;
        this.folders = folders;
        this.positions = positions;
    }

    /** The same files, as a list that nothing changes. */
    public static PackedFiles of(List<MediaFile> files) {
        if (files instanceof PackedFiles packed) {
            return packed;
        }
        Builder builder = new Builder();
        files.forEach(builder::add);
        return builder.build();
    }

    @Override
    public int size() {
        return positions.length;
    }

    @Override
    public MediaFile get(int index) {
        Bytes bytes = Bytes.at(blocks, positions[index]);
        String folder = folders[(int) bytes.number()];
        String path = folder.concat(bytes.text());
        long size = bytes.number();
        Instant modified = bytes.time();
        Optional<Instant> created =
                switch ((int) bytes.number()) {
                    case Bytes.NO_TIME -> Optional.empty();
                    case Bytes.SAME_TIME -> Optional.of(modified);
                    default -> Optional.of(bytes.time());
                };
        return new MediaFile(path, size, modified, created);
    }

    /** In how many folders the files lie, at most. */
    public int folderCount() {
        return folders.length;
    }

    /** Which of the {@link #folderCount} folders a file lies in. */
    public int folderOf(int index) {
        return (int) Bytes.at(blocks, positions[index]).number();
    }

    /** The path of a folder with the slash at its end; empty for the top of the source. */
    public String folder(int number) {
        return folders[number];
    }

    /** Takes files one by one. Used by one thread. */
    public static final class Builder {
        private final Map<String, Integer> folderNumbers = new HashMap<>();
        private final List<String> folders = new ArrayList<>();
        private final List<byte[]> blocks = new ArrayList<>();
        private int[] positions = new int[16];
        private int size;
        private Bytes last = new Bytes(new byte[0], 0);
        private int lastFolder = -1;

        public int size() {
            return size;
        }

        public void add(MediaFile file) {
            String path = file.path();
            int name = path.lastIndexOf('/') + 1;
            int folder = folder(path, name);
            int most = Bytes.MOST_BESIDE_TEXT + (path.length() - name) * Bytes.MOST_OF_CHARACTER;
            if (last.left() < most) {
                int next = Math.min(1 << BLOCK_BITS, blocks.isEmpty() ? FIRST_BLOCK : last.capacity() * 2);
                byte[] block = new byte[Math.max(next, most)];
                blocks.add(block);
                last = new Bytes(block, 0);
            }
            if (size == positions.length) {
                positions = Arrays.copyOf(positions, size + size / 2);
            }
            positions[size++] = ((blocks.size() - 1) << BLOCK_BITS) | last.position();
            last.put(folder);
            last.put(path, name);
            last.put(file.size());
            last.put(file.modified());
            if (file.created().isEmpty()) {
                last.put(Bytes.NO_TIME);
            } else if (file.created().get().equals(file.modified())) {
                last.put(Bytes.SAME_TIME);
            } else {
                last.put(Bytes.OTHER_TIME);
                last.put(file.created().get());
            }
        }

        /** @param name where the name begins */
        private int folder(String path, int name) {
            if (lastFolder >= 0) {
                String before = folders.get(lastFolder);
                if (before.length() == name && path.startsWith(before)) {
                    return lastFolder;
                }
            }
            lastFolder = folderNumbers.computeIfAbsent(path.substring(0, name), folder -> {
                folders.add(folder);
                return folders.size() - 1;
            });
            return lastFolder;
        }

        /**
         * Orders what was added by its paths; equal ones keep their order.
         *
         * @param place what of a folder, as {@link PackedFiles#folder} has it, counts for that
         */
        public void sort(UnaryOperator<String> place) {
            byte[][] all = blocks.toArray(byte[][]::new);
            byte[][] places = new byte[folders.size()][];
            for (int number = 0; number < places.length; number++) {
                places[number] = Bytes.of(place.apply(folders.get(number)));
            }
            Integer[] sorted = new Integer[size];
            for (int index = 0; index < size; index++) {
                sorted[index] = positions[index];
            }
            Arrays.sort(sorted, (one, other) -> Bytes.compare(Bytes.at(all, one), Bytes.at(all, other), places));
            for (int index = 0; index < size; index++) {
                positions[index] = sorted[index];
            }
        }

        /** What was added so far. What is added later does not change it. */
        public PackedFiles build() {
            return new PackedFiles(
                    blocks.toArray(byte[][]::new), folders.toArray(String[]::new), Arrays.copyOf(positions, size));
        }
    }

    /** Reads and writes numbers, texts and times within one block. */
    private static final class Bytes {
        static final int NO_TIME = 0;
        static final int SAME_TIME = 1;
        static final int OTHER_TIME = 2;

        /** Nine numbers: folder, text, size, two for a time, what the other is, and that. */
        static final int MOST_BESIDE_TEXT = 9 * 10;

        static final int MOST_OF_CHARACTER = 3;

        private final byte[] block;
        private int position;

        Bytes(byte[] block, int position) {
            this.block = block;
            this.position = position;
        }

        static Bytes at(byte[][] blocks, int position) {
            return new Bytes(blocks[position >>> BLOCK_BITS], position & (1 << BLOCK_BITS) - 1);
        }

        /** A text alone. */
        static byte[] of(String text) {
            Bytes bytes = new Bytes(new byte[10 + text.length() * MOST_OF_CHARACTER], 0);
            bytes.put(text, 0);
            int end = bytes.position;
            bytes.position = 0;
            bytes.number();
            return Arrays.copyOfRange(bytes.block, bytes.position, end);
        }

        int position() {
            return position;
        }

        int capacity() {
            return block.length;
        }

        int left() {
            // A block that is full in all its bits of positions has no place for the first byte of another file.
            return Math.min(block.length, (1 << BLOCK_BITS)) - position;
        }

        /** Seven bits in each byte, the lowest first; the highest bit says that more follow. */
        void put(long number) {
            long left = number;
            while ((left & ~0x7FL) != 0) {
                block[position++] = (byte) (left | 0x80);
                left >>>= 7;
            }
            block[position++] = (byte) left;
        }

        long number() {
            long number = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = block[position++];
                number |= (next & 0x7FL) << shift;
                if (next >= 0) {
                    return number;
                }
            }
        }

        void put(Instant time) {
            long second = time.getEpochSecond();
            put(second << 1 ^ second >> 63);
            put(time.getNano());
        }

        Instant time() {
            long second = number();
            return Instant.ofEpochSecond(second >>> 1 ^ -(second & 1), number());
        }

        /**
         * Puts the rest of a text, each char by itself as UTF-8 has it: what is no text for an encoder comes back as well, and bytes
         * are in the order of the characters.
         */
        void put(String text, int from) {
            int bytes = 0;
            for (int at = from; at < text.length(); at++) {
                bytes += size(text.charAt(at));
            }
            put((long) bytes << 1 | (bytes == text.length() - from ? 0 : 1));
            for (int at = from; at < text.length(); at++) {
                char next = text.charAt(at);
                switch (size(next)) {
                    case 1 -> block[position++] = (byte) next;
                    case 2 -> {
                        block[position++] = (byte) (0xC0 | next >> 6);
                        block[position++] = (byte) (0x80 | (next & 0x3F));
                    }
                    default -> {
                        block[position++] = (byte) (0xE0 | next >> 12);
                        block[position++] = (byte) (0x80 | (next >> 6 & 0x3F));
                        block[position++] = (byte) (0x80 | (next & 0x3F));
                    }
                }
            }
        }

        private static int size(char character) {
            return character < 0x80 ? 1 : character < 0x800 ? 2 : MOST_OF_CHARACTER;
        }

        String text() {
            long head = number();
            int bytes = (int) (head >>> 1);
            int from = position;
            position += bytes;
            if ((head & 1) == 0) {
                return new String(block, from, bytes, ISO_8859_1);
            }
            StringBuilder text = new StringBuilder(bytes);
            int at = from;
            while (at < position) {
                int first = block[at++];
                if (first >= 0) {
                    text.append((char) first);
                } else if ((first & 0x20) == 0) {
                    text.append((char) ((first & 0x1F) << 6 | (block[at++] & 0x3F)));
                } else {
                    text.append((char) ((first & 0xF) << 12 | (block[at++] & 0x3F) << 6 | (block[at++] & 0x3F)));
                }
            }
            return text.toString();
        }

        /** The order of two files by what their folders count for and their names. */
        static int compare(Bytes one, Bytes other, byte[][] places) {
            byte[] onePlace = places[(int) one.number()];
            byte[] otherPlace = places[(int) other.number()];
            int oneName = (int) (one.number() >>> 1);
            int otherName = (int) (other.number() >>> 1);
            if (onePlace == otherPlace) {
                return Arrays.compareUnsigned(
                        one.block,
                        one.position,
                        one.position + oneName,
                        other.block,
                        other.position,
                        other.position + otherName);
            }
            int oneLength = onePlace.length + oneName;
            int otherLength = otherPlace.length + otherName;
            for (int at = 0; at < Math.min(oneLength, otherLength); at++) {
                int order = Byte.compareUnsigned(one.of(onePlace, at), other.of(otherPlace, at));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(oneLength, otherLength);
        }

        /** A byte of a place with the text that begins here behind it. */
        private byte of(byte[] place, int at) {
            return at < place.length ? place[at] : block[position + at - place.length];
        }
    }
}
