package dev.shoebox.phonebackup;

import dev.shoebox.library.database.NoLibraryException;
import dev.shoebox.library.database.Row;
import dev.shoebox.library.database.Tables;
import dev.shoebox.photos.source.ListingLimits;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The manifest of a backup, {@code Manifest.db}: {@code Files(fileID, domain, relativePath, flags, file)}, as found in
 * a backup of iOS 14.3 and described for iOS 10 to 26. Its contents are untrusted.
 *
 * @param entries the files of the camera roll, by path, without folders and thumbnails
 * @param thumbnails the number of thumbnails of the camera roll
 * @param beyond the number of further entries of the camera roll, which exceed the memory limit
 * @param others what else the backup contains
 */
record BackupManifest(List<BackupEntry> entries, long thumbnails, long beyond, OtherMedia others) {
    private static final String TABLE = "Files";
    static final String CAMERA_ROLL = "CameraRollDomain";
    private static final String THUMBNAILS = "PhotoData/Thumbnails/";
    private static final List<String> COLUMNS = List.of("fileID", "domain", "relativePath", "flags");

    /** Includes each file's metadata: size, times and key. */
    static final List<String> ALL_COLUMNS =
            Stream.concat(COLUMNS.stream(), Stream.of("file")).toList();

    /**
     * Reads a manifest.
     *
     * @throws IOException with a one-line message for people, if it is unreadable
     */
    static BackupManifest read(ManifestCopy list, ListingLimits limits) throws IOException {
        Reader reader = new Reader(limits);
        scan(list, files -> {
            files.scan(ALL_COLUMNS, "\"domain\" = '" + CAMERA_ROLL + "'", reader::cameraRoll);
            files.scan(COLUMNS, "\"domain\" <> '" + CAMERA_ROLL + "'", reader::other);
        });
        return reader.manifest();
    }

    /** Reads rows of the table of files. */
    interface Scan {
        void of(Tables.Table files) throws NoLibraryException;
    }

    /**
     * Runs a scan over the table of files.
     *
     * @throws IOException with a one-line message for people, if the table is unreadable
     */
    static void scan(ManifestCopy list, Scan scan) throws IOException {
        try (Tables tables = open(list)) {
            scan.of(tables.find(TABLE)
                    .filter(table -> COLUMNS.stream().allMatch(table::has))
                    .orElseThrow(() -> new NoLibraryException("it has no table of files")));
        } catch (NoLibraryException unusable) {
            throw new IOException(
                    "The list of the files in the backup (" + ManifestCopy.NAME + ") cannot be read, because "
                            + unusable.getMessage() + ". Try another copy of the backup.",
                    unusable);
        }
    }

    private static Tables open(ManifestCopy list) throws NoLibraryException {
        BooleanSupplier stopped = Thread.currentThread()::isInterrupted;
        return list.isCopy()
                ? Tables.open(list.database(), stopped, TABLE::equals)
                : Tables.openUnchanging(list.database(), stopped, TABLE::equals);
    }

    private static final class Reader {
        private final ListingLimits limits;
        private final ListingLimits.Count count;
        private final List<BackupEntry> entries = new ArrayList<>();
        private final OtherMedia others = new OtherMedia();
        private long thumbnails;
        private long beyond;

        Reader(ListingLimits limits) {
            this.limits = limits;
            this.count = limits.count();
        }

        void cameraRoll(Row row) throws SQLException {
            BackupEntry.Kind kind = BackupEntry.Kind.of(row.numberOrZero("flags"));
            if (kind == BackupEntry.Kind.FOLDER) {
                return;
            }
            String relative = row.text("relativePath").orElse("");
            Optional<String> path = EntryPath.of(relative, limits);
            if (path.filter(shown -> shown.startsWith(THUMBNAILS)).isPresent()) {
                thumbnails++;
            } else if (!count.admits(relative)) {
                beyond++;
            } else {
                entries.add(new BackupEntry(
                        row.text("fileID").orElse(""),
                        path,
                        EntryPath.shown(relative),
                        kind,
                        row.bytes("file").map(ArchivedFile::of).orElse(ArchivedFile.UNTOLD)));
            }
        }

        void other(Row row) throws SQLException {
            if (BackupEntry.Kind.of(row.numberOrZero("flags")) == BackupEntry.Kind.FILE) {
                others.add(
                        row.text("domain").orElse(""), row.text("relativePath").orElse(""));
            }
        }

        BackupManifest manifest() {
            entries.sort(
                    Comparator.comparing((BackupEntry entry) -> entry.path().orElse(""))
                            .thenComparing(BackupEntry::shown)
                            .thenComparing(BackupEntry::fileId));
            return new BackupManifest(List.copyOf(entries), thumbnails, beyond, others);
        }
    }
}
