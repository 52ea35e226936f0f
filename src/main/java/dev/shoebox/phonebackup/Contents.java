package dev.shoebox.phonebackup;

import dev.shoebox.photos.source.ReadOnlyChannel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The content of a backup's files, as the iPhone had it. */
final class Contents {
    private static final int STEP = 256 << 10;

    private final BackupFolder folder;

    Contents(BackupFolder folder) {
        this.folder = folder;
    }

    /**
     * How many bytes of a file there are.
     *
     * @param stored how many lie there
     */
    long size(BackupEntry entry, long stored) throws IOException {
        return stored;
    }

    /** @param size as {@link #size} tells it */
    SeekableByteChannel open(BackupEntry entry, long size) throws IOException {
        FileChannel stored = folder.open(entry.fileId());
        return new ReadOnlyChannel(stored.size()) {
            @Override
            protected int read(long from, ByteBuffer into) throws IOException {
                return stored.read(into, from);
            }

            @Override
            public void close() throws IOException {
                super.close();
                stored.close();
            }
        };
    }

    /** Whether what was read is what the iPhone wrote, as far as the backup tells; reads it again if it has a checksum. */
    boolean isIntact(BackupEntry entry) throws IOException {
        String sha1 = entry.archived().sha1().orElse("");
        return sha1.isEmpty() || sha1.equals(sha1(entry.fileId()));
    }

    private String sha1(String fileId) throws IOException {
        try (FileChannel stored = folder.open(fileId)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            ByteBuffer some = ByteBuffer.allocate(STEP);
            while (stored.read(some.clear()) >= 0) {
                digest.update(some.flip());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
