package dev.shoebox.phonebackup.crypto;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * PBKDF2 (RFC 8018, section 5.2) for bytes. The JDK's implementation takes characters, and the second derivation of a
 * backup's keys starts with arbitrary bytes.
 */
final class KeyDerivation {
    private KeyDerivation() {}

    /**
     * Derives a key.
     *
     * @param mac the JDK's name of the pseudorandom function
     * @param secret at least one byte
     * @param rounds at least one
     * @param length of the key, in bytes
     */
    static byte[] pbkdf2(String mac, byte[] secret, byte[] salt, int rounds, int length)
            throws GeneralSecurityException {
        Mac function = Mac.getInstance(mac);
        function.init(new SecretKeySpec(secret, mac));
        ByteBuffer key = ByteBuffer.allocate(length);
        for (int block = 1; key.hasRemaining(); block++) {
            function.update(salt);
            byte[] step = function.doFinal(
                    ByteBuffer.allocate(Integer.BYTES).putInt(block).array());
            byte[] sum = step.clone();
            for (int round = 1; round < rounds; round++) {
                function.update(step);
                function.doFinal(step, 0);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] ^= step[i];
                }
            }
            key.put(sum, 0, Math.min(sum.length, key.remaining()));
            Arrays.fill(sum, (byte) 0);
        }
        return key.array();
    }
}
