package dev.shoebox.photos.fingerprint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Computes the {@link Fingerprint} of a file while its bytes arrive. Not thread-safe.
 *
 * <p>The formula was found by three independent public projects, and matches the originals of 37 real libraries: SHA-1
 * of the two salts, each followed by a zero byte, and of the file.
 */
public final class FingerprintDigest {
    private static final byte[] SALT =
            "com.apple.XattrObjectSalt\0com.apple.DataObjectSalt\0".getBytes(StandardCharsets.US_ASCII);

    /** Updated with the salts only. */
    private static final MessageDigest SALTED = salted();

    private final MessageDigest digest;

    public FingerprintDigest() {
        this(ContentDigest.copy(SALTED));
    }

    private FingerprintDigest(MessageDigest digest) {
        this.digest = digest;
    }

    /** Returns a digest that continues from the same bytes. */
    public FingerprintDigest copy() {
        return new FingerprintDigest(ContentDigest.copy(digest));
    }

    private static MessageDigest salted() {
        MessageDigest digest = sha1();
        digest.update(SALT);
        return digest;
    }

    /** Returns a digest to feed; not thread-safe. */
    public static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-1", impossible);
        }
    }

    public void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    /** Returns the fingerprint of all bytes; nothing can be added afterwards. */
    public Fingerprint complete() {
        return Fingerprint.ofSha1(digest.digest());
    }
}
