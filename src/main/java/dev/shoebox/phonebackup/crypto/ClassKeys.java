package dev.shoebox.phonebackup.crypto;

import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Map;
import java.util.Optional;

/** The unwrapped keys of a backup's protection classes. They stay in memory and are never shown. */
public final class ClassKeys {
    private static final String AES = "AES";

    private final Map<Integer, byte[]> keys;

    ClassKeys(Map<Integer, byte[]> keys) {
        this.keys = Map.copyOf(keys);
    }

    /** Returns the key of a file; empty if the backup has no key for its class, or has a different one. */
    public Optional<FileKey> open(WrappedKey wrapped) {
        byte[] classKey = keys.get(wrapped.protectionClass());
        return classKey == null
                ? Optional.empty()
                : unwrap(classKey, wrapped.wrapped()).map(FileKey::new);
    }

    /** Unwraps a key (RFC 3394). Its checksum detects a wrong key. */
    static Optional<byte[]> unwrap(byte[] key, byte[] wrapped) {
        try {
            Cipher cipher = Cipher.getInstance("AESWrap");
            cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(key, AES));
            return Optional.of(cipher.unwrap(wrapped, AES, Cipher.SECRET_KEY).getEncoded());
        } catch (InvalidKeyException wrong) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has this algorithm", impossible);
        }
    }

    @Override
    public String toString() {
        return "keys of " + keys.size() + " classes";
    }
}
