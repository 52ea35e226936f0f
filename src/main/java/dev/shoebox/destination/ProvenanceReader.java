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
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/** What a destination remembers of what it holds: where each file came from, when it was taken, what a library said of it. */
public final class ProvenanceReader {
    private static final int PAGE = 2000;

    private final DestinationOpener.Opened opened;

    /** What is listed with other content, once it was asked for. */
    private static final Duration FOREVER = Duration.ofDays(365);

    private Optional<Set<String>> contradicted = Optional.empty();

    ProvenanceReader(DestinationOpener.Opened opened) {
        this.opened = opened;
    }

    /** What the Photos library of a source said when it was last read; empty where nothing is known, or cannot be read. */
    public Optional<LibraryNotes> libraryNotes(SourceId source) {
        try {
            return LibraryNotes.read(opened.disk(), source);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Remembers what the Photos library of a source says, in the place of what was known of it before. */
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

    /** The small pictures that are kept of what is here; made by runs from a phone that has some. */
    public KeptThumbnails thumbnails() throws IOException {
        return KeptThumbnails.read(opened.disk());
    }

    /** For keeping more of them; while no ingest is open. */
    public ThumbnailWriter keepThumbnails(KeptThumbnails kept) throws IOException {
        if (opened.writing().isEmpty()) {
            throw new IllegalStateException("opened for looking only");
        }
        return new ThumbnailWriter(opened.disk(), kept);
    }

    /**
     * Whether an original is here that a source once had at that path.
     *
     * @param bytes its size, if that is known: another size would be another photo
     */
    public boolean hasOriginal(SourceId source, String path, OptionalLong bytes) throws DestinationException {
        return opened.catalogue().known(source, Asset.keyOf(path)).stream()
                .anyMatch(known -> known.file().path().equals(path)
                        && (bytes.isEmpty() || bytes.getAsLong() == known.file().size())
                        && isThere(known.kept().path(), known.kept().size()));
    }

    /** Whether files of these roles are here that a source once had with the original at that path. */
    public boolean hasParts(SourceId source, String path, List<Role> parts) throws DestinationException {
        List<Catalogue.Known> known = opened.catalogue().known(source, Asset.keyOf(path));
        return parts.stream().allMatch(part -> known.stream()
                .anyMatch(each -> each.role() == part
                        && isThere(each.kept().path(), each.kept().size())));
    }

    /** When an asset was taken whose original is here already, as it was found out when that came. */
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
     * What a file of an asset says of itself that is here already.
     *
     * @return {@link MediaFacts#NONE} where it is not here, or cannot be read
     */
    public MediaFacts facts(SourceId source, Asset asset, Resource resource) throws DestinationException {
        MediaFile file = resource.file();
        // The film of another shot is catalogued by its own path.
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

    /** The files that are here of each album that a library named when it was last read, as paths relative to the root. */
    public SortedMap<AlbumPath, SortedSet<String>> albums() throws DestinationException {
        return new NotedFiles(opened.catalogue(), this::libraryNotes).albums();
    }

    /** Who is on the files that are here, by path, as a library named them when it was last read. */
    public Map<String, SortedSet<String>> persons() throws DestinationException {
        return new NotedFiles(opened.catalogue(), this::libraryNotes).persons();
    }

    /** When photos were taken, by the path of their file, of those of which that is known. */
    public Map<String, LocalDateTime> captureTimes() throws DestinationException {
        return opened.catalogue().marks().captureTimes();
    }

    /**
     * Opens a stored file to be read; no link is followed.
     *
     * @throws IOException if it is not there, or may not be read
     */
    public SeekableByteChannel open(StoredFile stored) throws IOException {
        return opened.disk().read(stored.path());
    }

    /** SHA-256 of every file that {@link Destination#verify} found well since it was copied and that is still there, by path. */
    public Map<String, String> verifiedContents() throws DestinationException {
        Set<String> verified = opened.catalogue().marks().verified();
        Map<String, String> contents = new HashMap<>();
        long after = 0;
        for (List<Kept> page = opened.catalogue().files(after, PAGE);
                !page.isEmpty();
                page = opened.catalogue().files(after, PAGE)) {
            for (Kept kept : page) {
                if (verified.contains(kept.path()) && isThere(kept.path(), kept.size())) {
                    contents.put(kept.path(), kept.sha256());
                }
                after = kept.id();
            }
        }
        return contents;
    }

    /** Every file of a source that is here, with where it lies; files that hold several come with each. */
    public List<Journal.Entry> entries() throws DestinationException {
        return opened.catalogue().entries();
    }

    /** When each file was last found well since it was copied, by path. */
    public Map<String, Instant> verifiedAt() throws DestinationException {
        return opened.catalogue().marks().verifiedAt();
    }

    /**
     * What the bytes of all files look like. Files at which nobody has looked yet are looked at, and where this is open for
     * writing that is remembered; a crash costs no more than looking again.
     *
     * @param longest after which no further file is looked at
     */
    public Contents contents(Duration longest) throws DestinationException {
        try {
            return new Assessment(opened, longest).contents();
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /**
     * Which files of a source are held by broken ones, while the source has had nothing better at the same path.
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
     * Remembers of the copy of a file that its source's library says, or no longer says, that it is too short. Where this is
     * open for looking only, or the copy cannot be read, nothing is remembered.
     *
     * @return whether that is news
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

    /** Why a file that lies here may not be read, one sentence for people; empty where it may, or does not lie here. */
    public Optional<String> denied(StoredFile stored) {
        return denied(stored.path());
    }

    private Optional<String> denied(String path) {
        try {
            // Nearly all may be read, and then it need not be known whether they lie here.
            Optional<String> denied = opened.disk().denied(path);
            return denied.isEmpty() || opened.disk().look(path).isEmpty() ? Optional.empty() : denied;
        } catch (IOException hidden) {
            return Permission.isDenied(hidden) ? Optional.of(Permission.words(hidden)) : Optional.empty();
        }
    }

    /** Files that lie here and may not be read by whoever runs this, each with why: nothing is known of their bytes now. */
    public Map<String, String> denied() throws DestinationException {
        return denied(FOREVER);
    }

    /**
     * The same, as far as can be looked in a given time. What one run stored is one user's as a rule, so of each run two files
     * are looked at first.
     */
    public Map<String, String> denied(Duration longest) throws DestinationException {
        Map<String, String> denied = new HashMap<>();
        for (Kept kept : opened.catalogue().firstAndLastOfEachRun()) {
            denied(kept.path()).ifPresent(why -> denied.put(kept.path(), why));
        }
        long end = System.nanoTime() + longest.toNanos();
        long after = 0;
        for (List<Kept> page = opened.catalogue().files(after, PAGE);
                !page.isEmpty() && System.nanoTime() < end;
                page = opened.catalogue().files(after, PAGE)) {
            for (Kept kept : page) {
                denied(kept.path()).ifPresent(why -> denied.put(kept.path(), why));
                after = kept.id();
            }
        }
        return denied;
    }

    /**
     * What the bytes of a file look like: as it was noted when it came, or else as they are now.
     *
     * @return empty where the file is not there or may not be read, and nothing was noted
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

    /** Whether {@code SHA256SUMS} lists a file with other content than it was stored with. */
    public boolean isContradicted(StoredFile stored) throws DestinationException {
        return contradicted().contains(stored.path());
    }

    /** Paths of such files. */
    public Set<String> contradicted() throws DestinationException {
        try {
            if (contradicted.isEmpty()) {
                contradicted = Optional.of(Contradictions.known(opened.disk(), opened.catalogue()));
            }
            return contradicted.get();
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /** Whether nothing can be said of a file that lies here: it may not be read, or its records contradict each other. */
    public boolean isInDoubt(StoredFile stored) throws DestinationException {
        return denied(stored).isPresent() || isContradicted(stored);
    }

    /** What is recorded of the file at a path relative to the root; empty where nothing is. */
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
