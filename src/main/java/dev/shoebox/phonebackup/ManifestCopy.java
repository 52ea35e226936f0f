package dev.shoebox.phonebackup;

import dev.shoebox.phonebackup.crypto.DecryptedFile;
import dev.shoebox.phonebackup.crypto.FileKey;
import dev.shoebox.system.FolderHandle;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * The manifest of a backup in a place where SQLite may open it. SQLite writes beside a database that has a log, so such
 * a manifest is copied to a private folder, which is deleted on close. Otherwise it is opened in place.
 */
final class ManifestCopy implements Closeable {
    /** The file name in a backup. */
    static final String NAME = "Manifest.db";

    private static final byte[] DATABASE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int STEP = 256 << 10;
    private static final String LOG = NAME + "-wal";

    private final Path database;
    private final Path passing; // or null

    private ManifestCopy(Path database, Path passingOrNull) {
        this.database = database;
        this.passing = passingOrNull;
    }

    /** Returns whether the manifest does not start like a database. */
    static boolean isEncrypted(BackupFolder folder) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(DATABASE.length);
        try (FileChannel list = FolderHandle.openFile(folder.named(NAME))) {
            while (head.hasRemaining() && list.read(head) >= 0) {
                // A read may return less than requested.
            }
        }
        return !ByteBuffer.wrap(DATABASE).equals(head.flip());
    }

    /** Opens a manifest that is not encrypted. */
    static ManifestCopy of(BackupFolder folder) throws IOException {
        boolean hasLog = folder.top(LOG).filter(log -> log.size() > 0).isPresent();
        if (!hasLog) {
            return new ManifestCopy(folder.named(NAME), null);
        }
        Path passing = Files.createTempDirectory("shoebox-manifest");
        ManifestCopy copy = new ManifestCopy(passing.resolve(NAME), passing);
        try {
            for (String name : List.of(NAME, LOG)) {
                try (FileChannel from = FolderHandle.openFile(folder.named(name))) {
                    Files.copy(Channels.newInputStream(from), passing.resolve(name));
                }
            }
            return copy;
        } catch (IOException failed) {
            copy.close();
            throw failed;
        }
    }

    /**
     * Decrypts a manifest.
     *
     * @throws IOException with a one-line message for people, if the result is not a manifest
     */
    static ManifestCopy decrypted(BackupFolder folder, FileKey key) throws IOException {
        Path passing = Files.createTempDirectory("shoebox-manifest");
        ManifestCopy copy = new ManifestCopy(passing.resolve(NAME), passing);
        try (FileChannel stored = FolderHandle.openFile(folder.named(NAME));
                DecryptedFile list = new DecryptedFile(stored, key, stored.size() / FileKey.BLOCK * FileKey.BLOCK)) {
            try (FileChannel into = FileChannel.open(
                    copy.database(),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.READ)) {
                ByteBuffer some = ByteBuffer.allocate(STEP);
                while (list.read(some.clear()) >= 0) {
                    some.flip();
                    while (some.hasRemaining()) {
                        into.write(some);
                    }
                }
                cutToPages(into);
            }
            return copy;
        } catch (IOException failed) {
            copy.close();
            throw failed;
        }
    }

    /** Padding at the end is not a database page. */
    private static void cutToPages(FileChannel list) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(DATABASE.length + Short.BYTES);
        while (head.hasRemaining() && list.read(head, head.position()) >= 0) {
            // A read may return less than requested.
        }
        if (head.hasRemaining() || !Arrays.equals(DATABASE, Arrays.copyOf(head.array(), DATABASE.length))) {
            throw new IOException("The list of the files in the backup (" + NAME
                    + ") cannot be decrypted with the keys of the backup: it is damaged, or belongs to "
                    + "another backup. Try another copy of the backup.");
        }
        int said = head.getShort(DATABASE.length) & 0xffff;
        int page = said == 1 ? 1 << 16 : said;
        if (page > 0) {
            list.truncate(list.size() / page * page);
        }
    }

    Path database() {
        return database;
    }

    boolean isCopy() {
        return passing != null;
    }

    @Override
    public void close() throws IOException {
        if (passing != null) {
            for (String name : List.of(NAME, LOG, NAME + "-shm")) {
                Files.deleteIfExists(passing.resolve(name));
            }
            Files.deleteIfExists(passing);
        }
    }
}
