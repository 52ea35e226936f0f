package dev.shoebox.backup.transfer;

import dev.shoebox.text.Sha256;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** A file as it comes from the phone a second time: hashed, never stored. */
final class RereadDigest {
    private final MessageDigest digest = Sha256.digest();

    void take(ByteBuffer bytes) {
        digest.update(bytes);
    }

    /** Of everything taken; nothing can be taken after. 64 lower-case hexadecimal digits. */
    String sha256() {
        return Sha256.hex(digest);
    }
}
