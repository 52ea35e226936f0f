package dev.shoebox.cli;

import dev.shoebox.Proof;
import dev.shoebox.TransportUnderTest;
import dev.shoebox.simulator.library.GeneratedLibrary;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.phone.Observed;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Two runs start almost at once on one destination, which may not exist yet: exactly one of them works there. */
@Tag(Proof.TAG)
@Tag("two-runs")
@Tag(TransportUnderTest.TAG)
@Tag(TransportUnderTest.ONCE)
class TwoRunsIT {
    private static final int PHOTOS = 12;
    private static final long STALL = 100_000;

    @TempDir
    private static Path folder;

    private static SimulatedUsb usb;
    private static SimulatedPhone phone;
    private static Set<String> hashes;

    private final Random random = new Random(Proof.seed());

    @BeforeAll
    static void plugIn() throws IOException {
        SimulatedLibrary library = Libraries.generated(GeneratedLibrary.photos(PHOTOS, 40_000));
        hashes = library.manifest().values().stream()
                .map(SimulatedLibrary.Expected::sha256)
                .collect(Collectors.toSet());
        usb = SimulatedUsb.start("UNIX:" + folder.resolve("mux"));
        Shell.connectTo(usb.address());
        phone = new SimulatedPhone(PhoneSettings.of(library));
        usb.plug(phone);
    }

    @AfterAll
    static void unplug() {
        usb.close();
    }

    private static Started backup(Path backup) throws IOException {
        return Started.shoebox(folder, Map.of("USBMUXD_SOCKET_ADDRESS", usb.address()), "backup", "--json", backup);
    }

    private static void assertComplete(Path backup, String when) throws IOException {
        Kept kept = Kept.in(backup);
        assertEquals(PHOTOS, kept.listed().size(), when);
        assertEquals(kept.files(), kept.listed(), when);
        assertEquals(hashes, new HashSet<>(kept.files().values()), when);
    }

    @Test
    void exactlyOneOfTwoRunsWorksAndTheOtherSaysWhyNot() throws Exception {
        long began = System.nanoTime();
        int starts = Proof.cases(4, 200);
        int killed = 0;
        for (int i = 0; i < starts; i++) {
            Path backup = folder.resolve("both-" + i);
            String when = "start " + i;
            // The working run cannot end before the phone continues.
            phone.faults().stallAfter(STALL);
            boolean next = i % 2 == 1;
            try (Started first = backup(backup);
                    Started second = second(i, backup)) {
                CompletableFuture.anyOf(first.onEnd(), second.onEnd()).get(10, TimeUnit.MINUTES);
                Started refused = first.isAlive() ? second : first;
                Started working = first.isAlive() ? first : second;
                assertEquals(11, refused.code(), when + ": " + refused.err() + working.err());
                assertTrue(refused.err().contains("in use by"), refused.err());
                assertTrue(working.isAlive(), when + ": both ended");
                if (i % 2 == 1) {
                    // A lock whose process is dead has no holder.
                    working.signal("KILL");
                    working.ended();
                    killed++;
                }
                phone.faults().release();
                working.ended();
                if (i % 2 == 0 && working.code() == 3 && hasPaused(working)) {
                    // The phone was silent for so long that a file is left to the next run.
                    next = true;
                } else if (i % 2 == 0) {
                    assertEquals(0, working.code(), when + ": " + working.err());
                }
            }
            if (next) {
                Shell.Ended last = Shell.once(folder, "backup", "--json", backup);
                assertEquals(0, last.code(), () -> when + ": " + last.words());
            }
            assertComplete(backup, when);
        }
        Proof.note(
                "two-runs",
                "two backups into one folder, started at once, or while the first worked",
                starts,
                "exactly one worked, the other ended with 11; " + killed
                        + " were then killed, and the next run took their lock over",
                Duration.ofNanos(System.nanoTime() - began));
    }

    private static boolean hasPaused(Started run) throws IOException {
        return run.json().stream().anyMatch(event -> "paused".equals(event.get("event")));
    }

    /**
     * Half of them start at once, as fast as the system starts processes; the others while the first run is under way.
     */
    private Started second(int start, Path backup) throws Exception {
        if (start / 2 % 2 == 1) {
            Observed observed = phone.observed();
            long there = observed.bytesSent() + random.nextLong(STALL);
            observed.await(() -> observed.bytesSent() >= there);
        }
        return backup(backup);
    }
}
