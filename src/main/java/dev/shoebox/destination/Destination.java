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
import dev.shoebox.destination.naming.ContentClaims;
import dev.shoebox.destination.naming.Layout;
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
    /** The folder in which links to the photos of albums may lie; what is there and was not stored is nobody's concern. */
    public static final String ALBUMS = Identity.ALBUMS;

    private static final int PAGE = 2000;

    private final DestinationOpener opener;
    private final InstantSource clock;
    private DestinationOpener.Opened opened;
    private ProvenanceReader memory;
    private boolean takingIn;

    private Destination(DestinationOpener opener, DestinationOpener.Opened opened, InstantSource clock) {
        this.opener = opener;
        this.opened = opened;
        this.clock = clock;
        this.memory = new ProvenanceReader(opened);
    }

    private static Destination writing(DestinationOpener opener, InstantSource clock) throws DestinationException {
        return new Destination(opener, opener.forWriting(clock.instant()), clock);
    }

    /**
     * Opens for writing: takes the lock, recovers what an interrupted run left, opens the catalogue.
     *
     * @param say receives a line for people on what was recovered and what this disk cannot do
     */
    public static Destination open(Path root, OpenMode opening, InstantSource clock, Consumer<String> say)
            throws DestinationException {
        return open(root, opening, false, clock, say);
    }

    /**
     * {@link #open(Path, OpenMode, InstantSource, Consumer)}.
     *
     * @param shared whether everybody on this computer may read what is stored, if this is where the shoebox is first made;
     *     one that is there stays as it was made
     */
    public static Destination open(
            Path root, OpenMode opening, boolean shared, InstantSource clock, Consumer<String> say)
            throws DestinationException {
        return writing(new DestinationOpener(root, opening, shared, PathDisk::new, say), clock);
    }

    static Destination open(
            Path root, OpenMode opening, InstantSource clock, Function<Path, Disk> disks, Consumer<String> say)
            throws DestinationException {
        return writing(new DestinationOpener(root, opening, disks, say), clock);
    }

    /**
     * Opens for looking only: no lock, nothing created or recovered, works on a read-only disk and beside a run.
     *
     * @param opening anything but {@link OpenMode#REQUIRE_EXISTING} sees what may still become a shoebox as an empty one
     */
    public static Destination view(Path root, OpenMode opening) throws DestinationException {
        DestinationOpener opener = new DestinationOpener(root, opening, PathDisk::new, line -> {});
        return new Destination(opener, opener.forLooking(), () -> {
            throw new IllegalStateException("a view records nothing, so it never asks for the time");
        });
    }

    /**
     * Opens for writing to bring back what is damaged. Damaged records are set aside and made again of each other first.
     *
     * @param say receives a line for people on each of them
     */
    public static Repair repair(Path root, InstantSource clock, Consumer<String> say) throws DestinationException {
        return repair(root, clock, PathDisk::new, say);
    }

    public static Repair repair(Path root, InstantSource clock, Function<Path, Disk> disks, Consumer<String> say)
            throws DestinationException {
        var opener = new DestinationOpener(root, OpenMode.REQUIRE_EXISTING, disks, say);
        return new Repair(
                new Destination(opener, RecordConsistency.mended(opener, clock.instant(), say), clock), opener, clock);
    }

    DestinationOpener.Opened opened() {
        return opened;
    }

    /** What the catalogue knows of one source, to be closed after use. */
    public Stream<StoredFile> stored(SourceId source) throws DestinationException {
        // In pages, so that neither memory nor a lock on the catalogue is held for as long as the stream lives.
        List<StoredFile> first = opened.catalogue().stored(source, Optional.empty(), PAGE);
        return Stream.iterate(first, page -> !page.isEmpty(), page -> next(source, page))
                .flatMap(List::stream);
    }

    private List<StoredFile> next(SourceId source, List<StoredFile> page) {
        if (page.size() < PAGE) {
            return List.of();
        }
        try {
            return opened.catalogue().stored(source, Optional.of(page.get(page.size() - 1)), PAGE);
        } catch (DestinationException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** For writing what is known of photos beside them; after the ingest of a run is closed. */
    public Sidecars sidecars() {
        writing();
        return new Sidecars(opened.disk(), opened.catalogue());
    }

    /** What is remembered of what is here, and of where it came from. */
    public ProvenanceReader memory() {
        return memory;
    }

    /** What lies here, for another backup that takes it over. */
    public Holdings holdings() {
        return new Holdings(opened);
    }

    /** What is here by its fingerprint. */
    public Recognition recognition() {
        return new Recognition(opened);
    }

    /** Whether the file is still there with its catalogued size: one stat. */
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

    /** The {@link StoredFile#path} of every file that {@link ProofRecords#verify} found well since it was copied. */
    public Set<String> verified() throws DestinationException {
        return opened.catalogue().marks().verified();
    }

    /** The {@link StoredFile#path} of every file that was damaged or missing when it was last looked at, and not mended since. */
    public Set<String> damaged() throws DestinationException {
        return opened.catalogue().marks().damaged();
    }

    /** Bytes that can still be written. */
    public long freeBytes() throws DestinationException {
        try {
            return opened.disk().freeBytes();
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /** The error that says that this much is not free, for the run to end in. */
    public DestinationException full(long neededBytes) throws DestinationException {
        return DestinationException.full(freeBytes(), neededBytes);
    }

    /** The largest file this disk can hold, in bytes. A destination opened for looking was not tried and has no limit. */
    public long largestFile() {
        return opened.writing()
                .map(Publisher.Writing::abilities)
                .orElse(DiskCapabilities.UNTRIED)
                .largestFile();
    }

    /** {@link #ingest(SourceId, Layout, ReadBack.Extent, IngestListener)} that reads back as much as this disk needs. */
    public Ingest ingest(SourceId source, Layout layout, IngestListener listener) throws DestinationException {
        return ingest(source, layout, ReadBack.Extent.AS_THE_DISK_NEEDS, listener);
    }

    /**
     * Begins to take in what one run brings. One at a time.
     *
     * @param extent how much of it is read back from the disk before it counts
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
        var placer = new PathAllocator(disk, opened.catalogue(), source, layout.of(source), claims);
        String run = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
                        .withZone(ZoneOffset.UTC)
                        .format(clock.instant())
                + UUID.randomUUID().toString().substring(0, 8);
        var readBack = new ReadBack(disk, writing, extent, run.hashCode());
        var publisher = new Publisher(disk, writing, opened.catalogue(), readBack);
        return new Ingest(
                new Ingest.Setup(disk, publisher, writing.abilities(), placer, run, () -> takingIn = false),
                source,
                listener);
    }

    /** Tells where photos would go, without writing anything. */
    public Preview preview(SourceId source, Layout layout) throws DestinationException {
        var claims = new ContentClaims(opened.disk(), false, clock, memory.contradicted());
        var placer = new PathAllocator(opened.disk(), opened.catalogue(), source, layout.of(source), claims);
        return new Preview(opened.disk(), opened.catalogue(), placer, layout.of(source));
    }

    /** What is remembered of the runs here. */
    public RunLog runs() {
        return new RunLog(opened, memory);
    }

    /** What its owner or other programs changed here; not while an ingest is open. */
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

    /** When files were found well here. */
    public ProofRecords proofs() {
        return new ProofRecords(opened, clock);
    }

    /**
     * Reads photos back. What is found well is remembered, which takes a run's lock for a moment each time.
     *
     * @param root of this destination, which is opened for looking
     */
    public Verification verification(
            Path root, Verification.Scope scope, InstantSource time, Verification.Listener listener)
            throws DestinationException {
        return new Verification(
                opened,
                (well, damaged, fingerprints) -> {
                    try (Destination writable = open(root, OpenMode.REQUIRE_EXISTING, time, line -> {})) {
                        writable.proofs().record(well, damaged, fingerprints);
                    }
                },
                scope,
                listener);
    }

    /** What its disk cannot do; nothing is known of that where it is opened for looking only. */
    public Set<DiskLimitation> limits() {
        return opened.writing().map(writing -> writing.abilities().limits()).orElse(Set.of());
    }

    /** What it calls itself, wherever its drive is plugged in; empty where that cannot be read. */
    public Optional<String> id() {
        try {
            return Identity.read(opened.disk()).map(Identity::id);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Whether nothing was ever recorded here. */
    public boolean isNew() throws DestinationException {
        return opened.catalogue().status().isEmpty()
                && opened.catalogue().runs().isEmpty();
    }

    /** @throws DestinationException.Lost if the drive went, and left its mount point behind as an empty folder */
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

    /** Whether what is found out can be recorded here. */
    public boolean isWritable() {
        return opened.writing().isPresent();
    }

    /** What is here of each source that ever brought something. */
    public List<BackupStatus> status() throws DestinationException {
        return opened.catalogue().status();
    }

    private Publisher.Writing writing() {
        return opened.writing().orElseThrow(() -> new IllegalStateException("opened for looking only"));
    }

    /** Closes the catalogue and gives the lock back. A catalogue that was found damaged does not stay. */
    @Override
    public void close() {
        if (opened.lock().isPresent() && opened.catalogue().isDamaged()) {
            opened.catalogue().close();
            try {
                CatalogueFile.setAside(opened.disk(), clock.instant());
            } catch (IOException e) {
                // The next opening finds it damaged, too.
            }
        }
        opened.close();
    }
}
