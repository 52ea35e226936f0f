package dev.shoebox.run.copies;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.PathDisk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The drives of second copies, and how long they may take. */
interface DriveAccess {
    DriveAccess OF_THIS_COMPUTER = new DriveAccess() {};

    /** The interval between looks at whether a drive has answered. */
    Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    /** Waits for the interval between looks, or until the thread that uses the drive ends. */
    default void pause(Thread thread) throws InterruptedException {
        thread.join(BETWEEN_LOOKS.toMillis());
    }

    /**
     * Returns the longest time of a single call if everything written before is forced. A disk that retries a bad sector
     * may take as long. A force takes longer the more is in the system's cache, for which {@link DriveWatch} allows.
     */
    default Duration longestCall() {
        return Duration.ofMinutes(5);
    }

    /** Returns the longest time of the first look at a drive, which may have to start up. */
    default Duration longestLook() {
        return Duration.ofSeconds(30);
    }

    /** Returns the path without symbolic links, as far as it exists. */
    default Path real(Path path) throws IOException {
        return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath().normalize();
    }

    /** @param root a real path */
    default Disk disk(Path root) {
        return new PathDisk(root);
    }
}
