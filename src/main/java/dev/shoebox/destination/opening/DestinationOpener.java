package dev.shoebox.destination.opening;

import dev.shoebox.destination.aside.SetAside;
import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.disk.DiskReport;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.disk.Volume;
import dev.shoebox.destination.ingest.Partials;
import dev.shoebox.destination.ingest.Publisher;
import dev.shoebox.destination.lock.Computer;
import dev.shoebox.destination.lock.RunLock;
import dev.shoebox.destination.opening.CatalogueFile.Existing;
import dev.shoebox.destination.opening.CatalogueFile.Missing;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.system.MountTable;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Opens the shoebox at a path given by the user, or fails with a clear reason. */
public final class DestinationOpener {
    private static final AppendOnlyLines.Position NOTHING = new AppendOnlyLines.Position(0, -1);

    private final Path named;
    private final OpenMode opening;
    private final boolean shared;
    private final RootFolder place;
    private final Function<Path, Disk> disks;
    private final Consumer<String> say;

    /** @param disks creates the disk for a real path */
    public DestinationOpener(Path named, OpenMode opening, Function<Path, Disk> disks, Consumer<String> say) {
        this(named, opening, false, disks, say);
    }

    /** @param shared whether every user may read a newly created shoebox */
    public DestinationOpener(
            Path named, OpenMode opening, boolean shared, Function<Path, Disk> disks, Consumer<String> say) {
        this.named = named;
        this.opening = opening;
        this.shared = shared;
        this.place = new RootFolder(named, opening, shared);
        this.disks = disks;
        this.say = say;
    }

    /** Returns the folder, as it was named. */
    public Path named() {
        return named;
    }

    public static Optional<String> unlock(Path named) throws DestinationException {
        Path root = new RootFolder(named, OpenMode.REQUIRE_EXISTING, false).path(false);
        Disk disk = new PathDisk(root);
        try {
            Optional<Disk.Entry> records = disk.look(Identity.FOLDER);
            if (records.isEmpty() || records.get().kind() != Disk.Entry.Kind.FOLDER) {
                new DestinationOpener(named, OpenMode.REQUIRE_EXISTING, PathDisk::new, line -> {})
                        .requireMayBecomeOne(disk);
            }
            return RunLock.unlock(root.resolve(Identity.FOLDER), Computer.here(), RunLock.WATCHED);
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    /**
     * An open shoebox; with the lock if open for writing.
     *
     * @param catalogueIsDamaged whether the catalogue on the disk could not be used, and one was built in memory
     */
    public record Opened(
            Disk disk,
            Catalogue catalogue,
            boolean catalogueIsDamaged,
            Optional<Publisher.Writing> writing,
            Optional<RunLock> lock)
            implements Closeable {
        /** Closes the catalogue and releases the lock. */
        @Override
        public void close() {
            catalogue.close();
            writing.ifPresent(open -> {
                closeQuietly(open.manifest());
                closeQuietly(open.journal());
            });
            lock.ifPresent(Opened::closeQuietly);
            disk.letGo();
        }

        /** Closes a handle. Everything was forced before, so a failure does not matter. */
        private static void closeQuietly(Closeable handle) {
            try {
                handle.close();
            } catch (IOException e) {
                // No data is lost.
            }
        }
    }

    /** Takes the lock, recovers from an interrupted run, and opens the catalogue. */
    public Opened forWriting(Instant now) throws DestinationException {
        return forWriting(now, Existing.KEPT);
    }

    /** As {@link #forWriting(Instant)}, with the catalogue set aside and rebuilt. */
    public Opened rebuilding(Instant now) throws DestinationException {
        return forWriting(now, Existing.REBUILT);
    }

    private Opened forWriting(Instant now, Existing existing) throws DestinationException {
        requireDrive();
        Path root = place.path(true);
        Disk disk = Identity.joined(disks.apply(root));
        try {
            Optional<Identity> identity = Identity.read(disk);
            if (identity.isEmpty() && !(existing == Existing.REBUILT && disk.hasFile(Manifest.FILE))) {
                requireMayBecomeOne(disk);
            }
            boolean toBeShared = identity.isPresent()
                    ? identity.get().shared() || (shared && Identity.isAlone(disk))
                    : shared || isToBeSharedAgain(disk, existing);
            if (toBeShared) {
                disk.share();
            }
            ensureFolder(disk, Identity.FOLDER);
            RunLock lock = RunLock.take(root.resolve(Identity.FOLDER), now);
            try {
                return locked(root, disk, toBeShared, lock, now, existing);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            DestinationException told = DestinationException.of(e, disk);
            disk.letGo();
            throw told;
        }
    }

    private static void ensureFolder(Disk disk, String folder) throws IOException {
        Optional<Disk.Entry> there = disk.look(folder);
        if (there.isEmpty()) {
            try {
                disk.makeFolder(folder);
            } catch (FileAlreadyExistsException justMade) {
                // A run that started at the same moment created it: the lock decides which of the two continues.
                there = disk.look(folder);
            }
        }
        if (there.isPresent() && there.get().kind() != Disk.Entry.Kind.FOLDER) {
            throw DestinationException.inTheWay(folder, "folder");
        }
    }

    /** Whether a backup that lost its identity was shared, as far as its manifest tells. */
    private boolean isToBeSharedAgain(Disk disk, Existing existing) throws IOException {
        return (existing == Existing.REBUILT || Identity.hasRecords(disk)) && place.hasOpenManifest();
    }

    private Opened locked(Path root, Disk found, boolean toBeShared, RunLock lock, Instant now, Existing existing)
            throws IOException {
        ensureFolder(found, Identity.STAGING);
        ensureFolder(found, Identity.SET_ASIDE);
        var abilities = DiskCapabilities.probe(found, Identity.STAGING, say);
        Disk disk = Identity.settled(found, abilities);
        boolean known = Identity.read(disk).isPresent() || disk.hasFile(Journal.FILE);
        identify(disk, abilities, toBeShared, now);
        RecordConsistency.prepare(disk, abilities, now);
        var file = new CatalogueFile(root, disk, now, say);
        boolean rebuild = existing == Existing.REBUILT;
        Catalogue catalogue = rebuild
                ? file.rebuilt(lock.wasLeft())
                : file.open(known ? Missing.IS_TOLD : Missing.IS_EXPECTED, lock.wasLeft());
        try {
            lookForDisorder(disk, catalogue, lock.wasLeft() || (rebuild && !known));
            return recovered(disk, catalogue, abilities, lock, now);
        } catch (IOException e) {
            if (!catalogue.isDamaged()) {
                throw e;
            }
        }
        return recovered(disk, file.replaced("found while it was read"), abilities, lock, now);
    }

    /**
     * Detects a disordered file system before anything is recovered.
     *
     * @param cut whether the previous run did not end properly, or its records are gone
     */
    private void lookForDisorder(Disk disk, Catalogue catalogue, boolean cut) throws IOException {
        UncheckedDrive.renumbered(disk, catalogue);
        if (cut && disk.keepsNoLog()) {
            UncheckedDrive.note(disk, catalogue);
        }
        if (UncheckedDrive.since(disk).isPresent()) {
            say.accept("A run here did not finish. If the power failed or the drive was unplugged, check the drive:"
                    + " 'chkdsk /f' on Windows, First Aid on a Mac, fsck on Linux. Its file system may be "
                    + "damaged. Afterwards delete " + UncheckedDrive.NOTE + " in " + named
                    + "; until then, each run reads back the files stored since, which takes longer.");
        }
    }

    /** Recovers; closes the catalogue on failure. */
    private Opened recovered(Disk disk, Catalogue catalogue, DiskCapabilities abilities, RunLock lock, Instant now)
            throws IOException {
        var handles = new ArrayList<Closeable>(List.of(catalogue));
        try {
            AppendOnlyLines journal = lines(disk, Journal.LINES, catalogue, Journal::isBeginning);
            handles.add(journal);
            journal.secure(abilities);
            requireText(disk, catalogue, abilities, now);
            long news = catalogue.isFresh() || !journal.isAsWritten() ? 0 : catalogue.end(Journal.FILE);
            AppendOnlyLines manifest =
                    lines(disk, Manifest.LINES, catalogue, text -> MissingLines.isBegun(disk, catalogue, news, text));
            handles.add(manifest);
            manifest.secure(abilities);
            forceFolders(disk, abilities);
            var writing = new Publisher.Writing(abilities, Volume.of(named.toRealPath()), manifest, journal, lock);
            if (!catalogue.isFresh()) {
                new MissingLines(disk, catalogue, writing, say).add();
            }
            var recovery = new Recovery(disk, catalogue, abilities, lock.wasLeftSinceStart(), say);
            recovery.recover(writing, now);
            Partials.sweep(disk, abilities);
            var opened = new Opened(disk, catalogue, false, Optional.of(writing), Optional.of(lock));
            return recovery.hasListedTwice() ? relisted(opened, now) : opened;
        } catch (IOException | RuntimeException e) {
            for (Closeable handle : handles) {
                try {
                    handle.close();
                } catch (IOException suppressed) {
                    e.addSuppressed(suppressed);
                }
            }
            throw e;
        }
    }

    /** Lists files in parts as they lie, and reopens the records under the same lock. */
    public Opened relisted(Opened open, Instant now) throws IOException {
        RecordConsistency.relist(open, now);
        return again(open, now);
    }

    /** Reopens the records under the same lock, after {@link RecordConsistency} rewrote {@code SHA256SUMS}. */
    public Opened again(Opened open, Instant now) throws IOException {
        Publisher.Writing writing = open.writing().orElseThrow();
        writing.manifest().close();
        writing.journal().close();
        return recovered(open.disk(), open.catalogue(), writing.abilities(), writing.lock(), now);
    }

    /** Makes the names of our files durable: only on some disks, forcing a file does that. */
    private static void forceFolders(Disk disk, DiskCapabilities abilities) throws IOException {
        if (abilities.forcesFolders()) {
            disk.forceFolder(Identity.FOLDER);
            disk.forceFolder("");
        }
    }

    private static AppendOnlyLines lines(
            Disk disk, AppendOnlyLines.Kind kind, Catalogue catalogue, AppendOnlyLines.Ours ours) throws IOException {
        return AppendOnlyLines.open(disk, kind, catalogue.isFresh() ? NOTHING : catalogue.position(kind), ours);
    }

    /** Rejects or sets aside a manifest in UTF-16, as some Windows programs save it: no line can be added to it. */
    private void requireText(Disk disk, Catalogue catalogue, DiskCapabilities abilities, Instant now)
            throws IOException {
        if (!disk.hasFile(Manifest.FILE) || !AppendOnlyLines.isWide(disk, Manifest.FILE)) {
            return;
        }
        if (catalogue.isFresh() || catalogue.end(Manifest.FILE) == 0) {
            throw new DestinationException.Lost(Manifest.FILE + " in " + named
                    + " is in UTF-16, so no lines can be added. Rename it, then run the command again.");
        }
        SetAside.setAside(disk, abilities, Manifest.FILE, now);
        say.accept("Another program saved " + Manifest.FILE + " as UTF-16, which checksum programs cannot "
                + "read; it was moved to "
                + Identity.SET_ASIDE + " and is written again.");
    }

    private void identify(Disk disk, DiskCapabilities abilities, boolean toBeShared, Instant now) throws IOException {
        Optional<Identity> found = Identity.read(disk);
        // An id written just before the disk failed may be in memory only; nothing depends on it yet.
        boolean begun = found.isPresent() && Identity.isAlone(disk);
        if (found.isPresent() && !begun) {
            if (shared && !found.get().shared()) {
                say.accept("This backup was made private and stays private: --shared applies only when a "
                        + "backup is first made. To let others read its present files, run 'chmod -R a+rX'.");
            }
            return;
        }
        if (begun) {
            disk.delete(Identity.FILE);
        } else if (disk.hasFile(Identity.FILE)) {
            disk.move(Identity.FILE, SetAside.freeName(disk, "id"));
            say.accept("The identity of this backup could not be read; it was given a new one.");
        }
        Identity.fresh(now, toBeShared, disk).write(disk);
        if (toBeShared && !place.isOpenToOthers()) {
            say.accept(named + " already existed and only you can open it. To let others read the backup, "
                    + "run 'chmod 755'.");
        }
        if (abilities.forces()) {
            disk.force(Identity.FILE);
        }
        forceFolders(disk, abilities);
    }

    /** Tests the disk, in a shoebox under its lock; elsewhere in a folder that is removed again. */
    public DiskReport examine(Instant now) throws DestinationException {
        return DiskExamination.of(place.path(false), disks, now);
    }

    /** Checks the folder without opening anything. It need not exist if it may be created. */
    public void requireSuitable() throws DestinationException {
        requireDrive();
        requireSuitable(disks.apply(place.path(false)));
    }

    /** Rejects an unmounted drive. A backup that exists or is initialised may be on the system disk. */
    private void requireDrive() throws DestinationException {
        if (opening != OpenMode.CREATE_IF_EMPTY || Files.exists(named.resolve(Identity.FOLDER))) {
            return;
        }
        Optional<Path> missing = MountTable.missingDrive(named);
        if (missing.isPresent()) {
            throw new DestinationException.Absent("No drive is mounted at " + missing.get()
                    + ". Plug it in and try again. To use a folder on this computer's disk instead, add --init.");
        }
    }

    private void requireSuitable(Disk disk) throws DestinationException {
        try {
            if (Identity.read(disk).isEmpty()) {
                requireMayBecomeOne(disk);
            }
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    /** Opens for reading: writes, creates and locks nothing. */
    public Opened forLooking() throws DestinationException {
        Path root = place.path(false);
        Disk disk = Identity.joined(disks.apply(root));
        requireSuitable(disk);
        try {
            Look.Seen seen = new Look(root, disk, say).open();
            return new Opened(disk, seen.catalogue(), seen.isDamaged(), Optional.empty(), Optional.empty());
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    /** Returns a hint, to follow a sentence, for a folder that may be a backup without its records. */
    public static String lost(Path root) {
        return " If it was one, and its " + Identity.FOLDER + " was lost, run 'shoebox rebuild " + root + "'.";
    }

    private void requireMayBecomeOne(Disk disk) throws IOException {
        if (Identity.hasRecords(disk) || opening == OpenMode.INITIALISE) {
            return;
        }
        String lost = disk.hasFile(Manifest.FILE)
                ? lost(named)
                        + (disk.keepsNoLog()
                                ? " After a power cut, or if the drive was unplugged during a run, first "
                                        + DestinationException.CHECK + "."
                                : "")
                : "";
        if (opening == OpenMode.REQUIRE_EXISTING) {
            throw new DestinationException.NotAShoebox(named
                    + " is not a backup; give the folder of a backup, or check that the drive is plugged in." + lost);
        }
        // Another run may have created a shoebox a moment ago.
        if (!Identity.isEmpty(disk) && Identity.read(disk).isEmpty()) {
            throw new DestinationException.NotAShoebox(named
                    + " is not empty and is not a backup. Choose an empty folder, or add --init to make it "
                    + "a backup (nothing in it is changed)." + lost);
        }
    }
}
