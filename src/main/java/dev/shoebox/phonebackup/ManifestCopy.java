package dev.shoebox.phonebackup;

import dev.shoebox.system.FolderHandle;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The list of a backup where SQLite may open it: where it lies, or a passing copy with its log, because SQLite writes beside a
 * database that has one. A copy lies in a folder of its owner's alone, and is gone once this is closed.
 */
final class ManifestCopy implements Closeable {
    private static final String LOG = Manifest.NAME + "-wal";

    private final Path database;
    private final Optional<Path> passing;

    private ManifestCopy(Path database, Optional<Path> passing) {
        this.database = database;
        this.passing = passing;
    }

    static ManifestCopy of(BackupFolder folder) throws IOException {
        boolean hasLog = folder.top(LOG).filter(log -> log.size() > 0).isPresent();
        if (!hasLog) {
            return new ManifestCopy(folder.named(Manifest.NAME), Optional.empty());
        }
        Path passing = Files.createTempDirectory("shoebox-manifest");
        ManifestCopy copy = new ManifestCopy(passing.resolve(Manifest.NAME), Optional.of(passing));
        try {
            for (String name : List.of(Manifest.NAME, LOG)) {
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

    Path database() {
        return database;
    }

    boolean isCopy() {
        return passing.isPresent();
    }

    @Override
    public void close() throws IOException {
        if (passing.isPresent()) {
            for (String name : List.of(Manifest.NAME, LOG, Manifest.NAME + "-shm")) {
                Files.deleteIfExists(passing.get().resolve(name));
            }
            Files.deleteIfExists(passing.get());
        }
    }
}
