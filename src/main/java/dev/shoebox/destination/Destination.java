package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.disk.DiskLimitation;
import dev.shoebox.destination.disk.DiskReport;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.ingest.ContentClaims;
import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.destination.ingest.Layout;
import dev.shoebox.destination.ingest.PathAllocator;
import dev.shoebox.destination.ingest.Preview;
import dev.shoebox.destination.ingest.Publisher;
import dev.shoebox.destination.ingest.ReadBack;
import dev.shoebox.destination.lock.Computer;
import dev.shoebox.destination.lock.RunLock;
import dev.shoebox.destination.opening.CatalogueFile;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.opening.RecordConsistency;
import dev.shoebox.destination.opening.Recovery;
import dev.shoebox.destination.records.BackupStatus;
import dev.shoebox.destination.records.Catalogue.Kept;
import dev.shoebox.destination.records.FailedFile;
import dev.shoebox.destination.records.FailedFiles;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.destination.records.RunRecords;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.destination.tidy.Adopter;
import dev.shoebox.destination.tidy.Forgetting;
import dev.shoebox.destination.tidy.Reconciliation;
import dev.shoebox.history.RecordName;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunRecordJson;
import dev.shoebox.photos.fingerprint.Fingerprint;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    private static Destination writing(DestinationOpener opener, boolean rebuild, InstantSource clock)
            throws DestinationException {
        return new Destination(opener, opener.forWriting(clock.instant(), rebuild), clock);
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
        return writing(new DestinationOpener(root, opening, shared, PathDisk::new, say), false, clock);
    }

    static Destination open(
            Path root, OpenMode opening, InstantSource clock, Function<Path, Disk> disks, Consumer<String> say)
            throws DestinationException {
        return writing(new DestinationOpener(root, opening, disks, say), false, clock);
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
     * Looks whether {@link #view} would find a shoebox or what may become one, without reading its catalogue.
     *
     * @throws DestinationException if it would not
     */
    public static void requireSuitable(Path root, OpenMode opening) throws DestinationException {
        new DestinationOpener(root, opening, PathDisk::new, line -> {}).requireSuitable();
    }

    /** Which shoebox a folder holds, the same wherever its drive is mounted; empty if it holds none that can be told. */
    public static Optional<String> identity(Path root) {
        try {
            return Files.isDirectory(root)
                    ? Identity.read(new PathDisk(root.toRealPath())).map(Identity::id)
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** What is to be said of a folder where "safe" tells of this computer alone; empty elsewhere. */
    public static Optional<String> elsewhere(Path root) throws IOException {
        return new PathDisk(root.toRealPath()).isElsewhere()
                ? Optional.of(DiskLimitation.ELSEWHERE.message())
                : Optional.empty();
    }

    /** Where it is kept which computer this is, so that its runs are told from those of others: a folder of Shoebox's own. */
    public static void keepComputerIn(Path state) {
        Computer.keepIn(state);
    }

    /**
     * Takes away the lock that a run left which is dead, on another computer too. What shows that it lives is that its record
     * moves, which is watched for some seconds.
     *
     * @return who held it; empty if nobody did
     * @throws DestinationException.InUse if that run lives
     */
    public static Optional<String> unlock(Path root) throws DestinationException {
        return DestinationOpener.unlock(root);
    }

    /** One sentence on who holds a shoebox from another computer, and what to do if that run is dead; empty if nobody does. */
    public static Optional<String> heldElsewhere(Path root) {
        return RunLock.heldElsewhere(root.resolve(Identity.FOLDER));
    }

    /** Whether a run works on the shoebox of a folder now. Nothing is written to find out. */
    public static boolean isInUse(Path root) {
        return RunLock.isHeld(root.resolve(Identity.FOLDER));
    }

    /**
     * Makes the catalogue again from the journal and {@code SHA256SUMS}; the old one is set aside. A folder that has
     * nothing but photos and {@code SHA256SUMS} becomes a shoebox again.
     */
    public static void rebuild(Path root, InstantSource clock, Consumer<String> say) throws DestinationException {
        var opener = new DestinationOpener(root, OpenMode.REQUIRE_EXISTING, PathDisk::new, say);
        writing(opener, true, clock).close();
    }

    /**
     * Tries what the disk of a folder can do. Works in folders that are no shoebox, too; whatever is made for it is
     * removed again.
     */
    public static DiskReport examine(Path root, InstantSource clock) throws DestinationException {
        return new DestinationOpener(root, OpenMode.REQUIRE_EXISTING, PathDisk::new, line -> {})
                .examine(clock.instant());
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

    /**
     * The shoebox that a file lies in: the innermost of the folders around it that is one.
     *
     * @param file absolute
     * @throws DestinationException if none is
     */
    public static Path around(Path file) throws DestinationException {
        return DestinationOpener.around(file);
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

    /**
     * Remembers of a source what another backup does, all of whose files of it are here now: its last complete run, and what its
     * Photos library said, where that is newer than what is known here.
     */
    public void takeOver(Destination other, SourceId source) throws DestinationException {
        Optional<RunRecord> theirs = lastComplete(other, source);
        Optional<RunRecord> ours = lastComplete(this, source);
        boolean isNewer = theirs.isPresent()
                && ours.filter(run -> !run.ended().isBefore(theirs.get().ended()))
                        .isEmpty();
        if (isNewer) {
            try {
                Recovery.note(other.event(theirs.get()), writing(), opened.catalogue());
            } catch (IOException e) {
                throw DestinationException.of(e, opened.disk());
            }
        }
        takeOverAlbums(other, source, isNewer);
    }

    /** Of what another backup remembers of a source, what its Photos library said alone, where nothing of that is known here. */
    public void takeOverAlbums(Destination other, SourceId source) throws DestinationException {
        takeOverAlbums(other, source, false);
    }

    private void takeOverAlbums(Destination other, SourceId source, boolean isNewer) throws DestinationException {
        Optional<LibraryNotes> notes = other.memory.libraryNotes(source);
        if (notes.isPresent() && (isNewer || memory.libraryNotes(source).isEmpty())) {
            memory.recordLibraryNotes(source, notes.get());
        }
    }

    private Journal.RunEnded event(RunRecord run) throws DestinationException {
        return opened.catalogue().runs().stream()
                .filter(ended -> ended.run().equals(run))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<RunRecord> lastComplete(Destination backup, SourceId source) throws DestinationException {
        return backup.status().stream()
                .filter(status -> status.source().kind() == source.kind()
                        && status.source().id().equals(source.id()))
                .findFirst()
                .flatMap(BackupStatus::lastCompleteRun);
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

    /** The {@link StoredFile#path} of every file that {@link #verify} found well since it was copied. */
    public Set<String> verified() throws DestinationException {
        return opened.catalogue().verified();
    }

    /** The {@link StoredFile#path} of every file that was damaged or missing when it was last looked at, and not mended since. */
    public Set<String> damaged() throws DestinationException {
        return opened.catalogue().damaged();
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

    /** {@link #ingest(SourceId, Layout, boolean, Ingest.Listener)} that reads back as much as this disk needs. */
    public Ingest ingest(SourceId source, Layout layout, Ingest.Listener listener) throws DestinationException {
        return ingest(source, layout, false, listener);
    }

    /**
     * Begins to take in what one run brings. One at a time.
     *
     * @param everyFile whether each file is read back from the disk before it counts, and not only a sample where the disk
     *     is one inside the computer
     */
    public Ingest ingest(SourceId source, Layout layout, boolean everyFile, Ingest.Listener listener)
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
        var readBack = new ReadBack(disk, writing, everyFile, run.hashCode());
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

    /**
     * Remembers a run, after its ingest is closed, however it ended: a line of the journal and a row of the catalogue, which
     * {@link #status} counts, and the whole record below {@link RunRecords#IN_SHOEBOX}.
     *
     * @param run whose source and ending are known
     * @param zone where times were placed that are known only in UTC
     * @throws DestinationException if the journal does not take it; what only the record would tell is lost silently then
     */
    public void record(RunRecord run, ZoneId zone) throws DestinationException {
        Publisher.Writing writing = writing();
        List<String> limits =
                writing.abilities().limits().stream().map(DiskLimitation::word).toList();
        var event = new Journal.RunEnded(run, zone.getId(), limits);
        try {
            Recovery.note(event, writing, opened.catalogue());
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
        try {
            keepRecord(RecordName.ended(run), run);
        } catch (IOException unwritable) {
            // The journal has what counts, and the computer of the run remembers the rest.
        }
    }

    /**
     * Every run that was {@linkplain #record recorded}, the earliest first, with what the journal alone tells of it.
     *
     * @param root the folder, as it was named
     */
    public List<RunRecord> runs(Path root) throws DestinationException {
        return opened.catalogue().runs().stream()
                .map(ended -> ended.run().at(root.toString()))
                .toList();
    }

    /** What its disk cannot do; nothing is known of that where it is opened for looking only. */
    public Set<DiskLimitation> limits() {
        return opened.writing().map(writing -> writing.abilities().limits()).orElse(Set.of());
    }

    /** Keeps the record of a run beside the journal; {@link RunRecords#keep} says how. */
    public void keepRecord(String name, RunRecord run) throws IOException {
        writing();
        new RunRecords(opened.disk(), RunRecords.IN_SHOEBOX).keep(name, RunRecordJson.of(run));
    }

    /** What runs told of themselves, the newest first; bounded, see {@link RunRecords}. */
    public List<RunRecords.Text> records() throws IOException {
        return new RunRecords(opened.disk(), RunRecords.IN_SHOEBOX).texts();
    }

    /** What it calls itself, wherever its drive is plugged in; empty where that cannot be read. */
    public Optional<String> id() {
        try {
            return Identity.read(opened.disk()).map(Identity::id);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** What the last run that got as far as reading could not back up of a source; none where that cannot be read. */
    public List<FailedFile> troubles(SourceId source) {
        try {
            return FailedFiles.read(opened.disk(), source);
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** Remembers what a run could not back up, in the place of what was known of this source before. */
    public void recordTroubles(SourceId source, List<FailedFile> troubles) throws DestinationException {
        writing();
        try {
            FailedFiles.write(opened.disk(), source, troubles);
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /**
     * Looks for what is not where it was stored, by its content, and takes the names under which it lies now into the records.
     * Nothing is moved. Not while an ingest is open.
     */
    public Reconciliation.Result reconcile() throws DestinationException {
        writing();
        if (takingIn) {
            throw new IllegalStateException("an ingest is open");
        }
        try {
            Reconciliation reconciliation = new Reconciliation(opened);
            List<Kept> lost = reconciliation.lost();
            Set<Manifest> stale = reconciliation.stale(lost);
            List<Journal.Moved> moves = reconciliation.record(reconciliation.find(lost), clock.instant());
            stale.addAll(Reconciliation.oldLines(moves));
            if (!stale.isEmpty()) {
                reopenWithout(stale);
                Reconciliation.verified(opened, moves, clock.instant());
            }
            Map<String, String> moved = new LinkedHashMap<>();
            moves.forEach(move -> moved.put(move.from(), move.to()));
            List<String> missing = new ArrayList<>();
            Set<String> forgotten = opened.catalogue().forgotten().keySet();
            for (Kept each : lost) {
                // What still has a row was not let go, whatever has the same content.
                if (!(each.id() == 0 && forgotten.contains(each.sha256()))
                        && !moved.containsKey(each.path())
                        && !opened.disk().hasFile(each.path())) {
                    missing.add(each.path());
                }
            }
            return new Reconciliation.Result(moved, missing);
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /**
     * Which of these files lie under another name now, by the {@link StoredFile#path} that is recorded. Their contents are read;
     * nothing is written.
     */
    public Map<String, String> moved(List<StoredFile> gone) throws DestinationException {
        try {
            List<Kept> lost = new ArrayList<>();
            for (StoredFile each : gone) {
                opened.catalogue().at(each.path()).ifPresent(lost::add);
            }
            Map<String, String> moved = new LinkedHashMap<>();
            new Reconciliation(opened).find(lost).forEach((file, path) -> moved.put(file.path(), path));
            return moved;
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /**
     * Lets go what the owner deleted on purpose: it is remembered by its content, and is neither missing nor stored again. Nothing
     * is deleted; what is still there stays. Not while an ingest is open.
     *
     * @param chosen each a path of a file or folder relative to the root, or a SHA-256
     */
    public Forgetting.Result forget(List<String> chosen) throws DestinationException {
        reconcile();
        try {
            Forgetting forgetting = new Forgetting(opened, new Reconciliation(opened).lost());
            Forgetting.Result result = forgetting.choose(chosen);
            if (!result.gone().isEmpty()) {
                forgetting.record(result.gone(), clock.instant());
                reopenWithout(forgetting.lines(result.gone()));
            }
            return result;
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /**
     * What was let go is wanted again: the next run stores it.
     *
     * @param chosen as in {@link #forget}
     * @return where it lay last
     */
    public List<String> wantAgain(List<String> chosen) throws DestinationException {
        writing();
        try {
            return new Forgetting(opened, List.of()).wantAgain(chosen);
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /** The contents, as SHA-256, that the owner deleted on purpose, each with where it lay last. */
    public Map<String, String> forgotten() throws DestinationException {
        return opened.catalogue().forgotten();
    }

    /** The files of a source whose contents the owner deleted here on purpose. */
    public Set<MediaFile> forgotten(SourceId source) throws DestinationException {
        return opened.catalogue().forgotten(source);
    }

    /**
     * For taking files that lie here already into the records; not while an ingest is open.
     *
     * @param name of the folder, for people
     */
    public Adopter adopter(String name) throws DestinationException {
        writing();
        try {
            return new Adopter(opened, name);
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /** Whether nothing was ever recorded here. */
    public boolean isNew() throws DestinationException {
        return opened.catalogue().status().isEmpty()
                && opened.catalogue().runs().isEmpty();
    }

    /** Whether an adoption was begun here and did not come to its end. */
    public boolean isAdopting() throws DestinationException {
        try {
            return Adopter.isUnfinished(opened.disk());
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /** @throws DestinationException.Lost if the drive went, and left its mount point behind as an empty folder */
    public void requireThere() throws DestinationException {
        try {
            if (!opened.disk().hasFile(Identity.FILE)) {
                throw new DestinationException.Lost(
                        "The destination is no longer where it was; plug the drive in again and run again.");
            }
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    private void reopenWithout(Set<Manifest> lines) throws IOException {
        RecordConsistency.unlist(opened, lines, clock.instant());
        opened = opener.again(opened, clock.instant());
        memory = new ProvenanceReader(opened);
    }

    /** Whether what is found out can be recorded here. */
    public boolean isWritable() {
        return opened.writing().isPresent();
    }

    /** What is here of each source that ever brought something. */
    public List<BackupStatus> status() throws DestinationException {
        return opened.catalogue().status();
    }

    /** {@link #verification} of a sample; what is found well is remembered where this is open for writing. */
    public Verification.Result verify(Verification.Sample sample, Verification.Listener listener)
            throws DestinationException {
        Verification.Recorder recorder = opened.writing().isPresent()
                ? (well, damaged, fingerprints) -> remember(clock.instant(), well, damaged, fingerprints)
                : (well, damaged, fingerprints) -> {};
        return new Verification(opened, recorder, Verification.Scope.of(sample), listener).run();
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
                (well, damaged, fingerprints) -> remember(root, time, well, damaged, fingerprints),
                scope,
                listener);
    }

    /** Remembers which files were found well just now, and which were not as they were stored. */
    public void recordFound(List<String> well, List<String> damaged) throws DestinationException {
        try {
            remember(clock.instant(), well, damaged, Map.of());
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    private static void remember(
            Path root,
            InstantSource time,
            List<String> well,
            List<String> damaged,
            Map<String, Fingerprint> fingerprints)
            throws IOException {
        try (Destination writable = open(root, OpenMode.REQUIRE_EXISTING, time, line -> {})) {
            writable.remember(time.instant(), well, damaged, fingerprints);
        }
    }

    private void remember(Instant now, List<String> well, List<String> damaged, Map<String, Fingerprint> fingerprints)
            throws IOException {
        note(well, some -> new Journal.Verified(now, some));
        note(damaged, some -> new Journal.Damaged(now, some));
        note(
                List.copyOf(fingerprints.keySet()),
                some -> new Journal.Fingerprinted(
                        some.stream().collect(Collectors.toMap(Function.identity(), fingerprints::get))));
    }

    private void note(List<String> paths, Function<List<String>, Journal.Event> event) throws IOException {
        for (int from = 0; from < paths.size(); from += PAGE) {
            List<String> some = paths.subList(from, Math.min(paths.size(), from + PAGE));
            Recovery.note(event.apply(some), writing(), opened.catalogue());
        }
    }

    /**
     * Reads back, at the end of a run, what was stored since a file system without a log was cut off and not checked since.
     * What is wrong counts as damaged from then on.
     *
     * @throws DestinationException.Disordered if anything was
     */
    public void requireOrder() throws DestinationException {
        try {
            LateReadBack.Wrong wrong = new LateReadBack(opened).wrong();
            if (!wrong.isNothing()) {
                remember(clock.instant(), List.of(), wrong.photos(), Map.of());
                throw new DestinationException.Disordered(wrong.photos().size(), wrong.records());
            }
        } catch (IOException e) {
            throw DestinationException.of(e, opened.disk());
        }
    }

    /** When the photo that was not proven for the longest time was; empty if none is here, or if that is not known. */
    public Optional<Instant> leastRecentProof() throws DestinationException {
        return opened.catalogue().leastRecentProof();
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
