package dev.shoebox.cli;

import dev.shoebox.Proof;
import dev.shoebox.TransportUnderTest;
import dev.shoebox.simulator.library.GeneratedLibrary;
import dev.shoebox.simulator.library.GeneratedLibrary.Part;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The packaged command on small file systems that fill up, become read-only, or disappear. */
@Tag(Proof.TAG)
@Tag("volumes")
@Tag(TransportUnderTest.TAG)
@Tag(TransportUnderTest.ONCE)
class VolumesIT {
    private static final SimulatedLibrary LIBRARY = Libraries.generated(GeneratedLibrary.empty(5)
            .with(Part.PHOTO, 20, 90_000, 150_000)
            .with(Part.LIVE_PHOTO, 2, 100_000, 200_000)
            .with(Part.VIDEO, 1, 2_500_000));

    private static final long LIBRARY_BYTES = 5_500_000;

    @TempDir
    private Path folder;

    private final Random random = new Random(Proof.seed());
    private final long began = System.nanoTime();
    private final Map<Integer, Integer> codes = new TreeMap<>();
    private SimulatedUsb usb;
    private SimulatedPhone phone;
    private Set<String> hashes;

    @BeforeEach
    void plugIn() throws IOException {
        hashes = LIBRARY.manifest().values().stream()
                .map(SimulatedLibrary.Expected::sha256)
                .collect(Collectors.toSet());
        usb = SimulatedUsb.start("UNIX:" + folder.resolve("mux"));
        Shell.connectTo(usb.address());
        phone = new SimulatedPhone(PhoneSettings.of(LIBRARY).withPaired(true));
        usb.plug(phone);
    }

    @AfterEach
    void unplug() {
        usb.close();
    }

    private Started backup(Path backup) throws IOException {
        return Started.shoebox(folder, Map.of("USBMUXD_SOCKET_ADDRESS", usb.address()), words(backup));
    }

    private static Object[] words(Path backup) {
        return new Object[] {"backup", "--json", "--init", backup};
    }

    private void assertEnded(Started run, Set<Integer> allowed, String message, String when) throws Exception {
        run.ended();
        String told = when + " ended with " + run.code() + ": " + run.out() + run.err();
        assertTrue(allowed.contains(run.code()), told);
        assertTrue(run.code() == 0 || run.err().contains(message), told);
        codes.merge(run.code(), 1, Integer::sum);
    }

    private Kept assertNothingFalse(Path backup, String when) throws IOException {
        Kept kept = Kept.in(backup);
        kept.falsehood(hashes).ifPresent(falsehood -> {
            throw new AssertionError(when + ": " + falsehood);
        });
        return kept;
    }

    private void assertNextCompletes(Path backup, String when) throws Exception {
        Shell.Ended next = Shell.once(folder, words(backup));
        assertEquals(0, next.code(), () -> when + ", next run: " + next.words());
        Kept kept = assertNothingFalse(backup, when);
        assertEquals(kept.files(), kept.listed(), when);
        assertEquals(LIBRARY.manifest().size(), kept.files().size(), when);
        assertEquals(hashes, new HashSet<>(kept.files().values()), when);
    }

    private void note(String what, int cases, String outcome) {
        Proof.note(
                "volumes",
                what,
                cases,
                outcome + "; exit codes and how often: " + codes,
                Duration.ofNanos(System.nanoTime() - began));
    }

    @ParameterizedTest
    @EnumSource(Volume.Kind.class)
    void aDiskThatFillsUpAtAnyPointKeepsItsListedFilesAndTheNextRunCompletes(Volume.Kind kind) throws Exception {
        int cases = Proof.cases(1, 25);
        try (Volume volume = Volume.of(kind, folder)) {
            for (int i = 0; i < cases; i++) {
                Path backup = volume.mountPoint().resolve("Backup");
                long left = (long) ((i + random.nextDouble()) / cases * LIBRARY_BYTES);
                volume.fillBut(left);
                String when = kind + " with " + left + " bytes free";
                try (Started run = backup(backup)) {
                    assertEnded(run, Set.of(0, 3, 13), "full", when);
                }
                assertNothingFalse(backup, when);
                Files.deleteIfExists(volume.mountPoint().resolve("filler"));
                assertNextCompletes(backup, when);
                delete(backup);
            }
        }
        note(kind + " full after 0 to 5.5 MB", cases, "nothing false listed, next run complete");
    }

    @Test
    void aDiskThatRunsOutOfFilesKeepsItsListedFilesAndTheNextRunCompletes() throws Exception {
        int cases = Proof.cases(1, 25);
        try (Volume volume = Volume.of(Volume.Kind.TMPFS, folder)) {
            for (int i = 0; i < cases; i++) {
                Path backup = volume.mountPoint().resolve("Backup");
                long files = 2 + (long) ((i + random.nextDouble()) / cases * 45);
                volume.limitFiles(files);
                String when = "tmpfs for " + files + " files";
                try (Started run = backup(backup)) {
                    assertEnded(run, Set.of(0, 3, 13), "full", when);
                }
                assertNothingFalse(backup, when);
                volume.limitFiles(10_000);
                assertNextCompletes(backup, when);
                delete(backup);
            }
        }
        note("tmpfs out of inodes after 2 to 46 files", cases, "nothing false listed, next run complete");
    }

    @Test
    void aDiskThatTurnsReadOnlyUnderARunEndsItAndTheNextCompletes() throws Exception {
        int cases = Proof.cases(1, 25);
        for (int i = 0; i < cases; i++) {
            try (Volume volume = Volume.of(Volume.Kind.EXT4, folder)) {
                Path backup = volume.mountPoint().resolve("Backup");
                String when = disturbed(backup, (i + random.nextDouble()) / cases, volume::abort);
                assertNothingFalse(backup, when);
                volume.detach();
                volume.mount();
                assertNextCompletes(backup, when);
            }
        }
        note("ext4 turned read-only under the run", cases, "nothing false listed, next run complete");
    }

    @ParameterizedTest
    @EnumSource(
            value = Volume.Kind.class,
            names = {"EXT4", "NTFS", "EXFAT"})
    void aDiskThatGoesUnderARunEndsItAndItsMountPointStaysEmpty(Volume.Kind kind) throws Exception {
        int cases = Proof.cases(1, 20);
        for (int i = 0; i < cases; i++) {
            try (Volume volume = Volume.of(kind, folder)) {
                // In all other cases the mount point itself is the backup.
                Path backup =
                        i % 2 == 0 ? volume.mountPoint() : volume.mountPoint().resolve("Backup");
                Files.deleteIfExists(volume.mountPoint().resolve("lost+found"));
                String when = kind + " " + disturbed(backup, (i + random.nextDouble()) / cases, volume::detach);
                try (Stream<Path> left = Files.list(volume.mountPoint())) {
                    assertEquals(0, left.count(), when + ": the mount point was filled");
                }
                volume.mount();
                assertNothingFalse(backup, when);
                assertNextCompletes(backup, when);
            }
        }
        note(
                kind + " unmounted under the run",
                cases,
                "mount point left empty, nothing false listed, next run complete");
    }

    /** Lets a run reach a point, disturbs it, lets it end, and returns a description. */
    private String disturbed(Path backup, double share, Runnable disturbance) throws Exception {
        long after = 50_000 + (long) (share * (LIBRARY_BYTES - 600_000));
        String when = "disturbed after " + after + " bytes";
        long before = phone.observed().bytesSent();
        phone.faults().stallAfter(after);
        try (Started run = backup(backup)) {
            run.until(() -> phone.observed().bytesSent() - before >= after);
            disturbance.run();
            phone.faults().release();
            assertEnded(run, Set.of(15), "destination", when);
        }
        return when;
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
