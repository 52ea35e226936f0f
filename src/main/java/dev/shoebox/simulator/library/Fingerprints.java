package dev.shoebox.simulator.library;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Computes the fingerprints that Photos keeps of imported files: base64 of 1 and the SHA-1 of two salts and the file.
 */
public final class Fingerprints {
    private static final int BLOCK = 1 << 20;
    private static final byte[] SALT =
            "com.apple.XattrObjectSalt\0com.apple.DataObjectSalt\0".getBytes(StandardCharsets.US_ASCII);

    private Fingerprints() {}

    /** Reads a whole file. */
    public static String of(SimulatedLibrary library, String path) throws IOException {
        try (SimulatedLibrary.Content content = library.open(path)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(SALT);
            SimulatedLibrary.Scratch scratch = new SimulatedLibrary.Scratch();
            for (long offset = 0; offset < content.size(); offset += BLOCK) {
                for (ByteBuffer part : content.read(offset, (int) Math.min(BLOCK, content.size() - offset), scratch)) {
                    digest.update(part);
                }
            }
            byte[] sha1 = digest.digest();
            byte[] print =
                    ByteBuffer.allocate(1 + sha1.length).put((byte) 1).put(sha1).array();
            return Base64.getEncoder().encodeToString(print);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-1", e);
        }
    }
}
