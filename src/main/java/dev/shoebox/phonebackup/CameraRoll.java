package dev.shoebox.phonebackup;

import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.sorting.Clutter;
import dev.shoebox.photos.sorting.FileSorter;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.ListingLimits;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.NamedFiles;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.photos.source.Unreadable.Reason;
import dev.shoebox.text.Amounts;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The camera roll and the Photos library in a backup, with the paths that the iPhone itself shows over the cable. The files of a
 * phone's folders are taken as from a phone; each that the list has is taken, passed over, or named with what to do.
 */
final class CameraRoll implements MediaSource, NamedFiles {
    private static final String MUTATIONS = "PhotoData/Mutations/";
    private static final String ADJUSTMENTS = "/Adjustments/";

    private final SourceId id;
    private final EntryReader reader;
    private final Scope scope;
    private final ListingLimits limits;
    private final BackupManifest manifest;
    private final List<String> remarks;

    private long missing;

    /** @param remarks what else is to be known of the backup */
    CameraRoll(
            SourceId id,
            EntryReader reader,
            BackupManifest manifest,
            Scope scope,
            ListingLimits limits,
            List<String> remarks) {
        this.id = id;
        this.reader = reader;
        this.manifest = manifest;
        this.scope = scope;
        this.limits = limits;
        this.remarks = List.copyOf(remarks);
    }

    @Override
    public SourceId id() {
        return id;
    }

    @Override
    public List<String> remarks() {
        List<String> all = new ArrayList<>(remarks);
        if (missing > 0) {
            all.add(Amounts.count(missing) + (missing == 1 ? " file" : " files")
                    + " that the backup lists in the camera roll cannot be read; each is listed. Look for "
                    + "another backup of this iPhone on another computer or disk, or connect the "
                    + "iPhone itself.");
        }
        manifest.others().remark().ifPresent(all::add);
        return all;
    }

    @Override
    public boolean isBroken(MediaFile file) {
        return reader.isBroken(file);
    }

    @Override
    public Listing list() throws IOException {
        reader.requireThere();
        missing = 0;
        FileSorter sorting = new FileSorter(limits, "the backup");
        Clutter clutter = Clutter.below("", scope);
        List<MediaFile> files = new ArrayList<>();
        for (BackupEntry entry : manifest.entries()) {
            if (entry.path().isEmpty()) {
                sorting.met();
                refuse(
                        sorting,
                        new Unreadable(
                                entry.shown().isEmpty() ? "the backup" : entry.shown(),
                                Reason.REFUSED,
                                "The backup lists a file with an invalid path."));
            }
        }
        for (Map.Entry<String, BackupEntry> each : reader.entries().entrySet()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("Listing the backup was interrupted.");
            }
            sorting.met();
            Optional<PassedOver> passed = passedOver(each.getKey(), each.getValue(), clutter);
            if (passed.isPresent()) {
                sorting.passOver(passed.get());
            } else {
                try {
                    files.add(reader.file(each.getKey(), each.getValue()));
                } catch (IOException failed) {
                    refuse(sorting, reader.explain(each.getKey(), each.getValue(), failed));
                }
            }
        }
        files.sort(Comparator.comparing(file -> place(file.path())));
        files.forEach(sorting::take);
        theRest(sorting);
        return sorting.listing();
    }

    private void refuse(FileSorter sorting, Unreadable why) {
        missing++;
        sorting.refuse(why);
    }

    private void theRest(FileSorter sorting) {
        if (manifest.thumbnails() > 0) {
            sorting.met(manifest.thumbnails());
            sorting.passOver(new PassedOver(
                    "PhotoData/Thumbnails",
                    PassedOver.Kind.DERIVATIVES,
                    "thumbnails made by the iPhone",
                    manifest.thumbnails()));
        }
        if (manifest.beyond() > 0) {
            sorting.met();
            refuse(
                    sorting,
                    new Unreadable(
                            "the backup",
                            Reason.REFUSED,
                            "The backup lists " + limits.count().complaint() + "; " + Amounts.count(manifest.beyond())
                                    + " more were skipped."));
        }
    }

    /** What of the camera roll is not taken from a phone either. */
    private Optional<PassedOver> passedOver(String path, BackupEntry entry, Clutter clutter) {
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
                    path, PassedOver.Kind.DATA, "named like an edit's settings " + "(.AAE), but is not one"));
        }
        if (name.startsWith(".") && !isPhoto) {
            return Optional.of(
                    new PassedOver(path, PassedOver.Kind.SYSTEM, "a hidden file that is not a " + "photo or video"));
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

    /** Where a file stands in the listing: an edit right behind the file it was made from. */
    private static String place(String path) {
        return path.startsWith(MUTATIONS) ? path.substring(MUTATIONS.length()) : path;
    }

    @Override
    public Optional<MediaFile> find(String path) throws IOException {
        return reader.find(path);
    }

    @Override
    public MediaStream read(List<Request> requests) throws IOException {
        return reader.read(requests);
    }

    @Override
    public SeekableByteChannel open(MediaFile file) throws IOException {
        return reader.open(file);
    }

    @Override
    public void close() {}
}
