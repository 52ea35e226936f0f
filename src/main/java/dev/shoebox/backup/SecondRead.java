package dev.shoebox.backup;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file as it comes from the phone a second time: hashed, never stored. */
final class SecondRead {
    private final MessageDigest digest;

    SecondRead() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void take(ByteBuffer bytes) {
        digest.update(bytes);
    }

    /** Of everything taken; nothing can be taken after. 64 lower-case hexadecimal digits. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
