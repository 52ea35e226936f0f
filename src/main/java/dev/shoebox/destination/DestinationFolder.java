package dev.shoebox.destination;

import dev.shoebox.destination.disk.ContentHash;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.DiskLimitation;
import dev.shoebox.destination.disk.DiskReport;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.disk.Permission;
import dev.shoebox.destination.lock.Computer;
import dev.shoebox.destination.lock.RunLock;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.destination.records.database.Database;
import dev.shoebox.history.RunRecord;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.system.OperatingSystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Operations on the folder of a shoebox that do not open it. */
public final class DestinationFolder {
    private DestinationFolder() {}

    /**
     * Checks whether {@link Destination#view} would find a shoebox, or a folder that may become one, without reading
     * the catalogue.
     *
     * @throws DestinationException if it would not
     */
    public static void requireSuitable(Path root, OpenMode opening) throws DestinationException {
        new DestinationOpener(root, opening, PathDisk::new, line -> {}).requireSuitable();
    }

    /**
     * Returns the id of the shoebox in a folder, which is the same wherever its drive is mounted; empty if there is
     * none.
     */
    public static Optional<String> identity(Path root) {
        try {
            return Files.isDirectory(root)
                    ? Identity.read(new PathDisk(root.toRealPath())).map(Identity::id)
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Returns the {@link #identity} of the shoebox that should be in a folder.
     *
     * @throws DestinationException.Absent if there is none
     * @throws IOException if this process may not read the folder
     */
    public static String requireIdentity(Path root) throws IOException {
        Optional<String> id = identity(root);
        if (id.isEmpty()) {
            requireRecords(root);
            throw new DestinationException.Absent(root
                    + (Files.isDirectory(root) ? " holds no backup" : " is not there")
                    + ". Plug the drive in. To make a first backup, run: shoebox backup " + root);
        }
        return id.get();
    }

    /**
     * Requires that a folder does not look like a shoebox without its records.
     *
     * @throws DestinationException.Absent if it does
     * @throws IOException if this process may not read the folder
     */
    public static void requireRecords(Path root) throws IOException {
        Permission.requireLook(root, OperatingSystem.current());
        if (Files.isRegularFile(root.resolve(Manifest.FILE)) && identity(root).isEmpty()) {
            throw new DestinationException.Absent(root + " holds no backup, but it holds " + Manifest.FILE
                    + ". If its .shoebox folder was lost, run " + "'shoebox rebuild " + root + "'.");
        }
    }

    /** Returns whether the last complete backup of a source ended after an instant and not after another one. */
    public static boolean hasComplete(Path root, SourceId source, Instant after, Instant until)
            throws DestinationException {
        try (Destination opened = Destination.view(root, OpenMode.REQUIRE_EXISTING)) {
            return opened.status().stream()
                    .filter(status -> status.source().kind() == source.kind()
                            && status.source().id().equals(source.id()))
                    .flatMap(status -> status.lastCompleteRun().stream())
                    .map(RunRecord::ended)
                    .anyMatch(end -> end.isAfter(after) && !end.isAfter(until));
        }
    }

    /**
     * Returns a remark if the folder is on a share or in a cloud, where "safe" is true for this computer only; else
     * empty.
     */
    public static Optional<String> elsewhere(Path root) throws IOException {
        return new PathDisk(root.toRealPath()).isElsewhere()
                ? Optional.of(DiskLimitation.ELSEWHERE.message())
                : Optional.empty();
    }

    /**
     * Returns whether files in the folder of a shoebox can be read from the disk itself. Otherwise, a verification may
     * have read what the system remembered of them.
     */
    public static boolean readsPastCache(Path root) {
        try {
            return ContentHash.onDisk(new PathDisk(root.toRealPath()), Identity.FILE)
                    .isPresent();
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Sets the state folder, which stores the identity of this computer: it distinguishes its runs from those of other
     * computers.
     */
    public static void keepComputerIn(Path state) {
        Computer.keepIn(state);
    }

    /**
     * Removes the lock of a dead run, even of another computer. A live run updates its record, so the record is watched
     * for some seconds.
     *
     * @return the holder; empty if there was none
     * @throws DestinationException.InUse if that run is alive
     */
    public static Optional<String> unlock(Path root) throws DestinationException {
        return DestinationOpener.unlock(root);
    }

    /**
     * Returns a sentence on the run of another computer that holds the shoebox, and what to do if it is dead; empty if
     * there is none.
     */
    public static Optional<String> heldElsewhere(Path root) {
        return RunLock.heldElsewhere(root.resolve(Identity.FOLDER));
    }

    /** Returns whether a run is using the shoebox of a folder. Writes nothing. */
    public static boolean isInUse(Path root) {
        return RunLock.isHeld(root.resolve(Identity.FOLDER));
    }

    /**
     * Rebuilds the catalogue from the journal and {@code SHA256SUMS}; the old one is set aside. A folder with only
     * photos and {@code SHA256SUMS} becomes a shoebox again.
     */
    public static void rebuild(Path root, InstantSource clock, Consumer<String> say) throws DestinationException {
        var opener = new DestinationOpener(root, OpenMode.REQUIRE_EXISTING, PathDisk::new, say);
        opener.rebuilding(clock.instant()).close();
    }

    /** Tests the capabilities of the disk of a folder, which need not be a shoebox. Test files are removed again. */
    public static DiskReport examine(Path root, InstantSource clock) throws DestinationException {
        return new DestinationOpener(root, OpenMode.REQUIRE_EXISTING, PathDisk::new, line -> {})
                .examine(clock.instant());
    }

    /**
     * Returns the shoebox that contains a file: the innermost folder around it that is one.
     *
     * @param file absolute
     * @throws DestinationException if there is none
     */
    public static Path around(Path file) throws DestinationException {
        for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(Identity.FILE))) {
                return folder;
            }
        }
        String lost = "";
        for (Path folder = file.getParent(); folder != null && lost.isEmpty(); folder = folder.getParent()) {
            lost = Files.isRegularFile(folder.resolve(Manifest.FILE)) ? DestinationOpener.lost(folder) : "";
        }
        throw new DestinationException.NotAShoebox(
                file + " is not in a Shoebox backup: no folder above it is one. Check the path." + lost);
    }

    /**
     * Loads the database library in advance. A failure is not reported here, because it will occur again when a
     * database is opened.
     */
    public static void loadDatabase() {
        Database.load();
    }
}
