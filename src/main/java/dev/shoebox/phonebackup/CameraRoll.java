package dev.shoebox.phonebackup;

import dev.shoebox.folder.archive.ArchiveTimes;
import dev.shoebox.folder.stream.ReadAhead;
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
import dev.shoebox.photos.source.SourceException;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.photos.source.Unreadable.Reason;
import dev.shoebox.system.ExhaustedException;
import dev.shoebox.text.Amounts;
import dev.shoebox.text.DistinctPaths;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The camera roll and the Photos library in a backup, with the paths that the iPhone itself shows over the cable. The files of a
 * phone's folders are taken as from a phone; each that the list has is taken, passed over, or named with what to do.
 */
final class CameraRoll implements MediaSource, NamedFiles {
    private static final String MUTATIONS = "PhotoData/Mutations/";
    private static final String ADJUSTMENTS = "/Adjustments/";

    private final SourceId id;
    private final BackupFolder folder;
    private final FileContents contents;
    private final Scope scope;
    private final ListingLimits limits;
    private final BackupManifest manifest;
    private final List<String> remarks;

    /** By path as it is listed: two entries of one path are told apart. */
    private final Map<String, BackupEntry> entries = new LinkedHashMap<>();

    /** The list as it lay there when it was read. */
    private final String listed;

    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private long missing;

    /** @param remarks what else is to be known of the backup */
    CameraRoll(
            SourceId id,
            BackupFolder folder,
            BackupManifest manifest,
            FileContents contents,
            Scope scope,
            ListingLimits limits,
            List<String> remarks) {
        this.id = id;
        this.folder = folder;
        this.manifest = manifest;
        this.contents = contents;
        this.scope = scope;
        this.limits = limits;
        this.remarks = List.copyOf(remarks);
        this.listed = state();
        DistinctPaths paths = new DistinctPaths();
        for (BackupEntry entry : manifest.entries()) {
            entry.path().ifPresent(path -> entries.put(paths.distinct(path), entry));
        }
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
                    + " that the backup lists in the camera roll cannot be read from it; each is named. Look for another"
                    + " backup of this iPhone, on another computer or disk, or connect the iPhone itself.");
        }
        manifest.others().remark().ifPresent(all::add);
        return all;
    }

    @Override
    public boolean isBroken(MediaFile file) {
        return broken.contains(file.path());
    }

    @Override
    public Listing list() throws IOException {
        requireThere();
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
                                "The backup lists a file under a path that cannot be one."));
            }
        }
        for (Map.Entry<String, BackupEntry> each : entries.entrySet()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("Listing the backup was interrupted.");
            }
            sorting.met();
            Optional<PassedOver> passed = passedOver(each.getKey(), each.getValue(), clutter);
            if (passed.isPresent()) {
                sorting.passOver(passed.get());
            } else {
                try {
                    files.add(file(each.getKey(), each.getValue()));
                } catch (IOException failed) {
                    refuse(sorting, explain(each.getKey(), each.getValue(), failed));
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
                    "small pictures that the iPhone made",
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
                                    + " more are left out."));
        }
    }

    /** What of the camera roll is not taken from a phone either. */
    private Optional<PassedOver> passedOver(String path, BackupEntry entry, Clutter clutter) {
        if (entry.kind() == BackupEntry.Kind.LINK) {
            return Optional.of(
                    new PassedOver(path, PassedOver.Kind.LINK, "a link or a device, which could lead anywhere"));
        }
        Optional<PassedOver> made = clutter.anywhere(path);
        if (made.isPresent()) {
            return made;
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean isPhoto = AssetGrouping.isMediaOrCompanion(path);
        if (path.startsWith(MUTATIONS) && !path.contains(ADJUSTMENTS)) {
            return Optional.of(new PassedOver(path, PassedOver.Kind.DATA, "a note of an edit's, and none of it"));
        }
        if (name.startsWith(".") && !isPhoto) {
            return Optional.of(new PassedOver(path, PassedOver.Kind.SYSTEM, "a hidden file, and no photo or film"));
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
                                "it lies where an iPhone keeps none of its owner's photos"));
    }

    /** Where a file stands in the listing: an edit right behind the file it was made from. */
    private static String place(String path) {
        return path.startsWith(MUTATIONS) ? path.substring(MUTATIONS.length()) : path;
    }

    /** What is there now. */
    private MediaFile file(String path, BackupEntry entry) throws IOException {
        if (!BackupFolder.isFileId(entry.fileId())) {
            throw new FileSystemException(path, null, "the backup does not tell which of its files it is");
        }
        BasicFileAttributes stored = folder.attributes(entry.fileId());
        FileContents.Extent extent = contents.extent(entry, stored.size());
        if (extent.isBroken()) {
            broken.add(path);
        }
        return new MediaFile(
                path,
                extent.size(),
                entry.archived().modified().orElse(ArchiveTimes.sane(stored.lastModifiedTime())),
                entry.archived().created());
    }

    @Override
    public Optional<MediaFile> find(String path) throws IOException {
        requireThere();
        BackupEntry entry = entries.get(path);
        if (entry == null || entry.kind() != BackupEntry.Kind.FILE) {
            return Optional.empty();
        }
        try {
            return Optional.of(file(path, entry));
        } catch (IOException failed) {
            throw new UnreadableException(explain(path, entry, failed));
        }
    }

    @Override
    public MediaStream read(List<Request> requests) throws IOException {
        requireThere();
        List<Request> wanted = List.copyOf(requests);
        MediaStream stream = ReadAhead.start(wanted.size(), sink -> {
            for (Request request : wanted) {
                String path = request.file().path();
                BackupEntry entry = entries.get(path);
                if (entry == null) {
                    sink.unreadable(gone(path));
                    continue;
                }
                try (SeekableByteChannel channel =
                        contents.open(entry, request.file().size())) {
                    channel.position(request.offset());
                    sink.file(request, channel, rightSize -> complaint(request.file(), entry));
                } catch (IOException failed) {
                    sink.unreadable(explain(path, entry, failed));
                }
            }
        });
        return new MediaStream() {
            @Override
            public Piece next() throws IOException {
                try {
                    return stream.next();
                } catch (IOException lost) {
                    throw stated(lost);
                }
            }

            @Override
            public void close() {
                stream.close();
            }
        };
    }

    private Optional<Unreadable> complaint(MediaFile file, BackupEntry entry) throws IOException {
        if (!file(file.path(), entry).equals(file)) {
            return Optional.of(new Unreadable(
                    file.path(), Reason.CHANGED, file.path() + " changed while it was read. Run again to get it."));
        }
        if (!contents.isIntact(entry)) {
            broken.add(file.path());
        }
        return Optional.empty();
    }

    @Override
    public SeekableByteChannel open(MediaFile file) throws IOException {
        BackupEntry entry = entries.get(file.path());
        if (entry == null) {
            throw new UnreadableException(gone(file.path()));
        }
        try {
            return contents.open(entry, file.size());
        } catch (IOException failed) {
            throw new UnreadableException(explain(file.path(), entry, failed));
        }
    }

    @Override
    public void close() {}

    private static Unreadable gone(String path) {
        return new Unreadable(path, Reason.GONE, path + " is not in the backup.");
    }

    /** @throws IOException instead, if not the file but the whole backup is gone */
    private Unreadable explain(String path, BackupEntry entry, IOException failed) throws IOException {
        if (failed instanceof ClosedByInterruptException) {
            throw failed;
        }
        boolean isAbsent = failed instanceof NoSuchFileException;
        // What is absent took no handle; to ask each time costs as much as listing a hundred others.
        Optional<ExhaustedException> exhausted = isAbsent ? Optional.empty() : ExhaustedException.now(failed);
        if (exhausted.isPresent()) {
            throw exhausted.get();
        }
        requireThere();
        String place = BackupFolder.isFileId(entry.fileId()) ? BackupFolder.place(entry.fileId()) : "";
        if (isAbsent) {
            return new Unreadable(
                    path,
                    Reason.GONE,
                    path + " is listed in the backup, and its content (" + place + ") is not there: the backup is"
                            + " incomplete.");
        }
        if (failed instanceof AccessDeniedException) {
            return new Unreadable(
                    path, Reason.DENIED, path + " may not be read. Check the permissions of " + place + ".");
        }
        String reason = failed instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : failed.getMessage();
        return new Unreadable(
                path,
                Reason.READ_ERROR,
                path + " cannot be read from the backup" + (place.isEmpty() ? "" : " (" + place + ")") + ": " + reason
                        + ".");
    }

    private void requireThere() throws SourceException.Lost {
        if (!Files.isDirectory(folder.root())) {
            throw new SourceException.Lost(
                    "The backup " + folder.root()
                            + " is no longer there. Was its disk unplugged? Connect it and run again.",
                    null);
        }
        if (!state().equals(listed)) {
            throw new SourceException.Lost(
                    "The backup " + folder.root()
                            + " changed while it was read: the iPhone is being backed up there. Run"
                            + " again once that is done.",
                    null);
        }
    }

    private String state() {
        return folder.top(ManifestCopy.NAME)
                .map(list -> list.size() + " " + list.lastModifiedTime())
                .orElse("");
    }

    private static IOException stated(IOException lost) {
        boolean known = lost instanceof SourceException
                || lost instanceof ExhaustedException
                || lost instanceof InterruptedIOException;
        if (known) {
            return lost;
        }
        Throwable cause = lost.getCause();
        return cause instanceof SourceException || cause instanceof ExhaustedException
                ? (IOException) cause
                : new SourceException.Lost(lost.getMessage(), lost);
    }
}
