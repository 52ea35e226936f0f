package dev.shoebox.backup;

import dev.shoebox.destination.Recognition;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaSource.UnreadableException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.SplittableRandom;

/**
 * Compares small parts of a file that will not be read with its supposed copy: the beginning, the end, and a random
 * place in between. Two different photos of the same size differ almost everywhere; a file that was changed in place
 * differs only there. Used while no stream is open.
 */
final class CopyGlance {
    /** At each place, one byte in this many is compared. */
    private static final int SHARE = 512;

    /**
     * Bounds what is read of small files to the same share, from 4 KiB on. That suffices to tell photos apart: the end,
     * and the place in between, are compressed data, of which two photos have eight equal bytes by chance once in 2^64.
     */
    private static final int LEAST = 8;

    private static final int MOST = 4096;

    private final MediaSource source;
    private final Recognition recognition;
    private final SplittableRandom random;

    /** @param random chooses the places */
    CopyGlance(MediaSource source, Recognition recognition, SplittableRandom random) {
        this.source = source;
        this.recognition = recognition;
        this.random = random;
    }

    /** The result of a comparison. */
    enum Outcome {
        SAME,
        DIFFERENT,
        /** The source does not deliver the file, or the copy is not what was stored. */
        UNKNOWN
    }

    /**
     * @param copy its path, relative to the root
     * @throws IOException if the source is lost
     */
    Outcome of(MediaFile file, String copy) throws IOException {
        int block = block(file.size());
        long last = (file.size() - 1) / block;
        long[] places = {0, last == 0 ? 0 : random.nextLong(last), end(file.size(), block)};
        boolean same;
        try (SeekableByteChannel there = source.open(file, block)) {
            same = isSame(there, copy, places, block);
        } catch (UnreadableException refused) {
            return Outcome.UNKNOWN;
        } catch (BrokenCopyException broken) {
            return Outcome.UNKNOWN;
        }
        if (same) {
            return Outcome.SAME;
        }
        return recognition.read(copy).asStored() ? Outcome.DIFFERENT : Outcome.UNKNOWN;
    }

    /** Returns how many bytes are compared at each place in a file of that size. */
    static int block(long size) {
        return Math.max(LEAST, Integer.highestOneBit((int) Math.min(MOST, size / SHARE)));
    }

    /**
     * Returns the last block that is compared. The last of all may hold only the two bytes with which every JPEG ends;
     * then it is the one before.
     */
    static long end(long size, int block) {
        long last = (size - 1) / block;
        return last > 0 && size - last * block < LEAST ? last - 1 : last;
    }

    private boolean isSame(SeekableByteChannel there, String copy, long[] places, int block) throws IOException {
        for (long place : places) {
            ByteBuffer bytes = read(there, place * block, block);
            if (!bytes.equals(stored(copy, place * block, block))) {
                return false;
            }
        }
        return true;
    }

    private ByteBuffer stored(String copy, long start, int length) throws BrokenCopyException {
        try (SeekableByteChannel here = recognition.open(copy)) {
            return read(here, start, length);
        } catch (IOException unreadable) {
            throw new BrokenCopyException(unreadable);
        }
    }

    /** Returns fewer bytes if the file ends earlier. */
    private static ByteBuffer read(SeekableByteChannel channel, long start, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        channel.position(start);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // Reads until the buffer is full.
        }
        return bytes.flip();
    }

    private static final class BrokenCopyException extends IOException {
        private static final long serialVersionUID = 1;

        BrokenCopyException(IOException cause) {
            super(cause);
        }
    }
}
