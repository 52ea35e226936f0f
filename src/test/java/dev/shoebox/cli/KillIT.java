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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The packaged command is killed at some moment of a backup, and run again. The moments cover the whole course of a
 * run: before the first byte of a photo, during the transfer, and between the last byte and the end.
 */
@Tag(Proof.TAG)
@Tag("kill")
@Tag(TransportUnderTest.TAG)
class KillIT {
    /** More than one batch of files, a video of several pieces, and names that collide. */
    private static final SimulatedLibrary LIBRARY = Libraries.generated(GeneratedLibrary.empty(4)
            .with(Part.PHOTO, 30, 30_000, 61_111)
            .with(Part.LIVE_PHOTO, 2, 40_000, 80_000)
            .with(Part.EDITED_PHOTO, 1, 50_000, 45_000)
            .with(Part.RECURRING_NAME, 2, 33_000)
            .with(Part.VIDEO, 1, 20_000_000));

    private static final long POLL_NANOS = 50_000;

    /** This many cases run in parallel. */
    private static final int HANDS = 3;

    private static SimulatedUsb usb;
    private static SortedMap<String, SimulatedLibrary.Expected> manifest;
    private static Set<String> hashes;

    @TempDir
    private static Path folder;

    private Course course;
    private Kept whole;

    @BeforeAll
    static void develop() throws IOException {
        usb = SimulatedUsb.start("UNIX:" + folder.resolve("mux"));
        Shell.connectTo(usb.address());
        manifest = LIBRARY.manifest();
        hashes = manifest.values().stream()
                .map(SimulatedLibrary.Expected::sha256)
                .collect(Collectors.toSet());
    }

    @AfterAll
    static void shutDown() {
        usb.close();
    }

    /** A phone, and the runs that back it up repeatedly. */
    private static final class Hand implements AutoCloseable {
        private final SimulatedPhone phone;

        Hand(int number) {
            String udid = "00008120-%016X".formatted(number);
            phone = new SimulatedPhone(PhoneSettings.of(LIBRARY).withUdid(udid).withPaired(true));
            usb.plug(phone);
        }

        private Object[] words(Path backup) {
            return new Object[] {"backup", "--json", "--udid", phone.settings().udid(), backup};
        }

        Started backup(Path backup) throws IOException {
            return Started.shoebox(folder, Map.of("USBMUXD_SOCKET_ADDRESS", usb.address()), words(backup));
        }

        Shell.Ended backupInside(Path backup) {
            return Shell.once(folder, words(backup));
        }

        long sent() {
            return phone.observed().bytesSent();
        }

        boolean await(Started run, long bytes) {
            while (sent() < bytes && run.isAlive()) {
                LockSupport.parkNanos(POLL_NANOS);
            }
            return run.isAlive();
        }

        @Override
        public void close() {
            usb.unplug(phone);
        }
    }

    /** The times of an undisturbed run before its first byte and after its last, and the bytes that it receives. */
    private record Course(long nanosBefore, long nanosAfter, long bytes) {}

    private static Course undisturbed(Hand hand, Path backup) throws Exception {
        long start = hand.sent();
        long began = System.nanoTime();
        try (Started run = hand.backup(backup)) {
            hand.await(run, start + 10_000);
            long reads = System.nanoTime();
            run.ended();
            long ended = System.nanoTime();
            assertEquals(0, run.code(), run.err());
            double transfer = ((Number) run.lastJson().get("transferSeconds")).doubleValue();
            return new Course(
                    reads - began,
                    Math.max(50_000_000, ended - reads - (long) (transfer * 1e9 / 2)),
                    hand.sent() - start);
        }
    }

    /** Waits for the moment, and describes it in a few words. */
    private String await(Hand hand, Started run, Random random, long bytesBefore) {
        double share = random.nextDouble();
        double phase = random.nextDouble();
        if (phase < 0.15) {
            LockSupport.parkNanos((long) (share * course.nanosBefore()));
            return "%.3f of the way to the first byte".formatted(share);
        }
        if (phase < 0.65) {
            hand.await(run, bytesBefore + (long) (share * course.bytes()));
            LockSupport.parkNanos((long) (random.nextDouble() * 3_000_000));
            return "after %.3f of the bytes".formatted(share);
        }
        // The last bytes are the answers about iCloud, when everything is stored.
        hand.await(run, bytesBefore + course.bytes() * 95 / 100);
        LockSupport.parkNanos((long) (share * course.nanosAfter()));
        return "%.3f of the way from the last byte to the end".formatted(share);
    }

    @Test
    void aBackupThatIsKilledAtAnyMomentIsCompletedByTheNextAsIfNothingHadBeen() throws Exception {
        long began = System.nanoTime();
        int cases = Proof.cases(6, 1000);
        AtomicInteger next = new AtomicInteger();
        AtomicInteger alive = new AtomicInteger();
        AtomicInteger withSomethingListed = new AtomicInteger();
        try (Hand first = new Hand(0)) {
            // The very first run finds an empty page cache, and would show a longer course.
            undisturbed(first, folder.resolve("first"));
            course = undisturbed(first, folder.resolve("undisturbed"));
        }
        whole = Kept.in(folder.resolve("undisturbed"));
        assertEquals(hashes, new HashSet<>(whole.files().values()));

        ExecutorService pool = Executors.newFixedThreadPool(HANDS);
        try {
            List<Future<?>> hands = new ArrayList<>();
            for (int number = 1; number <= HANDS; number++) {
                Hand hand = new Hand(number);
                hands.add(pool.submit(() -> {
                    try (hand) {
                        for (int i = next.getAndIncrement(); i < cases; i = next.getAndIncrement()) {
                            kill(hand, i, alive, withSomethingListed);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> hand : hands) {
                hand.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertTrue(alive.get() > cases / 2, "only " + alive + " were still running when they were killed");
        Proof.note(
                "kill",
                "kill -9 of the packaged command during a backup of " + manifest.size() + " files, then run again",
                cases,
                "all complete with the same tree; nothing listed was read again; " + alive + " were still running, "
                        + withSomethingListed + " had listed something",
                Duration.ofNanos(System.nanoTime() - began));
    }

    private void kill(Hand hand, int i, AtomicInteger alive, AtomicInteger withSomethingListed) throws Exception {
        Path backup = folder.resolve("killed-" + i);
        String when;
        try (Started run = hand.backup(backup)) {
            when = "seed " + Proof.seed() + ", case " + i + ", killed "
                    + await(hand, run, new Random(Proof.seed() * 1_000_003 + i), hand.sent());
            alive.addAndGet(run.isAlive() ? 1 : 0);
            run.signal("KILL");
            run.ended();
        }
        Kept left = Kept.in(backup);
        left.falsehood(hashes).ifPresent(falsehood -> {
            throw new AssertionError(when + ": " + falsehood);
        });
        withSomethingListed.addAndGet(left.listed().isEmpty() ? 0 : 1);

        Map<String, Long> read = manifest.entrySet().stream()
                .filter(file -> left.listed().containsValue(file.getValue().sha256()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, file -> hand.phone.observed().bytesRead(file.getKey())));
        Shell.Ended next = hand.backupInside(backup);
        assertEquals(0, next.code(), when + ": " + next.words());
        read.forEach((path, bytes) -> assertEquals(
                bytes, hand.phone.observed().bytesRead(path), () -> when + ": was listed and read again: " + path));
        Kept completed = Kept.in(backup);
        assertEquals(whole.files(), completed.files(), when);
        assertEquals(whole.listed(), completed.listed(), when);
        delete(backup);
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
