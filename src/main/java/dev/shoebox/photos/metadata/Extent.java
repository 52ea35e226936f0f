package dev.shoebox.photos.metadata;

import dev.shoebox.photos.metadata.container.Matroska;
import dev.shoebox.photos.metadata.field.BoundedReader;

import java.io.IOException;

/**
 * Checks whether a container's structure is within the file: chunks, boxes, strips and tables. Data that cannot be
 * parsed are not counted against it.
 */
final class Extent {
    /** A file with more boxes or chunks than this is not a fragment. */
    private static final int MOST_PARTS = 20_000;

    private static final int PNG_SIGNATURE = 0x89504e47;
    private static final long PNG_FIRST_CHUNK = 8;
    private static final int RIFF = BoundedReader.code("RIFF");
    private static final int WEBP = BoundedReader.code("WEBP");
    private static final long LARGEST_RIFF = 1L << 32;

    private static final int SUB_DIRECTORIES = 330;
    private static final int MOST_DIRECTORIES = 16;
    private static final int MOST_ENTRIES = 512;
    private static final int MOST_STRIPS = 4096;

    private static final long SEGMENT = 0x18538067L;

    private final BoundedReader reader;

    private Extent(BoundedReader reader) {
        this.reader = reader;
    }

    /** Returns whether no part extends past the end of the file. */
    static boolean isWithin(BoundedReader reader) throws IOException {
        Extent extent = new Extent(reader);
        int first = reader.i32(0);
        if (first == PNG_SIGNATURE) {
            return extent.png();
        } else if (first == RIFF && reader.size() >= 12) {
            return extent.riff();
        } else if (first == 0x49492a00 || first == 0x4d4d002a) {
            return extent.tiff(first == 0x49492a00);
        } else if (first == Matroska.MAGIC) {
            return extent.matroska();
        } else if (BoxExtent.isMadeOfBoxes(reader)) {
            return new BoxExtent(reader).isWithin();
        }
        return true;
    }

    private boolean png() throws IOException {
        long at = PNG_FIRST_CHUNK;
        for (int parts = 0; parts < MOST_PARTS; parts++) {
            if (at + 12 > reader.size()) {
                return false;
            }
            if (reader.i32(at + 4) == BoundedReader.code("IEND")) {
                return true;
            }
            for (int i = 0; i < 4; i++) {
                int letter = reader.u8(at + 4 + i) | 0x20;
                if (letter < 'a' || letter > 'z') {
                    // A part that was never filled has no chunk names.
                    return false;
                }
            }
            at += 12 + reader.u32(at);
        }
        return true;
    }

    /** Films of more than a gigabyte or two consist of several consecutive chunks. */
    private boolean riff() throws IOException {
        long at = 0;
        for (int parts = 0; parts < MOST_PARTS && at + 12 <= reader.size(); parts++) {
            long length = Long.reverseBytes(reader.u32(at + 4)) >>> Integer.SIZE;
            if (reader.i32(at) != RIFF || length == 0 || length >= LARGEST_RIFF - 1) {
                // A program that wrote to a pipe could not go back to record the length.
                return true;
            }
            long end = at + 8 + length;
            // Some programs omit the padding byte after an odd length.
            if (end > reader.size() + 1 && (at > 0 || reader.size() < LARGEST_RIFF)) {
                return false;
            }
            if (reader.i32(8) == WEBP) {
                return !PlausibilityCheck.hasUnfilledEnd(reader, reader.size());
            }
            at = end + (end & 1);
        }
        return true;
    }

    private boolean matroska() throws IOException {
        long at = 0;
        for (int parts = 0; parts < MOST_ENTRIES && at < reader.size(); parts++) {
            int idLength = Integer.numberOfLeadingZeros(reader.u8(at)) - 24 + 1;
            if (idLength > 4) {
                return true;
            }
            long id = number(at, idLength);
            int sizeLength = Integer.numberOfLeadingZeros(reader.u8(at + idLength)) - 24 + 1;
            if (sizeLength > 8) {
                return true;
            }
            long mask = (1L << (7 * sizeLength)) - 1;
            long size = number(at + idLength, sizeLength) & mask;
            if (size == mask) {
                return true;
            }
            at += idLength + sizeLength + size;
            if (at < 0 || at > reader.size()) {
                return id != SEGMENT;
            }
        }
        return true;
    }

    private long number(long at, int length) throws IOException {
        long number = 0;
        for (int i = 0; i < length; i++) {
            number = number << Byte.SIZE | reader.u8(at + i);
        }
        return number;
    }

    private boolean tiff(boolean isLittle) throws IOException {
        long[] directories = new long[MOST_DIRECTORIES];
        directories[0] = u32(4, isLittle);
        int known = 1;
        for (int i = 0; i < known; i++) {
            long from = directories[i];
            if (from + 2 > reader.size()) {
                // The main directory, or one that the file refers to.
                return false;
            }
            int entries = Math.min(u16(from, isLittle), MOST_ENTRIES);
            long strips = 0;
            long lengths = 0;
            for (int entry = 0; entry < entries; entry++) {
                long at = from + 2 + 12L * entry;
                if (at + 12 > reader.size()) {
                    return false;
                }
                switch (u16(at, isLittle)) {
                    // StripOffsets, TileOffsets, JPEGInterchangeFormat
                    case 273, 324, 513 -> strips = at;
                    // StripByteCounts, TileByteCounts, JPEGInterchangeFormatLength
                    case 279, 325, 514 -> lengths = at;
                    case SUB_DIRECTORIES -> {
                        for (long j = 0; j < u32(at + 4, isLittle) && known < MOST_DIRECTORIES; j++) {
                            directories[known++] = value(at, j, isLittle);
                        }
                    }
                    default -> {}
                }
            }
            if (strips > 0 && lengths > 0 && !areWithin(strips, lengths, isLittle)) {
                return false;
            }
            long next = from + 2 + 12L * entries;
            if (next + 4 <= reader.size() && known < MOST_DIRECTORIES) {
                long following = u32(next, isLittle);
                if (following > 8 && following < reader.size()) {
                    directories[known++] = following;
                }
            }
        }
        return true;
    }

    private boolean areWithin(long strips, long lengths, boolean isLittle) throws IOException {
        long count = Math.min(u32(strips + 4, isLittle), u32(lengths + 4, isLittle));
        // In nearly all files, the last one is at the end; of very many, only the last ones are checked.
        for (long i = Math.max(0, count - MOST_STRIPS); i < count; i++) {
            if (value(strips, i, isLittle) + value(lengths, i, isLittle) > reader.size()) {
                return false;
            }
        }
        return true;
    }

    /** Returns a value of an entry, which is inline if all of them fit in four bytes. */
    private long value(long entry, long index, boolean isLittle) throws IOException {
        int width = u16(entry + 2, isLittle) == 3 ? 2 : 4;
        long from = u32(entry + 4, isLittle) * width <= 4 ? entry + 8 : u32(entry + 8, isLittle);
        if (from + (index + 1) * width > reader.size()) {
            // The table itself is past the end, and so is what it refers to.
            return reader.size() + 1;
        }
        return width == 2 ? u16(from + index * width, isLittle) : u32(from + index * width, isLittle);
    }

    private int u16(long at, boolean isLittle) throws IOException {
        int value = reader.u16(at);
        return isLittle ? Short.toUnsignedInt(Short.reverseBytes((short) value)) : value;
    }

    private long u32(long at, boolean isLittle) throws IOException {
        int value = reader.i32(at);
        return Integer.toUnsignedLong(isLittle ? Integer.reverseBytes(value) : value);
    }
}
