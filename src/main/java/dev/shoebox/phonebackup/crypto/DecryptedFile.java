package dev.shoebox.phonebackup.crypto;

import dev.shoebox.photos.source.ReadOnlyChannel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Random access to the plaintext of an encrypted file. */
public final class DecryptedFile extends ReadOnlyChannel {
    /** The number of bytes decrypted at a time. */
    private static final int STEP = 256 << 10;

    private final FileChannel stored;
    private final FileKey key;

    /**
     * Opens a file.
     *
     * @param stored closed with this channel
     * @param size the size on the iPhone, in bytes
     */
    public DecryptedFile(FileChannel stored, FileKey key, long size) {
        super(size);
        this.stored = stored;
        this.key = key;
    }

    @Override
    protected int read(long from, ByteBuffer into) throws IOException {
        long block = from / FileKey.BLOCK;
        int skipped = (int) (from % FileKey.BLOCK);
        int wanted = (int) Math.min(Math.min(into.remaining(), STEP), size() - from);
        int length = (skipped + wanted + FileKey.BLOCK - 1) / FileKey.BLOCK * FileKey.BLOCK;
        byte[] before = FileKey.blockBefore(stored, block);
        byte[] blocks = FileKey.read(stored, block * FileKey.BLOCK, length);
        if (before.length < FileKey.BLOCK || blocks.length <= skipped) {
            return -1;
        }
        byte[] plain = key.decrypt(before, blocks, blocks.length);
        int count = Math.min(wanted, plain.length - skipped);
        into.put(plain, skipped, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        super.close();
        stored.close();
    }
}
