package dev.shoebox.phonebackup;

import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.system.FolderHandle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A local backup of an iPhone in a folder, which is only read. */
public final class PhoneBackup {
    private static final byte[] DATABASE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /** Of iOS 9 and earlier. */
    private static final String OLD_LIST = "Manifest.mbdb";

    /** What lies beside backups: one that has no list yet, what iMazing keeps of earlier states, what Windows leaves. */
    private static final Pattern BESIDE = Pattern.compile(
            "[0-9a-f]{8}-?[0-9a-f]{16,32}.*|iMazing\\.Versions|desktop\\.ini|Thumbs\\.db", Pattern.CASE_INSENSITIVE);

    private final BackupFolder folder;
    private final BackupInfo info;

    private PhoneBackup(BackupFolder folder) {
        this.folder = folder;
        this.info = BackupInfo.of(folder);
    }

    /** Whether a folder is a backup, by what lies in it; {@link #of} may still refuse it. */
    public static boolean isOne(Path path) {
        BackupFolder folder = new BackupFolder(path);
        boolean list =
                folder.top(Manifest.NAME).isPresent() || folder.top(OLD_LIST).isPresent();
        return list
                && (folder.top("Manifest.plist").isPresent()
                        || folder.top("Info.plist").isPresent());
    }

    /** The backups that lie side by side in a folder, by path; empty if anything else lies there as well. */
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
            // Whoever reads the folder says so.
            return List.of();
        }
        backups.sort(null);
        return backups;
    }

    /**
     * A backup as it lies there.
     *
     * @param path of its folder, which may be a link to it
     * @throws IOException if it cannot be read by this program, with one line for people
     */
    public static PhoneBackup of(Path path) throws IOException {
        BackupFolder folder = new BackupFolder(path.toRealPath());
        if (folder.top(Manifest.NAME).isEmpty()) {
            throw new IOException(path + " is a backup that an iPhone with iOS 9 or earlier made, which cannot be read."
                    + " Restore it to that iPhone, and back up the iPhone itself.");
        }
        return new PhoneBackup(folder);
    }

    /** What it says of itself. */
    public BackupInfo info() {
        return info;
    }

    /** Which source its photos are of: the same wherever the backup lies. */
    public SourceId id() {
        return new SourceId(
                SourceId.Kind.PHONE_BACKUP,
                "backup:" + info.udid().orElse(folder.root().toString()),
                info.device());
    }

    /** Whether its files are encrypted, by its list: what it says of that itself is wrong in some backups. */
    public boolean isEncrypted() throws IOException {
        ByteBuffer head = ByteBuffer.allocate(DATABASE.length);
        try (FileChannel list = FolderHandle.openFile(folder.named(Manifest.NAME))) {
            while (head.hasRemaining() && list.read(head) >= 0) {
                // A read may bring less than asked.
            }
        }
        return !ByteBuffer.wrap(DATABASE).equals(head.flip());
    }

    /**
     * Its camera roll.
     *
     * @param scope what is looked through
     * @throws IOException if the list of its files cannot be read, with one line for people
     */
    public MediaSource open(Scope scope) throws IOException {
        return open(scope, ListingLimits.STANDARD);
    }

    MediaSource open(Scope scope, ListingLimits limits) throws IOException {
        if (isEncrypted()) {
            throw new IOException(folder.root() + " is encrypted. Backups that are encrypted cannot be read yet.");
        }
        try (ManifestCopy list = ManifestCopy.of(folder)) {
            Manifest manifest = Manifest.read(list, limits);
            return new CameraRoll(id(), folder, manifest, new Contents(folder), scope, limits, remarks());
        }
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        boolean isBeingMade =
                folder.top(Manifest.NAME + "-journal").isPresent() || Files.isDirectory(folder.named("Snapshot"));
        if (info.isUnfinished() || isBeingMade) {
            remarks.add("This backup of the iPhone was not brought to its end"
                    + info.state().map(state -> " (" + state + ")").orElse("")
                    + ": photos may be missing from it. If the iPhone still works, back it up once more, or look for"
                    + " another backup of it.");
        }
        info.made()
                .ifPresent(made -> remarks.add("The backup of the iPhone was made on " + date(made)
                        + info.version().map(version -> " with iOS " + version).orElse("")
                        + "; photos taken since are not in it."));
        return remarks;
    }

    private static String date(Instant time) {
        return time.toString().substring(0, "2026-11-29".length());
    }
}
