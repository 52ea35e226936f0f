package dev.shoebox.phonebackup.crypto;

import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Map;
import java.util.Optional;

/** The keys of a backup's protection classes, opened. They stay in memory and are never told. */
public final class ClassKeys {
    private static final String AES = "AES";

    private final Map<Integer, byte[]> keys;

    ClassKeys(Map<Integer, byte[]> keys) {
        this.keys = Map.copyOf(keys);
    }

    /** The key of a file; empty if the backup has no key of its class, or another than it was encrypted with. */
    public Optional<FileKey> open(WrappedKey wrapped) {
        byte[] classKey = keys.get(wrapped.protectionClass());
        return classKey == null
                ? Optional.empty()
                : unwrap(classKey, wrapped.wrapped()).map(FileKey::new);
    }

    /** RFC 3394: it has a checksum, so a wrong key is told. */
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
