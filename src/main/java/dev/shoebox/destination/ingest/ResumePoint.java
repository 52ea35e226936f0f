package dev.shoebox.destination.ingest;

import dev.shoebox.photos.fingerprint.ContentDigest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Optional;

/**
 * The point at which a partial file is continued: the source must send the last kept bytes once more, and they must be
 * equal, before anything is appended. So bytes of two versions of a file are never joined.
 */
final class ResumePoint {
    /** The last bytes before a loss are not trusted. In bytes. */
    private static final int DROPPED = 1 << 20;

    /** How many bytes must be equal. */
    private static final int COMPARED = 1 << 20;

    private final ContentDigest digest;
    private final long end;
    private final byte[] expected;
    private int compared;
    private boolean fits = true;

    private ResumePoint(ContentDigest digest, long end, byte[] expected) {
        this.digest = digest;
        this.end = end;
        this.expected = expected;
    }

    /**
     * Reads back a partial file.
     *
     * @return empty if its bytes do not match the record
     */
    static Optional<ResumePoint> in(Staged.Setup setup, PartialRecord.Known known) throws IOException {
        long end = known.bytes() - DROPPED;
        ContentDigest digest = setup.digest();
        ByteBuffer buffer = ByteBuffer.allocateDirect(COMPARED);
        byte[] expected = new byte[COMPARED];
        try (SeekableByteChannel channel = setup.disk().read(known.partial())) {
            read(channel, buffer, end - COMPARED, digest);
            if (!fill(channel, buffer.clear())) {
                return Optional.empty();
            }
            buffer.flip().get(0, expected);
            digest.update(buffer);
            ContentDigest kept = digest.copy();
            read(channel, buffer, DROPPED, digest);
            boolean right = digest.complete().sha256().equals(known.sha256());
            return right ? Optional.of(new ResumePoint(kept, end, expected)) : Optional.empty();
        }
    }

    private static void read(SeekableByteChannel channel, ByteBuffer buffer, long bytes, ContentDigest digest)
            throws IOException {
        long left = bytes;
        while (left > 0) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), left));
            if (!fill(channel, buffer)) {
                return;
            }
            left -= buffer.flip().remaining();
            digest.update(buffer);
        }
    }

    private static boolean fill(SeekableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns how many bytes are kept. */
    long end() {
        return end;
    }

    /** Returns the digest of the kept bytes. */
    ContentDigest digest() {
        return digest.copy();
    }

    String sha256() {
        return digest.sha256SoFar();
    }

    /** Returns the offset at which the source must continue. */
    long next() {
        return end - expected.length + compared;
    }

    boolean isCompared() {
        return compared == expected.length;
    }

    /** Returns whether all bytes compared so far were equal. */
    boolean fits() {
        return fits;
    }

    /** Compares the bytes before the end of the kept part, and leaves the rest. */
    void compare(ByteBuffer bytes) {
        int count = Math.min(bytes.remaining(), expected.length - compared);
        byte[] came = new byte[count];
        bytes.get(came);
        fits &= Arrays.equals(came, 0, count, expected, compared, compared + count);
        compared += count;
    }
}
