package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.DiskLimitation;
import dev.shoebox.destination.disk.DiskReport;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.lock.Computer;
import dev.shoebox.destination.lock.RunLock;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.Database;
import dev.shoebox.destination.records.Identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** What can be told of the folder of a shoebox, or done to it, without opening it. */
public final class DestinationFolder {
    private DestinationFolder() {}

    /**
     * Looks whether {@link Destination#view} would find a shoebox or what may become one, without reading its catalogue.
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
        opener.rebuilding(clock.instant()).close();
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
     * The shoebox that a file lies in: the innermost of the folders around it that is one.
     *
     * @param file absolute
     * @throws DestinationException if none is
     */
    public static Path around(Path file) throws DestinationException {
        return DestinationOpener.around(file);
    }

    /** Loads what databases are opened with, for whoever opens one soon. What fails here fails again then, and is told. */
    public static void loadDatabase() {
        Database.load();
    }
}
