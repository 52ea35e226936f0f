package dev.shoebox.destination;

import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.lock.Computer;
import dev.shoebox.destination.lock.RunLock;
import dev.shoebox.destination.opening.DestinationOpener;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.BackupStatus;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.destination.records.Journal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Reading a backup during a run shows the state of its catalogue, at once and of one moment. */
class ViewDuringRunTest {
    @TempDir
    Path folder;

    private Optional<Process> run = Optional.empty();

    @AfterEach
    void end() throws Exception {
        if (run.isPresent()) {
            run.get().getOutputStream().close();
            run.get().waitFor();
        }
    }

    private void hold(Path root, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                HoldingRun.class.getName(),
                root.toString()));
        command.addAll(List.of(more));
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        run = Optional.of(started);
        BufferedReader said = started.inputReader(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            lines.add(line);
            if (line.equals("held")) {
                return;
            }
        }
        throw new AssertionError(lines);
    }

    private static DestinationOpener.Opened look(Path root) throws IOException {
        return new DestinationOpener(root, OpenMode.REQUIRE_EXISTING, PathDisk::new, line -> {}).forLooking();
    }

    private static long files(DestinationOpener.Opened view) throws IOException {
        return view.catalogue().status().stream().mapToLong(BackupStatus::files).sum();
    }

    @Test
    @Timeout(60)
    void theCatalogueAnswersWhileARunOfAnotherProcessHoldsIt() throws Exception {
        Path root = folder.resolve("backup");
        var backups = new Backups(root);
        backups.run(photo("DCIM/1.JPG", "one"), photo("DCIM/2.JPG", "two"));
        hold(root);
        // Now only the catalogue knows about them.
        Files.move(root.resolve(Journal.FILE), folder.resolve("journal"));
        try (DestinationOpener.Opened view = look(root)) {
            assertEquals(2, files(view));
        }
        Files.move(folder.resolve("journal"), root.resolve(Journal.FILE));
    }

    @Test
    @Timeout(120)
    void theViewDuringARunIsOfOneMoment() throws Exception {
        Path root = folder.resolve("backup");
        new Backups(root).run(photo("DCIM/1.JPG", "one"));
        hold(root, "storing");
        long before = 1;
        int changes = 0;
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (changes < 5 && System.nanoTime() < end) {
            try (DestinationOpener.Opened view = look(root)) {
                BackupStatus status = view.catalogue().status().get(0);
                assertEquals(status.assets(), status.files());
                assertTrue(status.files() >= before, before + " then " + status.files());
                assertEquals(Optional.empty(), view.catalogue().integrity());
                changes += status.files() > before ? 1 : 0;
                before = status.files();
            }
        }
        assertEquals(5, changes, "nothing was stored meanwhile");
    }

    @Test
    @Timeout(60)
    void aRunOfAnotherComputerIsReadFromTheJournal() throws Exception {
        Path root = folder.resolve("backup");
        var backups = new Backups(root);
        backups.run(photo("DCIM/1.JPG", "one"));
        Path records = root.resolve(Identity.FOLDER);
        try (RunLock attic = RunLock.take(
                records, Backups.CLOCK.instant(), new Computer("1", "attic", "boot"), Duration.ofSeconds(5))) {
            Files.delete(records.resolve("lock"));
            // In the middle of a transaction, as a computer reads it that does not see the lock.
            byte[] catalogue = Files.readAllBytes(root.resolve(Catalogue.FILE));
            for (int i = 4096; i < catalogue.length; i += 512) {
                catalogue[i] ^= 0x55;
            }
            Files.write(root.resolve(Catalogue.FILE), catalogue);
            try (DestinationOpener.Opened view = look(root)) {
                assertEquals(1, files(view));
                assertFalse(view.catalogueIsDamaged());
            }
            attic.requireHeld();
        }
    }
}
