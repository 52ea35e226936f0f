package dev.shoebox.folder.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Ends an archive that unpacks to far more than it holds: some megabytes can keep a listing busy for hours, as nothing but
 * unpacking tells what an archive without a table of contents contains. Photos and films are packed already and hardly
 * become larger; what becomes a hundred times as large is empty space, such as that of a disk image.
 */
final class UnpackingLimit {
    /** How many bytes one packed byte may become on the average; deflate comes to 1,032 at the most. */
    private static final long MOST_TIMES = 100;

    /** Below that much, in bytes, nobody waits for long. */
    private static final long HARMLESS = 128L << 20;

    private long packed;
    private long unpacked;

    /** Counts what is read from this stream as packed. */
    InputStream packed(InputStream in) {
        return new Counted(in) {
            @Override
            void count(long bytes) {
                packed += bytes;
            }
        };
    }

    /** Counts what is read from this stream as unpacked. */
    InputStream unpacked(InputStream in) {
        return new Counted(in) {
            @Override
            void count(long bytes) throws EntryCursor.TooManyException {
                unpacked(bytes);
            }
        };
    }

    /** @throws EntryCursor.TooManyException if these bytes are too many */
    void unpacked(long bytes) throws EntryCursor.TooManyException {
        unpacked += bytes;
        if (unpacked > HARMLESS && unpacked / MOST_TIMES > packed) {
            throw new EntryCursor.TooManyException("content that expands to more than " + MOST_TIMES
                    + " times its packed size, which photos never do");
        }
    }

    private abstract static class Counted extends FilterInputStream {
        Counted(InputStream in) {
            super(in);
        }

        abstract void count(long bytes) throws EntryCursor.TooManyException;

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            int got = super.read(bytes, from, count);
            count(Math.max(got, 0));
            return got;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(count);
            count(skipped);
            return skipped;
        }
    }
}
