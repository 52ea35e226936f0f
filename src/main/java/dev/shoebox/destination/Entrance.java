package dev.shoebox.destination;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** The way in: from a path that somebody named to an open shoebox, or to a clear reason why not. */
final class Entrance {
    private final Path named;
    private final Opening opening;
    private final boolean shared;
    private final Function<Path, Disk> disks;
    private final Consumer<String> say;

    /** @param disks gives the disk below a real path */
    Entrance(Path named, Opening opening, Function<Path, Disk> disks, Consumer<String> say) {
        this(named, opening, false, disks, say);
    }

    /** @param shared whether everybody may read what is stored, if a shoebox begins here */
    Entrance(Path named, Opening opening, boolean shared, Function<Path, Disk> disks, Consumer<String> say) {
        this.named = named;
        this.opening = opening;
        this.shared = shared;
        this.disks = disks;
        this.say = say;
    }

    /**
     * What is open; for writing only with the lock.
     *
     * @param catalogueIsDamaged whether the one on the disk could not be used, and another was made in memory
     */
    record Opened(
            Disk disk,
            Catalogue catalogue,
            boolean catalogueIsDamaged,
            Optional<Publisher.Writing> writing,
            Optional<RunLock> lock)
            implements Closeable {
        /** Closes the catalogue and gives the lock back. */
        @Override
        public void close() {
            catalogue.close();
            writing.ifPresent(open -> {
                closeQuietly(open.manifest());
                closeQuietly(open.journal());
            });
            lock.ifPresent(Opened::closeQuietly);
        }

        /** Everything was forced before; a handle that cannot be closed ends with the process, and keeps no other open. */
        private static void closeQuietly(Closeable handle) {
            try {
                handle.close();
            } catch (IOException e) {
                // Nothing is lost by it.
            }
        }
    }

    /** @param rebuild whether to set the catalogue aside and make it again */
    Opened forWriting(Instant now, boolean rebuild) throws DestinationException {
        Path root = root(true);
        Disk disk = disks.apply(root);
        try {
            Optional<Identity> identity = Identity.read(disk);
            if (identity.isEmpty() && !(rebuild && disk.hasFile(Manifest.FILE))) {
                requireMayBecomeOne(disk);
            }
            if (isToBeShared(disk, identity)) {
                disk.share();
            }
            for (String folder : new String[] {Identity.FOLDER, Identity.STAGING, Identity.SET_ASIDE}) {
                Optional<Disk.Entry> there = disk.look(folder);
                if (there.isEmpty()) {
                    disk.makeFolder(folder);
                } else if (there.get().kind() != Disk.Entry.Kind.FOLDER) {
                    throw DestinationException.inTheWay(folder, "folder");
                }
            }
            RunLock lock = RunLock.take(root.resolve(Identity.FOLDER), now);
            try {
                return locked(root, disk, lock, now, rebuild);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    private boolean isToBeShared(Disk disk, Optional<Identity> identity) throws IOException {
        return identity.filter(Identity::shared).isPresent()
                || (shared && (identity.isEmpty() || Identity.isAlone(disk)));
    }

    private Opened locked(Path root, Disk disk, RunLock lock, Instant now, boolean rebuild) throws IOException {
        var abilities = Abilities.probe(disk, Identity.STAGING, say);
        identify(disk, abilities, now);
        var file = new CatalogueFile(root, disk, now, say);
        if (rebuild) {
            CatalogueFile.setAside(disk, now);
        }
        Catalogue catalogue = file.open(lock.wasLeft(), !rebuild);
        try {
            return recovered(disk, catalogue, abilities, lock);
        } catch (IOException e) {
            if (!catalogue.isDamaged()) {
                throw e;
            }
        }
        return recovered(disk, file.replaced("found while it was read"), abilities, lock);
    }

    /** Closes the catalogue where it does not succeed. */
    private Opened recovered(Disk disk, Catalogue catalogue, Abilities abilities, RunLock lock) throws IOException {
        var handles = new ArrayList<Closeable>(List.of(catalogue));
        try {
            Lines manifest = lines(
                    disk, Manifest.FILE, catalogue, line -> Manifest.parse(line).isPresent());
            handles.add(manifest);
            Lines journal = lines(
                    disk, Journal.FILE, catalogue, line -> Journal.parse(line).isPresent());
            handles.add(journal);
            forceFolders(disk, abilities);
            var writing = new Publisher.Writing(abilities, Volume.of(named.toRealPath()), manifest, journal);
            var recovery = new Recovery(disk, catalogue, say);
            if (!catalogue.isFresh()) {
                if (abilities.readsPastCache()) {
                    manifest.ensureWritten(disk, Manifest.FILE, catalogue.end(Manifest.FILE));
                }
                recovery.complete(writing);
            }
            recovery.recover(writing);
            Partials.sweep(disk, abilities);
            return new Opened(disk, catalogue, false, Optional.of(writing), Optional.of(lock));
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

    /** Makes the names of our own files durable: forcing a file does that on some disks only. */
    private static void forceFolders(Disk disk, Abilities abilities) throws IOException {
        if (abilities.forcesFolders()) {
            disk.forceFolder(Identity.FOLDER);
            disk.forceFolder("");
        }
    }

    private boolean isOpenToOthers() throws IOException {
        return !Files.getFileStore(named).supportsFileAttributeView("posix")
                || Files.getPosixFilePermissions(named)
                        .containsAll(Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE));
    }

    private static Lines lines(Disk disk, String file, Catalogue catalogue, Predicate<String> valid)
            throws IOException {
        return Lines.open(disk, file, catalogue.isFresh() ? 0 : catalogue.end(file), valid);
    }

    private void identify(Disk disk, Abilities abilities, Instant now) throws IOException {
        Optional<Identity> found = Identity.read(disk);
        // One that was written just before the disk failed may be in memory only; nothing depends on it yet.
        boolean begun = found.isPresent() && Identity.isAlone(disk);
        if (found.isPresent() && !begun) {
            if (shared && !found.get().shared()) {
                say.accept(
                        "This backup was made private and stays so: --shared counts when a backup is first made. 'chmod -R"
                                + " a+rX' lets others read what is in it now.");
            }
            return;
        }
        boolean toBeShared = isToBeShared(disk, found);
        if (begun) {
            disk.delete(Identity.FILE);
        } else if (disk.hasFile(Identity.FILE)) {
            disk.move(Identity.FILE, Recovery.freeName(disk, "id"));
            say.accept("The identity of this shoebox could not be read; it got a new one.");
        }
        Identity.fresh(now, toBeShared).write(disk);
        if (toBeShared && !isOpenToOthers()) {
            say.accept(named + " was there before and lets nobody else in: 'chmod 755' lets others read the backup.");
        }
        if (abilities.forces()) {
            disk.force(Identity.FILE);
        }
        forceFolders(disk, abilities);
    }

    /** Tries the disk, in a shoebox under its lock; elsewhere in a folder that is removed again. */
    Examination examine(Instant now) throws DestinationException {
        Path root = root(false);
        Disk disk = disks.apply(root);
        var made = new ArrayDeque<String>();
        try {
            boolean isShoebox = Identity.read(disk).isPresent() || Identity.hasRecords(disk);
            for (String folder : new String[] {Identity.FOLDER, Identity.STAGING}) {
                if (disk.look(folder).isEmpty()) {
                    disk.makeFolder(folder);
                    made.push(folder);
                }
            }
            Optional<RunLock> lock =
                    isShoebox ? Optional.of(RunLock.take(root.resolve(Identity.FOLDER), now)) : Optional.empty();
            try {
                var abilities = Abilities.probe(disk, Identity.STAGING, line -> {});
                boolean keepsNames = Abilities.keepsNames(disk, Identity.STAGING);
                return Examination.of(isShoebox, Volume.of(root), disk.freeBytes(), abilities, keepsNames);
            } finally {
                if (lock.isPresent()) {
                    lock.get().close();
                }
                for (String folder : made) {
                    disk.delete(folder);
                }
            }
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    /** Nothing is opened; a folder that is not there yet is no obstacle where one may be created. */
    void requireSuitable() throws DestinationException {
        requireSuitable(disks.apply(root(false)));
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

    /** Nothing is written, created or locked; where the catalogue cannot be read, one is made in memory. */
    Opened forLooking() throws DestinationException {
        Path root = root(false);
        Disk disk = disks.apply(root);
        requireSuitable(disk);
        try {
            return existing(root, disk);
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    private Opened existing(Path root, Disk disk) throws IOException {
        boolean isDamaged =
                Identity.hasRecords(disk) && disk.look(Catalogue.FILE).isEmpty();
        if (disk.hasFile(Catalogue.FILE)) {
            try {
                boolean check = RunLock.isHeldOrLeft(disk) || Catalogue.isToBeChecked(disk);
                CatalogueFile.requireOrdinary(disk);
                var catalogue = new Catalogue(Database.shared(root.resolve(Catalogue.FILE), check));
                if (!catalogue.isFresh()) {
                    return new Opened(disk, catalogue, false, Optional.empty(), Optional.empty());
                }
                catalogue.close();
                isDamaged = disk.hasFile(Journal.FILE)
                        && disk.look(Journal.FILE).orElseThrow().size() > 0;
            } catch (Database.Damaged e) {
                isDamaged = true;
            } catch (DestinationException e) {
                // In use by a run, or not to be opened by SQLite: the journal says the same.
            }
        }
        var catalogue = new Catalogue(Database.inMemory());
        new Recovery(disk, catalogue, say).look();
        return new Opened(disk, catalogue, isDamaged, Optional.empty(), Optional.empty());
    }

    private void requireMayBecomeOne(Disk disk) throws IOException {
        if (Identity.hasRecords(disk)) {
            return;
        }
        switch (opening) {
            case REQUIRE_EXISTING ->
                throw new DestinationException.NotAShoebox(named
                        + " is not a shoebox; name the folder of a backup, or check that the drive is plugged in.");
            case CREATE_IF_EMPTY -> {
                if (!Identity.isEmpty(disk)) {
                    throw new DestinationException.NotAShoebox(named
                            + " has other things in it and is not a shoebox; name an empty folder, or add --init to"
                            + " make it one (nothing in it is touched).");
                }
            }
            case INITIALISE -> {}
        }
    }

    private Path root(boolean create) throws DestinationException {
        requireNoFileOnTheWay();
        try {
            if (Files.notExists(named)) {
                if (opening == Opening.REQUIRE_EXISTING) {
                    throw new DestinationException.Absent(
                            named + " is not there; plug the drive in, or check the path.");
                }
                if (!create) {
                    return named.toAbsolutePath().normalize();
                }
                create(named);
            }
            return named.toRealPath();
        } catch (IOException e) {
            if (e instanceof DestinationException known) {
                throw known;
            }
            throw new DestinationException.Lost(
                    named + " cannot be used as a destination (" + DestinationException.reason(e)
                            + "); choose another folder or correct its permissions.",
                    e);
        }
    }

    /** Whether a path below a file exists, Java's versions answer differently: so it is looked for. */
    private void requireNoFileOnTheWay() throws DestinationException {
        Path nearest = named.toAbsolutePath();
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        if (!Files.isDirectory(nearest)) {
            throw new DestinationException.NotAShoebox(nearest + " is not a folder; name a folder for the backup.");
        }
    }

    /** A folder made here must be there after a power cut, or nothing in it is. */
    private void create(Path folder) throws IOException {
        Path missing = folder.toAbsolutePath().normalize();
        var parents = new ArrayList<Path>();
        while (Files.notExists(missing) && missing.getParent() != null) {
            missing = missing.getParent();
            parents.add(missing);
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> mode = PosixFilePermissions.fromString(shared ? "rwxr-xr-x" : "rwx------");
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(mode));
            if (shared) {
                // The umask of the session took from it.
                Files.setPosixFilePermissions(folder, mode);
            }
        } else {
            Files.createDirectories(folder);
        }
        for (Path parent : parents) {
            try (FileChannel channel = FileChannel.open(parent, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (IOException e) {
                // Windows has no such call, and somebody else's folder may be closed to us.
            }
        }
    }
}
