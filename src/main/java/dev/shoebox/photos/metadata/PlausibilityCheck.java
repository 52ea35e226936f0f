package dev.shoebox.photos.metadata;

import dev.shoebox.photos.format.FileFormat;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.metadata.field.BoundedReader;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * Determines from its bytes whether a photo or film can be complete. The first bytes and the structure of the container
 * decide. Reads all bytes only of a file that starts like one that was never filled, and of a JPEG with data after its
 * picture.
 */
public final class PlausibilityCheck {
    private static final int HEAD = 4 << 10;
    private static final int STEP = 64 << 10;

    /** A file with more segments than this is not a fragment. */
    private static final int MOST_PARTS = 20_000;

    private static final long JPEG_START = 0xffd8;
    private static final int JPEG_SCAN = 0xda;
    private static final int JPEG_END = 0xffd9;
    private static final int SHORTEST_TAIL = 16;

    private static final long UNFILLED = 64 << 10;
    private static final long LEAST_UNFILLED = 1 << 10;

    private PlausibilityCheck() {}

    /**
     * Judges a file of the channel's size.
     *
     * @throws IOException if reading fails, as thrown by the channel
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
            // The structure exceeds the limits: nothing counts against it.
            return Plausibility.PLAUSIBLE;
        }
    }

    /**
     * Judges a file with a name. A file named like a photo or film in no known format may still be one, but nobody
     * should rely on that.
     *
     * @param name the name or path of the file
     * @throws IOException if reading fails, as thrown by the channel
     */
    public static Plausibility of(SeekableByteChannel bytes, String name) throws IOException {
        Plausibility looks = of(bytes);
        if (looks != Plausibility.PLAUSIBLE) {
            return looks;
        }
        ByteBuffer head = ByteBuffer.allocate(FileFormat.HEAD);
        bytes.position(0);
        while (head.hasRemaining() && bytes.read(head) >= 0) {
            // A read may return less than requested.
        }
        return FileFormat.isUnknownUnderPhotosName(name, head.flip(), bytes.size())
                ? Plausibility.UNRECOGNISED
                : Plausibility.PLAUSIBLE;
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
        }
        return Extent.isWithin(reader);
    }

    /**
     * Returns whether the last part of a file was never filled, as in an interrupted copy whose length was set first.
     * Compressed pictures and films have no such runs of zeros.
     *
     * @param part the number of compressed bytes at the end
     */
    static boolean hasUnfilledEnd(BoundedReader reader, long part) throws IOException {
        long enough = Math.min(UNFILLED, Math.max(reader.size() / 4, LEAST_UNFILLED));
        if (part < enough || reader.u8(reader.size() - 1) != 0) {
            return false;
        }
        for (long at = reader.size() - enough; at < reader.size(); at++) {
            if (reader.u8(at) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether it has segments up to the first scan, and an end marker after that. */
    private static boolean isWholeJpeg(SeekableByteChannel bytes, BoundedReader reader) throws IOException {
        long at = 2;
        for (int parts = 0; parts < MOST_PARTS; parts++) {
            if (at + 4 > reader.size()) {
                return false;
            }
            if (reader.u8(at) != 0xff) {
                // It is not a JPEG that can be parsed; other programs may still show it.
                return true;
            }
            int marker = reader.u8(at + 1);
            if (marker == JPEG_SCAN) {
                return hasEnd(bytes, at + 4) || (!endsInZeros(reader) && JpegScans.areComplete(bytes));
            }
            boolean alone = marker == 0xff || marker == 1 || (marker >= 0xd0 && marker <= 0xd8);
            at += marker == 0xff ? 1 : alone ? 2 : 2 + reader.u16(at + 2);
        }
        return true;
    }

    /** Zeros are codes as well: as many as a picture still needs. */
    private static boolean endsInZeros(BoundedReader reader) throws IOException {
        for (int i = 1; i <= SHORTEST_TAIL; i++) {
            if (reader.u8(reader.size() - i) != 0) {
                return false;
            }
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
        ByteBuffer some = ByteBuffer.allocate(HEAD);
        bytes.position(Math.min(from, size));
        boolean marked = false;
        for (int count = bytes.read(some); count >= 0; count = bytes.read(some.clear())) {
            for (int i = 0; i < count; i++) {
                int each = some.get(i) & 0xff;
                if (marked && each == (JPEG_END & 0xff)) {
                    return true;
                }
                marked = each == 0xff;
            }
            some = some.capacity() == STEP ? some : ByteBuffer.allocate(STEP);
        }
        return false;
    }
}
