package dev.shoebox.photos.fingerprint;

import java.security.MessageDigest;
import java.util.HexFormat;

/** Computes the SHA-1 of each consecutive part of a file. A file that is not longer than a part has a single one. */
final class PartDigest {
    private final long length;
    private final StringBuilder parts;
    private MessageDigest digest;

    /** The remaining bytes of this part. */
    private long left;

    /** @param length of each part except the last, in bytes */
    PartDigest(long length) {
        this(length, new StringBuilder(), FingerprintDigest.sha1(), length);
    }

    private PartDigest(long length, StringBuilder parts, MessageDigest digest, long left) {
        this.length = length;
        this.parts = parts;
        this.digest = digest;
        this.left = left;
    }

    /** Returns a digest that continues from the same bytes. */
    PartDigest copy() {
        return new PartDigest(length, new StringBuilder(parts), ContentDigest.copy(digest), left);
    }

    void update(byte[] bytes, int offset, int count) {
        int taken = 0;
        while (taken < count) {
            if (left == 0) {
                end();
                digest = FingerprintDigest.sha1();
                left = length;
            }
            int some = (int) Math.min(left, count - taken);
            digest.update(bytes, offset + taken, some);
            taken += some;
            left -= some;
        }
    }

    private void end() {
        parts.append(HexFormat.of().formatHex(digest.digest()));
    }

    /** Returns the digests, 40 lower-case hexadecimal digits for each part; nothing can be added afterwards. */
    String complete() {
        end();
        return parts.toString();
    }
}
