package dev.shoebox.photos.metadata;

import dev.shoebox.photos.Plausibility;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * Tells from bytes whether a photo or film can be whole. The first bytes and the frame of the container decide; all bytes
 * are read only of a file that begins like one that was never filled, and of a JPEG with something behind its picture.
 */
public final class PlausibilityCheck {
    private static final int HEAD = 4 << 10;
    private static final int STEP = 64 << 10;

    /** More boxes or chunks than this are not counted: what has them is no fragment. */
    private static final int MOST_PARTS = 20_000;

    private static final long JPEG_START = 0xffd8;
    private static final int JPEG_SCAN = 0xda;
    private static final int JPEG_END = 0xffd9;
    private static final int PNG_SIGNATURE = 0x89504e47;
    private static final long PNG_FIRST_CHUNK = 8;

    private PlausibilityCheck() {}

    /**
     * Judges a file of the size that the channel tells.
     *
     * @throws IOException if the bytes cannot be read, as the channel says it
     */
    public static Plausibility of(SeekableByteChannel bytes) throws IOException {
        if (bytes.size() == 0) {
            return Plausibility.EMPTY;
        }
        if (isUniform(bytes)) {
            return Plausibility.UNIFORM;
        }
        try {
            return isWhole(bytes) ? Plausibility.PLAUSIBLE : Plausibility.TRUNCATED;
        } catch (EOFException tooMuch) {
            // More structure than is looked at: nothing speaks against it.
            return Plausibility.PLAUSIBLE;
        }
    }

    private static boolean isUniform(SeekableByteChannel bytes) throws IOException {
        ByteBuffer some = ByteBuffer.allocate(HEAD);
        bytes.position(0);
        byte first = 0;
        for (long seen = 0; seen < bytes.size(); ) {
            int count = bytes.read(some.clear());
            if (count < 0) {
                break;
            }
            first = seen == 0 ? some.get(0) : first;
            for (int i = 0; i < count; i++) {
                if (some.get(i) != first) {
                    return false;
                }
            }
            seen += count;
            some = some.capacity() == STEP ? some : ByteBuffer.allocate(STEP);
        }
        return true;
    }

    private static boolean isWhole(SeekableByteChannel bytes) throws IOException {
        BoundedReader reader = new BoundedReader(bytes);
        if (reader.size() < Long.BYTES) {
            return true;
        }
        if (reader.u16(0) == JPEG_START && reader.u8(2) == 0xff) {
            return isWholeJpeg(bytes, reader);
        } else if (reader.i32(0) == PNG_SIGNATURE) {
            return isWholePng(reader);
        } else if (reader.i32(0) == BoundedReader.code("RIFF")
                && reader.size() >= 12
                && reader.i32(8) == BoundedReader.code("WEBP")) {
            return Long.reverseBytes(reader.u32(4)) >>> Integer.SIZE <= reader.size() - Long.BYTES;
        } else if (isMadeOfBoxes(reader)) {
            return isWholeFilmOrHeif(reader);
        }
        return true;
    }

    /** Segments up to the first scan, and the end of the picture somewhere behind it. */
    private static boolean isWholeJpeg(SeekableByteChannel bytes, BoundedReader reader) throws IOException {
        long at = 2;
        for (int parts = 0; parts < MOST_PARTS; parts++) {
            if (at + 4 > reader.size()) {
                return false;
            }
            if (reader.u8(at) != 0xff) {
                // No JPEG that anybody can walk through; others may show what is there.
                return true;
            }
            int marker = reader.u8(at + 1);
            if (marker == JPEG_SCAN) {
                return hasEnd(bytes, at + 4);
            }
            boolean alone = marker == 0xff || marker == 1 || (marker >= 0xd0 && marker <= 0xd8);
            at += marker == 0xff ? 1 : alone ? 2 : 2 + reader.u16(at + 2);
        }
        return true;
    }

    private static boolean hasEnd(SeekableByteChannel bytes, long from) throws IOException {
        long size = bytes.size();
        if (size - from >= 2) {
            ByteBuffer last = ByteBuffer.allocate(2);
            bytes.position(size - 2);
            while (last.hasRemaining() && bytes.read(last) >= 0) {}
            if ((last.getShort(0) & 0xffff) == JPEG_END) {
                return true;
            }
        }
        ByteBuffer some = ByteBuffer.allocate(STEP);
        bytes.position(Math.min(from, size));
        boolean marked = false;
        for (int count = bytes.read(some.clear()); count >= 0; count = bytes.read(some.clear())) {
            for (int i = 0; i < count; i++) {
                int each = some.get(i) & 0xff;
                if (marked && each == (JPEG_END & 0xff)) {
                    return true;
                }
                marked = each == 0xff;
            }
        }
        return false;
    }

    private static boolean isWholePng(BoundedReader reader) throws IOException {
        long at = PNG_FIRST_CHUNK;
        for (int parts = 0; parts < MOST_PARTS; parts++) {
            if (at + 12 > reader.size()) {
                return false;
            }
            if (reader.i32(at + 4) == BoundedReader.code("IEND")) {
                return true;
            }
            at += 12 + reader.u32(at);
        }
        return true;
    }

    private static boolean isMadeOfBoxes(BoundedReader reader) throws IOException {
        int type = reader.i32(4);
        return type == BoundedReader.code("ftyp")
                || type == BoundedReader.code("moov")
                || type == BoundedReader.code("mdat")
                || type == BoundedReader.code("wide");
    }

    /** What describes the picture or film is there, and no box of weight ends behind the file. */
    private static boolean isWholeFilmOrHeif(BoundedReader reader) throws IOException {
        boolean described = false;
        long at = 0;
        for (int parts = 0; parts < MOST_PARTS && at + 8 <= reader.size(); parts++) {
            long length = reader.u32(at);
            int type = reader.i32(at + 4);
            if (length == 1 && at + 16 <= reader.size()) {
                length = reader.i64(at + 8);
            }
            long end = length == 0 ? reader.size() : at + length;
            boolean describes = type == BoundedReader.code("moov")
                    || type == BoundedReader.code("moof")
                    || type == BoundedReader.code("meta");
            described |= describes;
            if (length < 0 || end < at + 8) {
                // Padding or an appendix that is not made of boxes.
                return described;
            }
            if (end > reader.size() && (describes || type == BoundedReader.code("mdat"))) {
                return false;
            }
            at = end;
        }
        return described;
    }
}
