package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Permission;
import dev.shoebox.destination.ingest.Publisher;
import dev.shoebox.destination.naming.Contradictions;
import dev.shoebox.destination.opening.Assessment;
import dev.shoebox.destination.opening.Contents;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.opening.Recovery;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.FileCursor;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Kept;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.destination.thumbs.KeptThumbnails;
import dev.shoebox.destination.thumbs.ThumbnailWriter;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.metadata.Metadata;
import dev.shoebox.photos.metadata.field.MediaFacts;
import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Stream;

/** Reads what a destination recorded about its files: their origins, capture times, and the facts from libraries. */
public final class ProvenanceReader {
    private static final Duration FOREVER = Duration.ofDays(365);

    private final DestinationOpener.Opened opened;

    /** Files listed with other content; null until requested. */
    private Set<String> contradicted;

    ProvenanceReader(DestinationOpener.Opened opened) {
        this.opened = opened;
    }

    /**
     * Returns the facts from the Photos library of a source when it was last read; empty if there are none, or they
     * cannot be read.
     */
    public Optional<LibraryNotes> libraryNotes(SourceId source) {
        try {
            return LibraryNotes.read(opened.disk(), source);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Replaces the recorded facts from the Photos library of a source. */
    public void recordLibraryNotes(SourceId source, LibraryNotes notes) throws DestinationException {
        if (opened.writing().isEmpty()) {
            throw new IllegalStateException("opened for looking only");
        }
        try {
            LibraryNotes.write(opened.disk(), source, notes);
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /** Returns the stored thumbnails, which runs copied from phones. */
    public KeptThumbnails thumbnails() throws IOException {
        return KeptThumbnails.read(opened.disk());
    }

    /** Returns a writer for more thumbnails; while no ingest is open. */
    public ThumbnailWriter keepThumbnails(KeptThumbnails kept) throws IOException {
        if (opened.writing().isEmpty()) {
            throw new IllegalStateException("opened for looking only");
        }
        return new ThumbnailWriter(opened.disk(), kept);
    }

    /** Returns whether the backup has an original that a source once had at that path. */
    public boolean hasOriginal(SourceId source, String path) throws DestinationException {
        return originals(source, path).anyMatch(this::isThere);
    }

    /**
     * Returns whether the backup has an original of a size that a source once had at that path. With another size it
     * would be another photo.
     */
    public boolean hasOriginal(SourceId source, String path, long bytes) throws DestinationException {
        return originals(source, path).anyMatch(known -> known.file().size() == bytes && isThere(known));
    }

    private Stream<Catalogue.Known> originals(SourceId source, String path) throws DestinationException {
        return opened.catalogue().known(source, Asset.keyOf(path)).stream()
                .filter(known -> known.file().path().equals(path));
    }

    private boolean isThere(Catalogue.Known known) {
        return isThere(known.kept().path(), known.kept().size());
    }

    /** Returns whether the backup has files of these roles that a source once had with the original at that path. */
    public boolean hasParts(SourceId source, String path, List<Role> parts) throws DestinationException {
        List<Catalogue.Known> known = opened.catalogue().known(source, Asset.keyOf(path));
        return parts.stream().allMatch(part -> known.stream()
                .anyMatch(each -> each.role() == part
                        && isThere(each.kept().path(), each.kept().size())));
    }

    /** Returns the capture time of an asset whose original is in the backup, as determined when it was copied. */
    public Optional<CaptureTime> captured(SourceId source, Asset asset) throws DestinationException {
        for (Catalogue.Known known : opened.catalogue().known(source, asset.key())) {
            if (known.file().equals(asset.primary().file())) {
                return opened.catalogue().origins(known.kept().path()).stream()
                        .findFirst()
                        .flatMap(Journal.Entry::captured);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the metadata of a file of an asset that is in the backup.
     *
     * @return {@link MediaFacts#NONE} if it is not there, or cannot be read
     */
    public MediaFacts facts(SourceId source, Asset asset, Resource resource) throws DestinationException {
        MediaFile file = resource.file();
        // A film of another shot is catalogued by its own path.
        for (String key : List.of(asset.key(), file.path())) {
            for (Catalogue.Known known : opened.catalogue().known(source, key)) {
                if (known.file().equals(file)
                        && isThere(known.kept().path(), known.kept().size())) {
                    try (SeekableByteChannel bytes =
                            opened.disk().read(known.kept().path())) {
                        return Metadata.read(bytes);
                    } catch (IOException unreadable) {
                        return MediaFacts.NONE;
                    }
                }
            }
        }
        return MediaFacts.NONE;
    }

    /** Returns the files of each album, as paths relative to the root, by the library when it was last read. */
    public SortedMap<AlbumPath, SortedSet<String>> albums() throws DestinationException {
        return new NotedFiles(opened.catalogue(), this::libraryNotes).albums();
    }

    /** Returns the persons on each file, by path, by the library when it was last read. */
    public Map<String, SortedSet<String>> persons() throws DestinationException {
        return new NotedFiles(opened.catalogue(), this::libraryNotes).persons();
    }

    /** Returns the known capture times of photos, by the path of their file. */
    public Map<String, LocalDateTime> captureTimes() throws DestinationException {
        return opened.catalogue().marks().captureTimes();
    }

    /**
     * Opens a stored file for reading, without following links.
     *
     * @throws IOException if it does not exist or may not be read
     */
    public SeekableByteChannel open(StoredFile stored) throws IOException {
        return opened.disk().read(stored.path());
    }

    /**
     * Returns the SHA-256 of every existing file that {@link ProofRecords#verify} has found intact since it was copied,
     * by path.
     */
    public Map<String, String> verifiedContents() throws DestinationException {
        Set<String> verified = opened.catalogue().marks().verified();
        Map<String, String> contents = new HashMap<>();
        for (FileCursor rows = opened.catalogue().files(); rows.next(); ) {
            Kept kept = rows.file();
            if (verified.contains(kept.path()) && isThere(kept.path(), kept.size())) {
                contents.put(kept.path(), kept.sha256());
            }
        }
        return contents;
    }

    /**
     * Returns every file of a source that is in the backup, with its stored path; a stored file with several origins
     * has an entry for each.
     */
    public List<Journal.Entry> entries() throws DestinationException {
        return opened.catalogue().entries();
    }

    /** Returns when each file was last found intact since it was copied, by path. */
    public Map<String, Instant> verifiedAt() throws DestinationException {
        return opened.catalogue().marks().verifiedAt();
    }

    /**
     * Returns the results of content checks. Files that were never checked are checked now, and the results are
     * recorded if this is open for writing; after a crash they are checked again.
     *
     * @param longest the time after which no further file is checked
     */
    public Contents contents(Duration longest) throws DestinationException {
        try {
            return new Assessment(opened, longest).contents();
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /**
     * Returns the files of a source whose copies are broken, unless the source has since had something better at the
     * same path.
     *
     * @param contents of this destination
     */
    public List<MediaFile> broken(SourceId source, Contents contents) throws DestinationException {
        List<MediaFile> broken = new ArrayList<>();
        for (String path : contents.implausible().keySet()) {
            if (!contents.isBroken(path)) {
                continue;
            }
            for (Journal.Entry origin : opened.catalogue().origins(path)) {
                boolean superseded = opened.catalogue().known(source, origin.asset()).stream()
                        .anyMatch(known ->
                                known.file().path().equals(origin.file().path())
                                        && !contents.isBroken(known.kept().path()));
                if (origin.source().kind() == source.kind()
                        && origin.source().id().equals(source.id())
                        && !superseded) {
                    broken.add(origin.file());
                }
            }
        }
        return broken;
    }

    /**
     * Records that a file's copy is too short by its source's library, or no longer is. Records nothing if this is open
     * for reading, or the copy cannot be read.
     *
     * @return whether that is new
     */
    public boolean recordTooShort(SourceId source, String asset, MediaFile file, boolean tooShort)
            throws DestinationException {
        boolean news = false;
        for (Catalogue.Known known : opened.catalogue().known(source, asset)) {
            if (opened.writing().isPresent() && known.file().equals(file)) {
                news |= recordTooShort(
                        known.kept().path(), tooShort, opened.writing().get());
            }
        }
        return news;
    }

    private boolean recordTooShort(String path, boolean tooShort, Publisher.Writing writing)
            throws DestinationException {
        Plausibility bytes;
        try {
            bytes = Assessment.of(opened.disk(), path);
        } catch (IOException unreadable) {
            return false;
        }
        Plausibility now = tooShort && !bytes.isBroken() ? Plausibility.TRUNCATED : bytes;
        try {
            Plausibility before = opened.catalogue().marks().implausible().getOrDefault(path, Plausibility.PLAUSIBLE);
            if (before != now) {
                Recovery.note(new Journal.Assessed(now, List.of(path)), writing, opened.catalogue());
            }
            return before != now;
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /** Returns why a file may not be read, as a sentence for the user; empty if it may be read or does not exist. */
    public Optional<String> denied(StoredFile stored) {
        return denied(stored.path());
    }

    private Optional<String> denied(String path) {
        try {
            // Nearly all files may be read; then their existence does not matter.
            Optional<String> denied = opened.disk().denied(path);
            return denied.isEmpty() || opened.disk().look(path).isEmpty() ? Optional.empty() : denied;
        } catch (IOException hidden) {
            return Permission.isDenied(hidden) ? Optional.of(Permission.words(hidden)) : Optional.empty();
        }
    }

    /** Returns the files that this user may not read, each with the reason: their bytes are unknown. */
    public Map<String, String> denied() throws DestinationException {
        return denied(FOREVER).files();
    }

    /**
     * The result of a search for files that this user may not read.
     *
     * @param files each with the reason
     * @param isWhole whether every file was looked at
     */
    public record Denied(Map<String, String> files, boolean isWhole) {}

    /**
     * As {@link #denied()}, as far as possible in a given time. Files of one run usually belong to one user, so two
     * files of each run are checked first.
     */
    public Denied denied(Duration longest) throws DestinationException {
        Map<String, String> denied = new HashMap<>();
        for (Kept kept : opened.catalogue().firstAndLastOfEachRun()) {
            denied(kept.path()).ifPresent(why -> denied.put(kept.path(), why));
        }
        long end = System.nanoTime() + longest.toNanos();
        FileCursor rows = opened.catalogue().files();
        boolean more;
        while ((more = rows.next()) && System.nanoTime() < end) {
            Kept kept = rows.file();
            denied(kept.path()).ifPresent(why -> denied.put(kept.path(), why));
        }
        return new Denied(denied, !more);
    }

    /**
     * Returns the recorded result of the content check of a file, or checks it now.
     *
     * @return empty if there is no record and the file does not exist or may not be read
     */
    public Optional<Plausibility> plausibility(String path) throws DestinationException {
        String known = Normalizer.normalize(path, Normalizer.Form.NFC);
        Optional<Plausibility> noted =
                Optional.ofNullable(opened.catalogue().marks().implausible().get(known));
        if (noted.isPresent()) {
            return noted;
        }
        try {
            return Optional.of(Assessment.of(opened.disk(), known));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Returns whether {@code SHA256SUMS} lists a file with other content than it was stored with. */
    public boolean isContradicted(StoredFile stored) throws DestinationException {
        return contradicted().contains(stored.path());
    }

    /** Returns the paths of such files. */
    public Set<String> contradicted() throws DestinationException {
        try {
            if (contradicted == null) {
                contradicted = Contradictions.known(opened.disk(), opened.catalogue());
            }
            return contradicted;
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /** Returns whether the state of a file is unknown: it may not be read, or its records contradict each other. */
    public boolean isInDoubt(StoredFile stored) throws DestinationException {
        return denied(stored).isPresent() || isContradicted(stored);
    }

    /** Returns the records about the file at a path relative to the root; empty if there are none. */
    public Optional<Provenance> provenance(String path) throws DestinationException {
        return Provenance.of(opened.catalogue(), Normalizer.normalize(path, Normalizer.Form.NFC));
    }

    private boolean isThere(String path, long size) {
        try {
            return opened.disk()
                    .look(path)
                    .filter(entry -> entry.isFile() && entry.size() == size)
                    .isPresent();
        } catch (IOException e) {
            return false;
        }
    }
}
