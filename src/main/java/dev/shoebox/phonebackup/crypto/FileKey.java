package dev.shoebox.phonebackup.crypto;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The key of one file. Files are encrypted with AES in CBC mode with a zero initialisation vector, and padded as in
 * PKCS #7. Decrypting a block needs only that block and the one before it, so files can be read from any offset.
 */
public final class FileKey {
    /** In bytes. */
    public static final int BLOCK = 16;

    private final SecretKeySpec key;

    FileKey(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** Returns the encrypted length of a file of this size, in bytes. */
    public static long stored(long size) {
        return (size / BLOCK + 1) * BLOCK;
    }

    /**
     * Decrypts blocks.
     *
     * @param before the preceding encrypted block; zeros at the start of the file
     * @param blocks whole encrypted blocks
     */
    byte[] decrypt(byte[] before, byte[] blocks, int length) throws IOException {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(before));
            return cipher.doFinal(blocks, 0, length);
        } catch (GeneralSecurityException impossible) {
            throw new IOException("it cannot be decrypted", impossible);
        }
    }

    /**
     * Returns the length of a file without its padding. This is more reliable than the manifest.
     *
     * @param file the encrypted file
     * @return empty if it does not end with valid padding, as when it is truncated or damaged
     */
    public OptionalLong size(FileChannel file) throws IOException {
        long blocks = file.size() / BLOCK;
        if (blocks == 0) {
            return OptionalLong.empty();
        }
        byte[] last = decrypt(blockBefore(file, blocks - 1), read(file, (blocks - 1) * BLOCK, BLOCK), BLOCK);
        int padding = last[BLOCK - 1];
        boolean isRight = padding >= 1 && padding <= BLOCK && file.size() % BLOCK == 0;
        for (int i = BLOCK - padding; isRight && i < BLOCK; i++) {
            isRight = last[i] == padding;
        }
        return isRight ? OptionalLong.of(blocks * BLOCK - padding) : OptionalLong.empty();
    }

    static byte[] blockBefore(FileChannel file, long block) throws IOException {
        return block == 0 ? new byte[BLOCK] : read(file, (block - 1) * BLOCK, BLOCK);
    }

    /** Reads as many whole blocks as there are, up to a limit in bytes. */
    static byte[] read(FileChannel file, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
            // A read may return less than requested.
        }
        return bytes.hasRemaining() ? Arrays.copyOf(bytes.array(), bytes.position() / BLOCK * BLOCK) : bytes.array();
    }

    @Override
    public String toString() {
        return "key of a file";
    }
}
