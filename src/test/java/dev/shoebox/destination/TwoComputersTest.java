package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.ingest.Publisher;
import dev.shoebox.destination.lock.Computer;
import dev.shoebox.destination.lock.RunLock;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.opening.RecordConsistency;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Manifest;
import dev.shoebox.text.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Two computers use one folder of a network drive, and neither sees the locks of the other. */
class TwoComputersTest {
    private static final Computer ATTIC = new Computer("1111", "attic", "boot-1");
    private static final Computer CELLAR = new Computer("2222", "cellar", "boot-2");
    private static final Duration BEAT = Duration.ofMillis(20);
    private static final Duration WATCHED = Duration.ofMillis(800);
    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir
    Path root;

    private Path folder;

    @BeforeEach
    void begin() throws IOException {
        folder = Files.createDirectory(root.resolve(Identity.FOLDER));
    }

    private RunLock take(Computer computer, Duration beat) throws IOException {
        return RunLock.take(folder, Backups.CLOCK.instant(), computer, beat);
    }

    /** Makes the other computer's lock invisible: a lock belongs to the file that was opened. */
    private void hideLocks() throws IOException {
        Files.delete(folder.resolve("lock"));
    }

    private String record() throws IOException {
        return Files.readString(folder.resolve("lock.json"));
    }

    @Test
    void theRecordOfAnotherComputerCountsWhateverTheLockSays() throws IOException {
        try (RunLock attic = take(ATTIC, BEAT)) {
            hideLocks();
            var inUse = assertThrows(DestinationException.InUse.class, () -> take(CELLAR, BEAT));
            assertTrue(inUse.getMessage().contains("on attic"), inUse.getMessage());
            assertTrue(inUse.getMessage().contains("shoebox unlock"), inUse.getMessage());
            attic.requireHeld();
        }
        take(CELLAR, BEAT).close();
        assertFalse(Files.exists(folder.resolve("lock.json")));
    }

    @Test
    void aRecordWithAMovingBeatCannotBeRemoved() throws IOException {
        try (RunLock attic = take(ATTIC, BEAT)) {
            hideLocks();
            assertThrows(DestinationException.InUse.class, () -> RunLock.unlock(folder, CELLAR, WATCHED));
            attic.requireHeld();
            assertTrue(record().contains("attic"));
        }
    }

    @Test
    void aRecordWithAStillBeatIsRemovedOnRequest() throws IOException {
        RunLock dead = take(ATTIC, NEVER);
        hideLocks();
        assertThrows(DestinationException.InUse.class, () -> take(CELLAR, BEAT));
        assertTrue(RunLock.unlock(folder, CELLAR, WATCHED).orElseThrow().contains("on attic"));
        assertEquals(Optional.empty(), RunLock.unlock(folder, CELLAR, WATCHED));
        try (RunLock cellar = take(CELLAR, BEAT)) {
            cellar.requireHeld();
            // It was only suspended: the record is no longer its own, and it leaves the other's alone.
            dead.close();
            assertTrue(record().contains("cellar"));
        }
    }

    /** Waits for its next beat, which finds the record of another run. */
    private static boolean isLost(RunLock lock) throws DestinationException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < end) {
            try {
                lock.requireHeld();
            } catch (DestinationException.InUse lost) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aRunThatSleptWhileAnotherTookOverStoresNothingMore() throws Exception {
        var backups = new Backups(root.resolve("backup"));
        try (RunLock slept = take(ATTIC, BEAT)) {
            Files.delete(folder.resolve("lock.json"));
            hideLocks();
            try (RunLock cellar = take(CELLAR, NEVER)) {
                assertTrue(isLost(slept));
                cellar.requireHeld();
            }
        }
        backups.run(photo("DCIM/1.JPG", "one"));
    }

    @Test
    void aRunThatSleptWhileAnotherTookOverAndEndedStoresNothingMore() throws IOException {
        try (RunLock slept = take(ATTIC, BEAT)) {
            Files.delete(folder.resolve("lock.json"));
            hideLocks();
            take(CELLAR, NEVER).close();
            assertTrue(isLost(slept));
        }
    }

    @Test
    void aDeadRunOfThisComputerIsNoObstacle() throws IOException {
        RunLock dead = take(CELLAR, NEVER);
        String left = record().replaceFirst("\"pid\":\\d+", "\"pid\":999999999");
        dead.close();
        Files.writeString(folder.resolve("lock.json"), left);
        try (RunLock next = take(CELLAR, BEAT)) {
            assertTrue(next.wasLeft());
            assertTrue(next.wasLeftSinceStart());
        }
        Files.writeString(folder.resolve("lock.json"), left);
        var startedAgain = new Computer(CELLAR.id(), CELLAR.name(), "boot-3");
        try (RunLock next = take(startedAgain, BEAT)) {
            assertTrue(next.wasLeft());
            assertFalse(next.wasLeftSinceStart());
        }
    }

    @Test
    void twoComputersThatShareAHomeAreTwo() throws IOException {
        try (RunLock attic = take(ATTIC, NEVER)) {
            hideLocks();
            var sameHome = new Computer(ATTIC.id(), "cellar", "boot-2");
            assertThrows(DestinationException.InUse.class, () -> take(sameHome, BEAT));
            attic.requireHeld();
        }
    }

    @Test
    void aWholeBackupIsRefusedWhileAnotherComputerWorks() throws Exception {
        var backups = new Backups(root.resolve("backup"));
        backups.run(photo("DCIM/1.JPG", "one"));
        Path records = backups.root.resolve(Identity.FOLDER);
        try (RunLock attic = RunLock.take(records, Backups.CLOCK.instant(), ATTIC, BEAT)) {
            Files.delete(records.resolve("lock"));
            assertThrows(DestinationException.InUse.class, () -> backups.run(photo("DCIM/2.JPG", "two")));
            assertTrue(DestinationFolder.isInUse(backups.root));
            attic.requireHeld();
        }
        backups.run(photo("DCIM/2.JPG", "two"));
        assertEquals("", backups.sha256sum());
    }

    @Test
    void aRunThatSleptWhileAnotherTookOverLeavesSha256sumsAsItIs() throws Exception {
        var backups = new Backups(root.resolve("backup"));
        backups.disks = path -> new SmallFilesDisk(new PathDisk(path), 100);
        backups.run(photo("DCIM/1.MOV", "1".repeat(250)));
        Path sha256sums = backups.root.resolve(Manifest.FILE);
        var opener = new DestinationOpener(backups.root, OpenMode.REQUIRE_EXISTING, backups.disks, backups.said::add);
        try (RunLock slept = take(ATTIC, BEAT)) {
            Files.delete(folder.resolve("lock.json"));
            hideLocks();
            try (RunLock cellar = take(CELLAR, NEVER);
                    DestinationOpener.Opened open = opener.forWriting(Backups.CLOCK.instant())) {
                assertTrue(isLost(slept));
                cellar.requireHeld();
                Publisher.Writing own = open.writing().orElseThrow();
                var writing =
                        new Publisher.Writing(own.abilities(), own.volume(), own.manifest(), own.journal(), slept);
                var lost = new DestinationOpener.Opened(
                        open.disk(), open.catalogue(), false, Optional.of(writing), Optional.of(slept));
                // The film is listed twice, as after one that was listed as one file came back in parts.
                String twice = Files.readString(sha256sums) + Sha256.hex("1".repeat(250)) + "  2024/05/1.MOV\n";
                Files.writeString(sha256sums, twice);
                assertThrows(DestinationException.InUse.class, () -> opener.relisted(lost, Backups.CLOCK.instant()));
                assertEquals(twice, Files.readString(sha256sums));
                Set<Manifest> film = Set.of(new Manifest(Sha256.hex("1".repeat(250)), "2024/05/1.MOV"));
                assertThrows(
                        DestinationException.InUse.class,
                        () -> RecordConsistency.unlist(lost, film, Backups.CLOCK.instant()));
                assertEquals(twice, Files.readString(sha256sums));
            }
        }
    }
}
