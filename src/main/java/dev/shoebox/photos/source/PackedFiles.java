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
 * A list of media files that uses some forty bytes for each; an object would use four times as many. The path of a
 * folder is stored once. {@link #get} creates an equal file each time: iterate, and keep few results.
 */
public final class PackedFiles extends AbstractList<MediaFile> implements RandomAccess {
    /** A position is the number of a block and, in this many bits, the offset of a file's first byte in it. */
    private static final int BLOCK_BITS = 20;

    private static final int FIRST_BLOCK = 1 << 10;

    private final byte[][] blocks;

    /** Each with a trailing slash; the root of the source is empty. */
    private final String[] folders;

    private final int[] positions;

    private PackedFiles(byte[][] blocks, String[] folders, int[] positions) {
        this.blocks = blocks;
        this.folders = folders;
        this.positions = positions;
    }

    /** Returns the same files as an immutable list. */
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

    /** Returns an upper bound for the number of folders. */
    public int folderCount() {
        return folders.length;
    }

    /** Returns the number of a file's folder, below {@link #folderCount}. */
    public int folderOf(int index) {
        return (int) Bytes.at(blocks, positions[index]).number();
    }

    /** Returns the path of a folder with a trailing slash; empty for the root of the source. */
    public String folder(int number) {
        return folders[number];
    }

    /** Collects files. Used by one thread. */
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

        /** @param name the index at which the name starts */
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
         * Sorts the files by path; the sort is stable.
         *
         * @param place maps a folder, in the form of {@link PackedFiles#folder}, to its sort key
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

        /** Returns the files added so far. Later additions do not change it. */
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

        /**
         * The maximum size besides the text: nine numbers for folder, text, size, two for a time, the kind of the other
         * time, and that.
         */
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

        /** Returns an encoded text. */
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
            // If the block uses all bits of the position, no further file can start in it.
            return Math.min(block.length, (1 << BLOCK_BITS)) - position;
        }

        /** Writes a number: seven bits in each byte, the lowest first; the highest bit means that more follow. */
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
         * Writes the rest of a text, each char separately in the manner of UTF-8: invalid text is restored, too, and
         * bytes sort like the characters.
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

        /** Compares two files by the sort keys of their folders and by their names. */
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

        /** Returns a byte of a sort key followed by the text that starts here. */
        private byte of(byte[] place, int at) {
            return at < place.length ? place[at] : block[position + at - place.length];
        }
    }
}
