package dev.shoebox.phonebackup;

import dev.shoebox.phonebackup.crypto.ClassKeys;
import dev.shoebox.phonebackup.crypto.FileKey;
import dev.shoebox.phonebackup.crypto.Keybag;
import dev.shoebox.phonebackup.crypto.WrappedKey;
import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A local backup of an iPhone in a folder. Reads only. */
public final class PhoneBackup {
    /** The number of files that are checked for encryption. */
    private static final int SAMPLE = 200;

    /** The manifest of iOS 9 and earlier. */
    private static final String OLD_LIST = "Manifest.mbdb";

    /** Names found beside backups: one without a manifest yet, iMazing's snapshots, and Windows' own. */
    private static final Pattern BESIDE = Pattern.compile(
            "[0-9a-f]{8}-?[0-9a-f]{16,32}.*|iMazing\\.Versions|desktop\\.ini|Thumbs\\.db", Pattern.CASE_INSENSITIVE);

    private final BackupFolder folder;
    private final BackupInfo info;

    private PhoneBackup(BackupFolder folder) {
        this.folder = folder;
        this.info = BackupInfo.of(folder);
    }

    /** Returns whether a folder looks like a backup. {@link #of} may still refuse it. */
    public static boolean isOne(Path path) {
        BackupFolder folder = new BackupFolder(path);
        boolean list = folder.top(ManifestCopy.NAME).isPresent()
                || folder.top(OLD_LIST).isPresent();
        return list
                && (folder.top("Manifest.plist").isPresent()
                        || folder.top("Info.plist").isPresent());
    }

    /**
     * Returns the backups in a folder, by path; empty if it contains anything other than these, hidden files, and what
     * is usually beside them.
     */
    public static List<Path> within(Path folder) {
        List<Path> backups = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (Files.isDirectory(entry) && isOne(entry)) {
                    backups.add(entry);
                } else if (!name.startsWith(".") && !BESIDE.matcher(name).matches()) {
                    return List.of();
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            // The reader of the folder reports the error.
            return List.of();
        }
        backups.sort(null);
        return backups;
    }

    /**
     * Opens a backup.
     *
     * @param path its folder, or a link to it
     * @throws IOException with a one-line message for people, if this program cannot read it
     */
    public static PhoneBackup of(Path path) throws IOException {
        BackupFolder folder = new BackupFolder(path.toRealPath());
        if (folder.top(ManifestCopy.NAME).isEmpty()) {
            throw new IOException(path + " is a backup made by iOS 9 or earlier, which cannot be read."
                    + " Restore it to that iPhone, and back up the iPhone itself.");
        }
        return new PhoneBackup(folder);
    }

    /** Returns what the backup says about itself. */
    public BackupInfo info() {
        return info;
    }

    /** Returns the source that its photos belong to. It does not depend on the location of the backup. */
    public SourceId id() {
        return new SourceId(
                SourceId.Kind.PHONE_BACKUP,
                "backup:" + info.udid().orElse(folder.root().toString()),
                info.device());
    }

    /** Unlocks the keys of a backup. */
    public interface Unlocking {
        /**
         * Unlocks a keybag.
         *
         * @param keybag the keybag, which needs the password of the backup
         * @throws IOException if the password is unknown or wrong
         */
        ClassKeys unlock(Keybag keybag) throws IOException;
    }

    /**
     * Returns whether its manifest, and so its files, are encrypted. Determined by content, because the flag is wrong
     * in some backups.
     */
    public boolean isEncrypted() throws IOException {
        return ManifestCopy.isEncrypted(folder);
    }

    /**
     * Opens the camera roll.
     *
     * @param scope which folders are listed
     * @param unlocking called once if the backup is encrypted, otherwise never
     * @throws IOException with a one-line message for people, if it cannot be read
     */
    public MediaSource open(Scope scope, Unlocking unlocking) throws IOException {
        return open(scope, unlocking, ListingLimits.STANDARD);
    }

    MediaSource open(Scope scope, Unlocking unlocking, ListingLimits limits) throws IOException {
        Opening opening = new Opening(unlocking);
        BackupManifest manifest;
        try (ManifestCopy list = opening.list()) {
            manifest = BackupManifest.read(list, limits);
        }
        return new CameraRoll(id(), opening.reader(manifest.entries()), manifest, scope, limits, remarks());
    }

    /** Chooses among the files outside the camera roll. */
    public interface Picking {
        /**
         * Decides on one file.
         *
         * @param domain the domain of the file: {@code AppDomain-} and the bundle identifier of an app, or {@code
         * HomeDomain}
         * @param path the path within the domain
         * @return why it is not taken, which may cover several files; empty if it is taken
         */
        Optional<PassedOver> passedOver(String domain, String path);
    }

    /**
     * Opens the files outside the camera roll. The path of each is its domain, a slash, and the path within that.
     *
     * @param unlocking called once if the backup is encrypted, otherwise never
     * @throws IOException with a one-line message for people, if they cannot be read
     */
    public MediaSource others(Picking picking, Unlocking unlocking) throws IOException {
        Opening opening = new Opening(unlocking);
        OtherEntries known;
        try (ManifestCopy list = opening.list()) {
            known = OtherEntries.read(list, ListingLimits.STANDARD, picking);
        }
        SourceId id = new SourceId(SourceId.Kind.BACKUP_FILES, SourceId.ofFiles(id().id()), info.device());
        return new OtherDomains(id, opening.reader(known.entries()), known, ListingLimits.STANDARD, remarks());
    }

    /** Opens the backup with its keys, which it requests once. */
    private final class Opening {
        private final Unlocking unlocking;

        /** Null if the backup is not known to be encrypted. */
        private ClassKeys keys;

        Opening(Unlocking unlocking) throws IOException {
            this.unlocking = unlocking;
            this.keys = isEncrypted() ? unlocking.unlock(keybag()) : null;
        }

        ManifestCopy list() throws IOException {
            return keys == null ? ManifestCopy.of(folder) : ManifestCopy.decrypted(folder, listKey(keys));
        }

        EntryReader reader(List<BackupEntry> entries) throws IOException {
            if (keys == null && areEncrypted(entries)) {
                // iOS 10.0 and 10.1 encrypt only the files.
                keys = unlocking.unlock(keybag());
            }
            return new EntryReader(folder, new FileContents(folder, keys), entries);
        }
    }

    /** Returns whether most of the files that have keys look encrypted, judging by a sample. */
    private boolean areEncrypted(List<BackupEntry> entries) {
        int seen = 0;
        int encrypted = 0;
        for (BackupEntry entry : entries) {
            if (seen == SAMPLE) {
                break;
            }
            if (entry.archived().key().isPresent() && BackupFolder.isFileId(entry.fileId())) {
                try {
                    long stored = folder.attributes(entry.fileId()).size();
                    seen++;
                    encrypted += FileContents.looksEncrypted(entry.archived(), stored) ? 1 : 0;
                } catch (IOException absent) {
                    // It says nothing.
                }
            }
        }
        return 2 * encrypted > seen;
    }

    private Keybag keybag() throws IOException {
        return Keybag.of(bytes("BackupKeyBag"));
    }

    private FileKey listKey(ClassKeys keys) throws IOException {
        return WrappedKey.of(bytes("ManifestKey"))
                .flatMap(keys::open)
                .orElseThrow(() -> new IOException("The key of the list of the backup (ManifestKey in "
                        + "Manifest.plist) cannot"
                        + " be opened. Try another copy of the backup."));
    }

    private byte[] bytes(String name) throws IOException {
        if (folder.list("Manifest.plist").get(name) instanceof byte[] bytes) {
            return bytes;
        }
        throw new IOException("The backup is encrypted, and its keys (" + name
                + " in Manifest.plist) are missing or cannot be read. Try another copy of the backup.");
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        boolean isBeingMade =
                folder.top(ManifestCopy.NAME + "-journal").isPresent() || Files.isDirectory(folder.named("Snapshot"));
        if (info.isUnfinished() || isBeingMade) {
            remarks.add("This iPhone backup is incomplete"
                    + info.state().map(state -> " (" + state + ")").orElse("")
                    + ": files may be missing from it. If the iPhone still works, back it up again; "
                    + "otherwise look for another backup of it.");
        }
        info.made()
                .ifPresent(made -> remarks.add("The backup of the iPhone was made on " + date(made)
                        + info.version().map(version -> " with iOS " + version).orElse("")
                        + (info.isUpdate() ? ", as an update of an earlier one" : "")
                        + "; it contains nothing newer."));
        return remarks;
    }

    private static String date(Instant time) {
        return time.toString().substring(0, "2026-11-29".length());
    }
}
