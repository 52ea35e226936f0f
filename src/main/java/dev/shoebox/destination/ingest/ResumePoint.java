package dev.shoebox.destination.ingest;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where a partial file and what comes next are put together: the last bytes that are kept, which the source must send
 * once more, alike, before anything is appended. So bytes of two versions of a file never become one.
 */
final class ResumePoint {
    /** What came last before a loss is not believed, in bytes. */
    private static final int DROPPED = 1 << 20;

    /** How much must come alike, in bytes. */
    private static final int COMPARED = 1 << 20;

    private final MessageDigest digest;
    private final long end;
    private final byte[] expected;
    private int compared;
    private boolean fits = true;

    private ResumePoint(MessageDigest digest, long end, byte[] expected) {
        this.digest = digest;
        this.end = end;
        this.expected = expected;
    }

    /** Reads a partial file back; empty if it does not have the bytes that were noted. */
    static Optional<ResumePoint> in(Disk disk, PartialRecord.Known known) throws IOException {
        long end = known.bytes() - DROPPED;
        MessageDigest digest = Sha256.digest();
        ByteBuffer buffer = ByteBuffer.allocateDirect(COMPARED);
        byte[] expected = new byte[COMPARED];
        try (SeekableByteChannel channel = disk.read(known.partial())) {
            read(channel, buffer, end - COMPARED, digest);
            if (!fill(channel, buffer.clear())) {
                return Optional.empty();
            }
            buffer.flip().get(0, expected);
            digest.update(buffer);
            MessageDigest kept = copy(digest);
            read(channel, buffer, DROPPED, digest);
            boolean right = HexFormat.of().formatHex(digest.digest()).equals(known.sha256());
            return right ? Optional.of(new ResumePoint(kept, end, expected)) : Optional.empty();
        }
    }

    private static void read(SeekableByteChannel channel, ByteBuffer buffer, long bytes, MessageDigest digest)
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

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
        }
    }

    /** How many bytes are kept. */
    long end() {
        return end;
    }

    /** Of what is kept. */
    MessageDigest digest() {
        return copy(digest);
    }

    String sha256() {
        return HexFormat.of().formatHex(copy(digest).digest());
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
