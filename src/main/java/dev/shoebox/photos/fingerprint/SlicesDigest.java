package dev.shoebox.photos.fingerprint;

import dev.shoebox.text.Sha256;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes SHA-256 of each slice of a file that is longer than one slice. The first costs nothing: up to its end, the digest of
 * the whole file is its own.
 */
final class SlicesDigest {
    private final long length;
    private final List<String> ended;

    /** Null within the first slice. */
    private MessageDigest digest;

    /** What is yet to come of this slice, in bytes. */
    private long left;

    /** @param length of each slice but the last, in bytes */
    SlicesDigest(long length) {
        this(length, List.of(), null, length);
    }

    private SlicesDigest(long length, List<String> ended, MessageDigest digestOrNull, long left) {
        this.length = length;
        this.ended = new ArrayList<>(ended);
        this.digest = digestOrNull;
        this.left = left;
    }

    /** Returns a copy that continues from the same bytes. */
    SlicesDigest copy() {
        return new SlicesDigest(length, ended, digest == null ? null : Sha256.copy(digest), left);
    }

    /** Returns how many of the next bytes belong to one slice; starts the next slice if the current one is full. */
    int next(int count, MessageDigest whole) {
        if (left == 0) {
            ended.add(Sha256.hex(digest == null ? Sha256.copy(whole) : digest));
            digest = Sha256.digest();
            left = length;
        }
        return (int) Math.min(left, count);
    }

    /** Takes what {@link #next} allowed. */
    void update(byte[] bytes, int count) {
        if (digest != null) {
            digest.update(bytes, 0, count);
        }
        left -= count;
    }

    /** Returns the digests; empty if the file is not longer than one slice. Nothing can be added afterwards. */
    List<String> complete() {
        if (digest != null) {
            ended.add(Sha256.hex(digest));
        }
        return List.copyOf(ended);
    }
}
