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

/**
 * The list of a backup, {@code Manifest.db}: {@code Files(fileID, domain, relativePath, flags, file)} as seen in a backup of iOS
 * 14.3, and described alike for iOS 10 to 26. What it says is believed no further than it must be.
 *
 * @param entries of the camera roll, by path; folders and small pictures are not among them
 * @param thumbnails how many small pictures the camera roll has
 * @param beyond how many more entries of the camera roll there are than can be kept in memory
 * @param others what else there is
 */
record BackupManifest(List<BackupEntry> entries, long thumbnails, long beyond, OtherMedia others) {
    private static final String TABLE = "Files";
    private static final String CAMERA_ROLL = "CameraRollDomain";
    private static final String THUMBNAILS = "PhotoData/Thumbnails/";
    private static final List<String> COLUMNS = List.of("fileID", "domain", "relativePath", "flags");

    /**
     * Reads it.
     *
     * @throws IOException if it is none that can be read, with one line for people
     */
    static BackupManifest read(ManifestCopy list, ListingLimits limits) throws IOException {
        try (Tables tables = open(list)) {
            Tables.Table files = tables.find(TABLE)
                    .filter(table -> COLUMNS.stream().allMatch(table::has))
                    .orElseThrow(() -> new NoLibraryException("it has no table of files"));
            Reader reader = new Reader(limits);
            List<String> wanted = new ArrayList<>(COLUMNS);
            wanted.add("file");
            files.scan(wanted, Optional.of("\"domain\" = '" + CAMERA_ROLL + "'"), reader::cameraRoll);
            files.scan(COLUMNS, Optional.of("\"domain\" <> '" + CAMERA_ROLL + "'"), reader::other);
            return reader.manifest();
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
