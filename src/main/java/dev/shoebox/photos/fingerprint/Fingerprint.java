package dev.shoebox.photos.fingerprint;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The fingerprint that Apple's Photos computes for an imported file, which iCloud Photos calls the file's checksum: the
 * number 1 and a salted SHA-1. It protects against accidents, not against an attacker.
 *
 * @param text base64 of the 21 bytes, as Photos stores it: 28 characters
 */
public record Fingerprint(String text) {
    static final int BYTES = 21;
    private static final int LENGTH = 28;
    private static final byte VERSION = 1;

    /** Parses the value of a library; empty for anything that is not a fingerprint of a known version. */
    public static Optional<Fingerprint> of(String text) {
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return bytes.length == BYTES && bytes[0] == VERSION ? Optional.of(new Fingerprint(text)) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** @param sha1 20 bytes, over the salt and the file */
    static Fingerprint ofSha1(byte[] sha1) {
        byte[] bytes = new byte[BYTES];
        bytes[0] = VERSION;
        System.arraycopy(sha1, 0, bytes, 1, sha1.length);
        return new Fingerprint(Base64.getEncoder().encodeToString(bytes));
    }

    /** Returns the 20 bytes of the salted SHA-1. */
    byte[] sha1() {
        return Arrays.copyOfRange(Base64.getDecoder().decode(text), 1, BYTES);
    }

    @Override
    public String toString() {
        return text;
    }
}
