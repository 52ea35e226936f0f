package dev.shoebox.folder.archive;

import java.io.InputStream;

/**
 * Stops an archive that expands excessively: a few megabytes can keep a listing busy for hours, since only unpacking
 * reveals what an archive without a table of contents contains. Photos and films are compressed already and hardly
 * expand. Whatever expands a hundredfold is empty space, such as that of a disk image.
 */
final class UnpackingLimit {
    /** The average expansion allowed; deflate reaches 1,032 at most. */
    private static final long MOST_TIMES = 100;

    /** Fewer bytes than this never take long. */
    private static final long HARMLESS = 128L << 20;

    private long packed;
    private long unpacked;

    /** Counts the bytes of this stream as compressed. */
    InputStream packed(InputStream in) {
        return new CountedInput(in) {
            @Override
            void count(long bytes) {
                packed += bytes;
            }
        };
    }

    /** Counts the bytes of this stream as uncompressed. */
    InputStream unpacked(InputStream in) {
        return new CountedInput(in) {
            @Override
            void count(long bytes) throws EntryCursor.TooManyException {
                unpacked(bytes);
            }
        };
    }

    /** @throws EntryCursor.TooManyException if these bytes exceed the limit */
    void unpacked(long bytes) throws EntryCursor.TooManyException {
        unpacked += bytes;
        if (unpacked > HARMLESS && unpacked / MOST_TIMES > packed) {
            throw new EntryCursor.TooManyException("content that expands to more than " + MOST_TIMES
                    + " times its packed size, which photos never do");
        }
    }
}
