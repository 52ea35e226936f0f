package dev.shoebox.photos.fingerprint;

import java.security.MessageDigest;
import java.util.HexFormat;

/** SHA-1 of each part of a file, one after the other. A file that is no longer than a part has its own. */
final class PartDigest {
    private final long length;
    private final StringBuilder parts;
    private MessageDigest digest;

    /** What is yet to come of this part, in bytes. */
    private long left;

    /** @param length of each part but the last, in bytes */
    PartDigest(long length) {
        this(length, new StringBuilder(), FingerprintDigest.sha1(), length);
    }

    private PartDigest(long length, StringBuilder parts, MessageDigest digest, long left) {
        this.length = length;
        this.parts = parts;
        this.digest = digest;
        this.left = left;
    }

    /** One that goes on from the same bytes. */
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

    /** Of everything it was fed; nothing can be added after. 40 lower-case hexadecimal digits for each part. */
    String complete() {
        end();
        return parts.toString();
    }
}
