package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.lock.Computer;
import dev.shoebox.destination.lock.RunLock;
import dev.shoebox.destination.records.Identity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import static dev.shoebox.destination.Backups.photo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Two processes under two host names, neither of which sees the lock of the other: the record keeps them apart as long
 * as its run lives. Setting a host name needs root.
 */
class TwoHostsTest {
    /** Longer than the time between two beats of a run. */
    private static final Duration WATCHED = Duration.ofSeconds(8);

    @TempDir
    Path folder;

    private Backups backups;
    private Path records;
    private Optional<Process> attic = Optional.empty();

    @BeforeEach
    void begin() throws Exception {
        backups = new Backups(folder.resolve("backup"));
        backups.run(photo("DCIM/1.JPG", "one"));
        records = backups.root.resolve(Identity.FOLDER);
        Process may = new ProcessBuilder("unshare", "--uts", "true")
                .redirectErrorStream(true)
                .start();
        assumeTrue(may.waitFor() == 0, "another host name takes root's rights and unshare(1)");
    }

    @AfterEach
    void end() throws Exception {
        if (attic.isPresent()) {
            attic.get().destroyForcibly().waitFor();
        }
    }

    private void startInTheAttic() throws IOException {
        Process started = new ProcessBuilder(
                        "unshare",
                        "--uts",
                        "sh",
                        "-c",
                        "hostname attic && exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldingRun.class.getName(),
                        backups.root.toString(),
                        "storing")
                .redirectErrorStream(true)
                .start();
        attic = Optional.of(started);
        BufferedReader said = started.inputReader(StandardCharsets.UTF_8);
        for (String line = said.readLine(); !"held".equals(line); line = said.readLine()) {
            assertTrue(line != null, "it ended");
        }
        // Opening the file of this name now does not reach the lock that the other holds.
        Files.delete(records.resolve("lock"));
    }

    @Test
    @Timeout(120)
    void aLiveRunOfAnotherHostIsRespectedAndADeadOneCanBeRemoved() throws Exception {
        startInTheAttic();
        var inUse = assertThrows(DestinationException.InUse.class, () -> backups.run(photo("DCIM/2.JPG", "two")));
        assertTrue(inUse.getMessage().contains("on attic"), inUse.getMessage());
        assertThrows(DestinationException.InUse.class, () -> RunLock.unlock(records, Computer.here(), WATCHED));
        attic.orElseThrow().destroyForcibly().waitFor();
        assertThrows(DestinationException.InUse.class, () -> backups.run(photo("DCIM/2.JPG", "two")));
        assertTrue(
                RunLock.unlock(records, Computer.here(), WATCHED).orElseThrow().contains("on attic"));
        backups.run(photo("DCIM/2.JPG", "two"));
        assertEquals("", backups.sha256sum());
        assertTrue(backups.photos().containsValue("two"));
    }
}
