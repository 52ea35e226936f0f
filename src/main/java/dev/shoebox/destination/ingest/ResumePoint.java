package dev.shoebox.destination.ingest;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.photos.fingerprint.ContentDigest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Where a partial file and what comes next are put together: the last bytes that are kept, which the source must send
 * once more, alike, before anything is appended. So bytes of two versions of a file never become one.
 */
final class ResumePoint {
    /** What came last before a loss is not believed, in bytes. */
    private static final int DROPPED = 1 << 20;

    /** How much must come alike, in bytes. */
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
     * Reads a partial file back.
     *
     * @param extras what is computed beside SHA-256
     * @return empty if it does not have the bytes that were noted
     */
    static Optional<ResumePoint> in(Disk disk, PartialRecord.Known known, Set<ContentDigest.Extra> extras)
            throws IOException {
        long end = known.bytes() - DROPPED;
        ContentDigest digest = new ContentDigest(extras);
        ByteBuffer buffer = ByteBuffer.allocateDirect(COMPARED);
        byte[] expected = new byte[COMPARED];
        try (SeekableByteChannel channel = disk.read(known.partial())) {
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

    /** How many bytes are kept. */
    long end() {
        return end;
    }

    /** Of what is kept. */
    ContentDigest digest() {
        return digest.copy();
    }

    String sha256() {
        return digest.sha256SoFar();
    }

    /** Where the source has to go on. */
    long next() {
        return end - expected.length + compared;
    }

    boolean isCompared() {
        return compared == expected.length;
    }

    /** Whether everything that came so far was as expected. */
    boolean fits() {
        return fits;
    }

    /** Takes what belongs before the end, and leaves the rest. */
    void compare(ByteBuffer bytes) {
        int count = Math.min(bytes.remaining(), expected.length - compared);
        byte[] came = new byte[count];
        bytes.get(came);
        fits &= Arrays.equals(came, 0, count, expected, compared, compared + count);
        compared += count;
    }
}
