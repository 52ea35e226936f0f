package dev.shoebox.phonebackup;

import dev.shoebox.phonebackup.crypto.ClassKeys;
import dev.shoebox.phonebackup.crypto.DecryptedFile;
import dev.shoebox.phonebackup.crypto.FileKey;
import dev.shoebox.phonebackup.crypto.WrappedKey;
import dev.shoebox.photos.source.ReadOnlyChannel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.OptionalLong;

/** The content of files as the iPhone had it, decrypted if necessary. */
final class FileContents {
    private static final int STEP = 256 << 10;

    private final BackupFolder folder;
    private final ClassKeys keys; // or null

    /** @param keysOrNull null unless the backup is encrypted */
    FileContents(BackupFolder folder, ClassKeys keysOrNull) {
        this.folder = folder;
        this.keys = keysOrNull;
    }

    /**
     * Returns whether the stored content looks encrypted: the file has a key, and its stored length is that of the
     * recorded size after encryption.
     */
    static boolean looksEncrypted(ArchivedFile file, long stored) {
        return file.key().isPresent()
                && file.size().isPresent()
                && file.size().getAsLong() != stored
                && FileKey.stored(file.size().getAsLong()) == stored;
    }

    /**
     * The length of a file that can be read.
     *
     * @param size in bytes
     * @param isBroken whether bytes are missing, or the end is damaged
     */
    record Extent(long size, boolean isBroken) {}

    /** @param stored the length of the stored content, in bytes */
    Extent extent(BackupEntry entry, long stored) throws IOException {
        OptionalLong said = entry.archived().size();
        if (!isEncrypted(entry, stored)) {
            return new Extent(stored, said.orElse(0) > stored);
        }
        FileKey key = key(entry);
        try (FileChannel file = folder.open(entry.fileId())) {
            OptionalLong size = key.size(file);
            if (size.isPresent()) {
                return new Extent(size.getAsLong(), said.orElse(0) > size.getAsLong());
            }
            // The end is damaged: return everything that can be decrypted, except bytes beyond the recorded size.
            boolean isPadded = looksEncrypted(entry.archived(), stored);
            return new Extent(
                    isPadded ? said.getAsLong() : stored / FileKey.BLOCK * FileKey.BLOCK,
                    stored > 0 || said.orElse(1) > 0);
        }
    }

    /** @throws IOException if that cannot be determined: encrypted bytes must not pass for a photo */
    private boolean isEncrypted(BackupEntry entry, long stored) throws IOException {
        if (keys != null
                && entry.archived().key().isEmpty()
                && entry.archived().size().orElse(-1) != stored) {
            throw new IOException("the backup is encrypted, and its file list has no key for this file");
        }
        return keys != null && entry.archived().key().isPresent();
    }

    private FileKey key(BackupEntry entry) throws IOException {
        WrappedKey wrapped = entry.archived().key().orElseThrow();
        return Objects.requireNonNull(keys)
                .open(wrapped)
                .orElseThrow(() -> new IOException("the backup has no key that opens it"));
    }

    /** @param size as returned by {@link #extent} */
    SeekableByteChannel open(BackupEntry entry, long size) throws IOException {
        FileChannel stored = folder.open(entry.fileId());
        try {
            if (isEncrypted(entry, stored.size())) {
                return new DecryptedFile(stored, key(entry), size);
            }
        } catch (IOException | RuntimeException failed) {
            stored.close();
            throw failed;
        }
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

    /**
     * Returns whether the stored content has the recorded checksum; true if none is recorded, as for most of the camera
     * roll.
     */
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
            throw new IllegalStateException("Every Java has this algorithm", impossible);
        }
    }
}
