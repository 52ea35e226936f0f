package dev.shoebox.phonebackup;

import dev.shoebox.library.database.Row;
import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.PassedOver;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The entries of a manifest outside the camera roll. The path of a file is its domain and its path within that.
 *
 * @param entries the requested files, by path; those without a path cannot be read
 * @param passedOver what is not taken, and why
 * @param beyond the number of further entries, which exceed the memory limit
 */
record OtherEntries(List<BackupEntry> entries, List<PassedOver> passedOver, long beyond) {
    private static final String BESIDE = "\"domain\" <> '" + BackupManifest.CAMERA_ROLL + "'";

    /**
     * Reads the entries.
     *
     * @throws IOException with a one-line message for people, if the manifest is unreadable
     */
    static OtherEntries read(ManifestCopy list, ListingLimits limits, PhoneBackup.Picking picking) throws IOException {
        Reader reader = new Reader(limits, picking);
        BackupManifest.scan(list, files -> files.scan(BackupManifest.ALL_COLUMNS, BESIDE, reader::take));
        return reader.entries();
    }

    private static final class Reader {
        private final ListingLimits limits;
        private final ListingLimits.Count count;
        private final PhoneBackup.Picking picking;
        private final List<BackupEntry> entries = new ArrayList<>();
        private final Map<String, PassedOver> passedOver = new LinkedHashMap<>();
        private long beyond;

        Reader(ListingLimits limits, PhoneBackup.Picking picking) {
            this.limits = limits;
            this.count = limits.count();
            this.picking = picking;
        }

        void take(Row row) throws SQLException {
            BackupEntry.Kind kind = BackupEntry.Kind.of(row.numberOrZero("flags"));
            if (kind == BackupEntry.Kind.FOLDER) {
                return;
            }
            String domain = row.text("domain").orElse("");
            String relative = row.text("relativePath").orElse("");
            String whole = domain + "/" + relative;
            Optional<PassedOver> passed = picking.passedOver(domain, relative);
            if (passed.isPresent()) {
                passOver(passed.get());
            } else if (kind == BackupEntry.Kind.LINK) {
                passOver(new PassedOver(
                        EntryPath.shown(whole), PassedOver.Kind.LINK, "a link, which is never followed"));
            } else if (!count.admits(whole)) {
                beyond++;
            } else {
                entries.add(new BackupEntry(
                        row.text("fileID").orElse(""),
                        EntryPath.of(whole, limits),
                        EntryPath.shown(whole),
                        kind,
                        row.bytes("file").map(ArchivedFile::of).orElse(ArchivedFile.UNTOLD)));
            }
        }

        private void passOver(PassedOver what) {
            boolean named = passedOver.containsKey(what.path()) || count.admits(what.path());
            String path = named ? what.path() : "the backup";
            passedOver.merge(
                    path,
                    new PassedOver(path, what.kind(), what.why(), what.files()),
                    (before, more) -> new PassedOver(path, before.kind(), before.why(), before.files() + more.files()));
        }

        OtherEntries entries() {
            entries.sort(Comparator.comparing(BackupEntry::shown).thenComparing(BackupEntry::fileId));
            return new OtherEntries(List.copyOf(entries), List.copyOf(passedOver.values()), beyond);
        }
    }
}
