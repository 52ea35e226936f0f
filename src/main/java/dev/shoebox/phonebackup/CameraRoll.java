package dev.shoebox.phonebackup;

import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.sorting.Clutter;
import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.NamedFiles;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The camera roll and the Photos library of a backup, under the paths that the iPhone shows over the cable. Takes the
 * same files as from a phone; every entry of the manifest is taken, passed over, or named with what to do.
 */
final class CameraRoll extends PhoneBackupSource implements NamedFiles {
    private static final String MUTATIONS = "PhotoData/Mutations/";
    private static final String ADJUSTMENTS = "/Adjustments/";

    private final Scope scope;
    private final BackupManifest manifest;
    private final Clutter clutter;

    /** @param remarks further remarks about the backup */
    CameraRoll(
            SourceId id,
            EntryReader reader,
            BackupManifest manifest,
            Scope scope,
            ListingLimits limits,
            List<String> remarks) {
        super(id, reader, new Listed(manifest.entries(), manifest.beyond()), limits, remarks);
        this.manifest = manifest;
        this.scope = scope;
        this.clutter = Clutter.below("", scope);
    }

    @Override
    public List<String> remarks() {
        List<String> all = new ArrayList<>(super.remarks());
        manifest.others().remark().ifPresent(all::add);
        return all;
    }

    @Override
    String adviceOnMissing() {
        return " that the backup lists in the camera roll cannot be read; each is listed. Look for another backup of this"
                + " iPhone on another computer or disk, or connect the iPhone itself.";
    }

    @Override
    List<PassedOver> passedOver() {
        return List.of(new PassedOver(
                "PhotoData/Thumbnails",
                PassedOver.Kind.DERIVATIVES,
                "thumbnails made by the iPhone",
                manifest.thumbnails()));
    }

    /** Returns what is not taken from a phone either. */
    @Override
    Optional<PassedOver> passedOver(String path, BackupEntry entry) {
        if (entry.kind() == BackupEntry.Kind.LINK) {
            return Optional.of(
                    new PassedOver(path, PassedOver.Kind.LINK, "a link or device file, which is never followed"));
        }
        Optional<PassedOver> made = clutter.anywhere(path);
        if (made.isPresent()) {
            return made;
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean isPhoto = AssetGrouping.isMediaOrCompanion(path);
        if (path.startsWith(MUTATIONS) && !path.contains(ADJUSTMENTS)) {
            return Optional.of(new PassedOver(
                    path, PassedOver.Kind.DATA, "a file that iOS keeps about an edit, and no part of it"));
        }
        if (name.startsWith(".") && !isPhoto) {
            return Optional.of(
                    new PassedOver(path, PassedOver.Kind.SYSTEM, "a hidden file that is not a photo or video"));
        }
        if (scope.folders().stream().anyMatch(taken -> path.startsWith(taken + "/"))) {
            return Optional.empty();
        }
        return Optional.of(
                path.startsWith(Scope.SHARED_ALBUMS + "/")
                        ? Scope.passedOver(path)
                        : new PassedOver(
                                path,
                                isPhoto ? PassedOver.Kind.UNKNOWN : PassedOver.Kind.SYSTEM,
                                "it is in a folder where an iPhone keeps no photos of its owner"));
    }

    /** Sorts an edit directly after its original. */
    @Override
    Comparator<MediaFile> order() {
        return Comparator.comparing(file -> place(file.path()));
    }

    private static String place(String path) {
        return path.startsWith(MUTATIONS) ? path.substring(MUTATIONS.length()) : path;
    }

    @Override
    public Optional<MediaFile> find(String path) throws IOException {
        return reader.find(path);
    }
}
