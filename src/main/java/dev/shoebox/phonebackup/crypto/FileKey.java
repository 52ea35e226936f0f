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
 * The key of one file of a backup. Files are encrypted with AES in CBC mode from a vector of zeros on, and padded to whole blocks
 * as PKCS #7 says; because each block needs only itself and the one before it, they can be read from any place on.
 */
public final class FileKey {
    /** In bytes. */
    public static final int BLOCK = 16;

    private final SecretKeySpec key;

    FileKey(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** How long a file of a size is once it is encrypted, in bytes. */
    public static long stored(long size) {
        return (size / BLOCK + 1) * BLOCK;
    }

    /**
     * Decrypts blocks.
     *
     * @param before the encrypted block before the first; zeros if it is the first of the file
     * @param blocks encrypted, whole ones
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
     * How many bytes a file has without its padding, which tells it more surely than the list of the backup does.
     *
     * @param file as it lies there
     * @return empty if it does not end in a padding, as one that is cut off or damaged
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

    /** As many whole blocks as there are, at most so many bytes. */
    static byte[] read(FileChannel file, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
            // A read may bring less than asked.
        }
        return bytes.hasRemaining() ? Arrays.copyOf(bytes.array(), bytes.position() / BLOCK * BLOCK) : bytes.array();
    }

    @Override
    public String toString() {
        return "key of a file";
    }
}
