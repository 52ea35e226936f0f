package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.disk.DiskLimitation;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.destination.ingest.IngestListener;
import dev.shoebox.destination.ingest.Publisher;
import dev.shoebox.destination.ingest.ReadBack;
import dev.shoebox.destination.lock.RunLock;
import dev.shoebox.destination.naming.ContentClaims;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.naming.ListedPaths;
import dev.shoebox.destination.naming.PathAllocator;
import dev.shoebox.destination.naming.Preview;
import dev.shoebox.destination.opening.CatalogueFile;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.opening.RecordConsistency;
import dev.shoebox.destination.proof.ProofRecords;
import dev.shoebox.destination.proof.Verification;
import dev.shoebox.destination.records.BackupStatus;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.source.SourceId;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** A shoebox: a folder of photos with its catalogue. */
public final class Destination implements Closeable {
    /** The folder for links to photos of albums. Other files in it are ignored. */
    public static final String ALBUMS = Identity.ALBUMS;

    private static final int PAGE = 2000;

    private final DestinationOpener opener;
    private final InstantSource clock;
    private DestinationOpener.Opened opened;
    private ProvenanceReader memory;
    private boolean takingIn;
    private boolean keepsInMemory;

    /** Whether a film came back in parts that was listed as one file, or the other way round. */
    private boolean isListedTwice;

    Destination(DestinationOpener opener, DestinationOpener.Opened opened, InstantSource clock) {
        this.opener = opener;
        this.opened = opened;
        this.clock = clock;
        this.memory = new ProvenanceReader(opened);
    }

    private static Destination writing(DestinationOpener opener, InstantSource clock) throws DestinationException {
        return new Destination(opener, opener.forWriting(clock.instant()), clock);
    }

    /**
     * Opens a destination for writing: takes the lock, recovers from an interrupted run, opens the catalogue.
     *
     * @param say receives a line for the user on each recovery and on each limitation of the disk
     */
    public static Destination open(Path root, OpenMode opening, InstantSource clock, Consumer<String> say)
            throws DestinationException {
        return open(root, opening, false, clock, say);
    }

    /**
     * As {@link #open(Path, OpenMode, InstantSource, Consumer)}.
     *
     * @param shared whether every user of this computer may read a newly created shoebox; an existing one stays as it
     *     was created
     */
    public static Destination open(
            Path root, OpenMode opening, boolean shared, InstantSource clock, Consumer<String> say)
            throws DestinationException {
        return writing(new DestinationOpener(root, opening, shared, PathDisk::new, say), clock);
    }

    /**
     * As {@link #open(Path, OpenMode, InstantSource, Consumer)}.
     *
     * @param disks creates the disk for a real path
     */
    public static Destination open(
            Path root, OpenMode opening, InstantSource clock, Function<Path, Disk> disks, Consumer<String> say)
            throws DestinationException {
        return writing(new DestinationOpener(root, opening, disks, say), clock);
    }

    /**
     * Opens a destination for reading: no lock, nothing created or recovered. Works on a read-only disk and during a
     * run.
     *
     * @param opening with any mode but {@link OpenMode#REQUIRE_EXISTING}, a folder that may become a shoebox counts as
     *     an empty one
     */
    public static Destination view(Path root, OpenMode opening) throws DestinationException {
        return view(root, opening, PathDisk::new);
    }

    /**
     * As {@link #view(Path, OpenMode)}.
     *
     * @param disks creates the disk for a real path
     */
    public static Destination view(Path root, OpenMode opening, Function<Path, Disk> disks)
            throws DestinationException {
        DestinationOpener opener = new DestinationOpener(root, opening, disks, line -> {});
        return new Destination(opener, opener.forLooking(), () -> {
            throw new IllegalStateException("a view records nothing, so it never asks for the time");
        });
    }

    /** Returns the folder, as it was named when it was opened. */
    public Path root() {
        return opener.named();
    }

    DestinationOpener.Opened opened() {
        return opened;
    }

    /** Returns the catalogued files of one source. The stream must be closed. */
    public Stream<StoredFile> stored(SourceId source) throws DestinationException {
        return pages(source, opened.catalogue().stored(source, PAGE));
    }

    /** Returns the files that {@link #stored} has after that one. The stream must be closed. */
    public Stream<StoredFile> storedAfter(StoredFile row, SourceId source) throws DestinationException {
        return pages(source, opened.catalogue().storedAfter(row, source, PAGE));
    }

    /** Reads pages, so that the stream holds neither much memory nor a lock on the catalogue. */
    private Stream<StoredFile> pages(SourceId source, List<StoredFile> first) {
        return Stream.iterate(first, page -> !page.isEmpty(), page -> next(source, page))
                .flatMap(List::stream);
    }

    private List<StoredFile> next(SourceId source, List<StoredFile> page) {
        if (page.size() < PAGE) {
            return List.of();
        }
        try {
            return opened.catalogue().storedAfter(page.get(page.size() - 1), source, PAGE);
        } catch (DestinationException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Returns the sidecars; after the ingest of a run is closed. */
    public Sidecars sidecars() {
        writing();
        return new Sidecars(opened.disk(), opened.catalogue());
    }

    /** Returns the records about stored files and their origins. */
    public ProvenanceReader memory() {
        return memory;
    }

    /** Returns the contents of this backup, for a merge into another. */
    public Holdings holdings() {
        return new Holdings(opened);
    }

    /** Returns the stored files by fingerprint. */
    public Recognition recognition() {
        return new Recognition(opened);
    }

    /** Returns whether the file still has its catalogued size: one stat. */
    public boolean isPresent(StoredFile stored) {
        try {
            return opened.disk()
                    .look(stored.path())
                    .filter(entry -> entry.isFile() && entry.size() == stored.size())
                    .isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Returns the {@link StoredFile#path} of every file that {@link ProofRecords#verify} has found intact since it was
     * copied.
     */
    public Set<String> verified() throws DestinationException {
        return opened.catalogue().marks().verified();
    }

    /**
     * Returns the {@link StoredFile#path} of every file that was damaged or missing at the last check and has not been
     * repaired since.
     */
    public Set<String> damaged() throws DestinationException {
        return opened.catalogue().marks().damaged();
    }

    /** Returns the free bytes. */
    public long freeBytes() throws DestinationException {
        try {
            return opened.disk().freeBytes();
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /** Returns the exception with which a run ends if this much is not free. */
    public DestinationException full(long neededBytes) throws DestinationException {
        return DestinationException.full(freeBytes(), neededBytes);
    }

    /**
     * Returns the largest file that this disk can hold, in parts if necessary, in bytes. A destination open for reading was
     * not tried, and has no limit.
     */
    public long largestFile() {
        return opened.writing()
                .map(Publisher.Writing::abilities)
                .orElse(DiskCapabilities.UNTRIED)
                .largestInParts();
    }

    /**
     * As {@link #ingest(SourceId, Layout, ReadBack.Extent, IngestListener)}, reading back as much as this disk needs.
     */
    public Ingest ingest(SourceId source, Layout layout, IngestListener listener) throws DestinationException {
        return ingest(source, layout, ReadBack.Extent.AS_THE_DISK_NEEDS, listener);
    }

    /**
     * Starts the ingest of one run. There can be only one at a time.
     *
     * @param extent how much to read back from the disk before it counts
     */
    public Ingest ingest(SourceId source, Layout layout, ReadBack.Extent extent, IngestListener listener)
            throws DestinationException {
        Publisher.Writing writing = writing();
        if (takingIn) {
            throw new IllegalStateException("an ingest is open already");
        }
        takingIn = true;
        Disk disk = opened.disk();
        var claims = new ContentClaims(disk, writing.abilities().readsPastCache(), clock, memory.contradicted());
        var listed = new ListedPaths(disk);
        var placer = new PathAllocator(disk, opened.catalogue(), source, layout.of(source), claims, listed);
        String run = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
                        .withZone(ZoneOffset.UTC)
                        .format(clock.instant())
                + UUID.randomUUID().toString().substring(0, 8);
        var readBack = new ReadBack(disk, writing, extent, run.hashCode());
        var publisher = new Publisher(disk, writing, opened.catalogue(), readBack);
        return new Ingest(
                new Ingest.Setup(disk, publisher, writing.abilities(), placer, run, keepsInMemory, () -> {
                    takingIn = false;
                    isListedTwice |= listed.hasFoundOtherwise();
                }),
                source,
                listener);
    }

    /** Keeps what the next ingest stores in the system's memory until {@link Holdings#letGo}, because it is read again soon. */
    public void keepInMemory() {
        keepsInMemory = true;
    }

    /** Returns a preview of where photos would go, without writing anything. */
    public Preview preview(SourceId source, Layout layout) throws DestinationException {
        var claims = new ContentClaims(opened.disk(), false, clock, memory.contradicted());
        var listed = new ListedPaths(opened.disk());
        var placer = new PathAllocator(opened.disk(), opened.catalogue(), source, layout.of(source), claims, listed);
        return new Preview(opened.disk(), opened.catalogue(), placer, layout.of(source));
    }

    /** Returns the records of runs in this backup. */
    public RunLog runs() {
        return new RunLog(opened, memory);
    }

    /** Returns the changes that the user or other programs made; not while an ingest is open. */
    public OwnerChanges ownerChanges() {
        if (takingIn) {
            throw new IllegalStateException("an ingest is open");
        }
        return new OwnerChanges(opened, clock, lines -> {
            RecordConsistency.unlist(opened, lines, clock.instant());
            opened = opener.again(opened, clock.instant());
            memory = new ProvenanceReader(opened);
            return opened;
        });
    }

    /** Returns the records of verifications. */
    public ProofRecords proofs() {
        return new ProofRecords(opened, clock);
    }

    /**
     * Verifies photos of a destination that is open for reading. Intact ones are recorded, which takes a run's lock for
     * a moment each time.
     */
    public Verification verification(Verification.Scope scope, InstantSource time, Verification.Listener listener)
            throws DestinationException {
        return new Verification(
                opened,
                (well, damaged, fingerprints) -> {
                    try (Destination writable = open(root(), OpenMode.REQUIRE_EXISTING, time, line -> {})) {
                        writable.proofs().record(well, damaged, fingerprints);
                    }
                },
                scope,
                listener);
    }

    /** Returns the limitations of the disk; unknown, and empty, if this is open for reading. */
    public Set<DiskLimitation> limits() {
        return opened.writing().map(writing -> writing.abilities().limits()).orElse(Set.of());
    }

    /** Returns the id of the backup, which is the same wherever its drive is mounted; empty if it cannot be read. */
    public Optional<String> id() {
        try {
            return Identity.read(opened.disk()).map(Identity::id);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Returns whether nothing was ever recorded here. */
    public boolean isNew() throws DestinationException {
        return opened.catalogue().status().isEmpty()
                && opened.catalogue().runs().isEmpty();
    }

    /** @throws DestinationException.Lost if the drive is gone and left an empty mount point */
    public void requireThere() throws DestinationException {
        try {
            if (!opened.disk().hasFile(Identity.FILE)) {
                throw new DestinationException.Lost(
                        "The destination is gone; plug the drive in again, then run the command again.");
            }
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /** Returns whether findings can be recorded here. */
    public boolean isWritable() {
        return opened.writing().isPresent();
    }

    /** Returns the status of each source that was ever backed up here. */
    public List<BackupStatus> status() throws DestinationException {
        return opened.catalogue().status();
    }

    private Publisher.Writing writing() {
        return opened.writing().orElseThrow(() -> new IllegalStateException("opened for looking only"));
    }

    /** Closes the catalogue and releases the lock. A catalogue that was found damaged is set aside. */
    @Override
    public void close() {
        // Asked now: another run may have taken over since the last beat, while this computer slept.
        boolean isOurs = opened.lock().filter(RunLock::isRecorded).isPresent();
        if (isListedTwice && isOurs) {
            try {
                opened = opener.relisted(opened, clock.instant());
            } catch (IOException e) {
                // The next opening does it.
            }
        }
        if (isOurs && opened.catalogue().isDamaged()) {
            opened.catalogue().close();
            try {
                CatalogueFile.setAside(opened.disk(), clock.instant());
            } catch (IOException e) {
                // The next opening will find the damage, too.
            }
        }
        opened.close();
    }
}
