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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Each call by which a run of the packaged command changes its destination fails once, as on a failing, full or
 * write-protected disk. {@code strace} makes it fail, so that Java, SQLite and the kernel behave as on a real one.
 *
 * <p>The names of partial files are unknown beforehand. To make calls on them fail, the phone is held at its second
 * photo: the name of the first partial file then gives those of the others.
 */
@Tag(Proof.TAG)
@Tag("failing-calls")
@Tag(TransportUnderTest.TAG)
@Tag(TransportUnderTest.ONCE)
class FailingCallsIT {
    /** This many cases run in parallel. */
    private static final int HANDS = 3;

    /** Inside the second photo; the first is on the disk by then. */
    private static final int HELD_AFTER = 40_000;

    /** Ten photos, one of them a Live Photo and one edited. */
    private static final SimulatedLibrary LIBRARY = Libraries.generated(GeneratedLibrary.empty(6)
            .with(Part.PHOTO, 8, 30_000)
            .with(Part.LIVE_PHOTO, 1, 40_000, 60_000)
            .with(Part.EDITED_PHOTO, 1, 50_000, 45_000));

    private enum Failure {
        EIO(15),
        ENOSPC(13),
        EROFS(15);

        private final int code;

        Failure(int code) {
            this.code = code;
        }
    }

    private record Case(int number, Traced.Call call, Failure failure) {
        @Override
        public String toString() {
            return "case " + number + ": " + failure + " from " + call;
        }
    }

    /** Each parallel worker has its own phone. */
    private record Desk(SimulatedPhone phone) {}

    private static SimulatedUsb usb;

    @TempDir
    private Path folder;

    private Set<String> hashes;

    @BeforeEach
    void requireStrace() throws IOException {
        assumeTrue(hasStrace(), "strace is not installed: scripts/setup test installs it");
        hashes = LIBRARY.manifest().values().stream()
                .map(SimulatedLibrary.Expected::sha256)
                .collect(Collectors.toSet());
    }

    @BeforeAll
    static void plugIn(@TempDir Path socket) throws IOException {
        usb = SimulatedUsb.start("UNIX:" + socket.resolve("mux"));
        Shell.connectTo(usb.address());
    }

    @AfterAll
    static void unplug() {
        usb.close();
    }

    private static Desk desk(int number) {
        SimulatedPhone phone = new SimulatedPhone(PhoneSettings.of(LIBRARY)
                .withUdid("00008120-%016X".formatted(number))
                .withPaired(true));
        usb.plug(phone);
        return new Desk(phone);
    }

    private static List<Object> words(Desk desk, Path backup) {
        return List.of("backup", "--json", "--udid", desk.phone().settings().udid(), backup);
    }

    private Started run(Desk desk, Path backup, List<String> before) throws IOException {
        List<Object> words = new ArrayList<>(before);
        words.add(Started.SCRIPT);
        words.addAll(words(desk, backup));
        Path first = Path.of(words.remove(0).toString());
        return Started.start(first, folder, Map.of("USBMUXD_SOCKET_ADDRESS", usb.address()), words.toArray());
    }

    @Test
    void aFailingCallEndsWithTheRightCodeNothingFalseIsListedAndTheNextRunCompletes() throws Exception {
        long began = System.nanoTime();
        List<Case> cases = cases();
        ConcurrentSkipListMap<String, Integer> outcomes = new ConcurrentSkipListMap<>();
        Queue<AssertionError> failures = new ConcurrentLinkedQueue<>();
        List<Future<?>> hands = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(HANDS);
        try {
            for (int hand = 0; hand < HANDS; hand++) {
                List<Case> share = new ArrayList<>();
                for (int i = hand; i < cases.size(); i += HANDS) {
                    share.add(cases.get(i));
                }
                Desk desk = desk(hand);
                hands.add(pool.submit(() -> {
                    for (Case each : share) {
                        try {
                            outcomes.merge(tried(each, desk), 1, Integer::sum);
                        } catch (AssertionError failure) {
                            failures.add(failure);
                        }
                    }
                    usb.unplug(desk.phone());
                    return null;
                }));
            }
            for (Future<?> hand : hands) {
                hand.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertTrue(
                failures.isEmpty(),
                () -> failures.size() + " of " + cases.size() + " failed: "
                        + failures.stream().map(AssertionError::getMessage).collect(Collectors.joining("\n\n")));
        assertTrue(outcomes.getOrDefault("the call did not come", 0) <= cases.size() / 4, outcomes::toString);
        Proof.note(
                "failing-calls",
                "each call below the destination (" + Traced.CALLS.replace(",", ", ")
                        + ") of a 10-photo run failing once with EIO, ENOSPC, EROFS",
                cases.size(),
                "nothing false listed, next run complete; " + outcomes,
                Duration.ofNanos(System.nanoTime() - began));
    }

    @Test
    void anErrorWhileReadingAPartialFileIsNotALostPhone() throws Exception {
        Desk desk = desk(HANDS);
        Traced.Call close = new Traced.Call("close", ".shoebox/staging/RUN-2.part", 1);
        // The same call of the thread that wrote it fails, too, which may end the run as a failing disk does.
        String outcome = tried(new Case(0, close, Failure.EROFS), desk);
        assertTrue(outcome.startsWith("EROFS ended with"), outcome);
        usb.unplug(desk.phone());
    }

    private static boolean hasStrace() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "strace")));
    }

    /** All calls that occur in every undisturbed run, with each failure; or some of them. */
    private List<Case> cases() throws Exception {
        Set<Traced.Call> calls = undisturbed(1);
        // Which files share a batch, and so the number of calls of each thread, depends on the order of threads.
        calls.retainAll(undisturbed(2));
        List<Case> cases = new ArrayList<>();
        for (Traced.Call call : calls) {
            for (Failure failure : Failure.values()) {
                cases.add(new Case(cases.size(), call, failure));
            }
        }
        int count = Proof.cases(10, cases.size());
        Collections.shuffle(cases, new Random(Proof.seed()));
        return cases.subList(0, count);
    }

    private Set<Traced.Call> undisturbed(int number) throws Exception {
        Path log = folder.resolve("undisturbed-" + number + ".log");
        Path backup = folder.resolve("undisturbed-" + number);
        Desk desk = desk(HANDS);
        try (Started run = run(
                        desk,
                        backup,
                        List.of("/usr/bin/env", "strace", "-f", "-y", "-e", "trace=" + Traced.CALLS, "-o", log + ""))
                .ended()) {
            assertEquals(0, run.code(), run.err());
        }
        usb.unplug(desk.phone());
        assertComplete(backup, "undisturbed");
        return new Traced(log, backup).calls();
    }

    /** The result in a few words. */
    private String tried(Case each, Desk desk) throws Exception {
        Path backup = folder.resolve("failing-" + each.number());
        Path log = folder.resolve("failing-" + each.number() + ".log");
        String outcome;
        try (Started run =
                each.call().isOfAPartial() ? held(each, desk, backup, log) : failing(each, desk, backup, log)) {
            run.ended();
            int code = run.code();
            boolean failed = new Traced(log, backup).failed() > 0;
            String when = each + ": " + run.out() + run.err();
            assertTrue(failed || code == 0, when);
            assertFalse(when.contains("sun.nio"), when);
            // SQLite, and Java when it closes a file, hide the cause; a disk with free space does not count as full.
            boolean unsaid = code == Failure.EIO.code
                    && (each.call().path().contains("catalogue.sqlite")
                            || each.call().name().equals("close"));
            assertTrue(Set.of(0, 3, each.failure().code).contains(code) || unsaid, () -> "code " + code + ", " + when);
            Kept kept = Kept.in(backup);
            kept.falsehood(hashes).ifPresent(falsehood -> {
                throw new AssertionError(falsehood + ", " + when);
            });
            if (code == 0) {
                assertComplete(backup, when);
            }
            outcome = failed ? each.failure() + " ended with " + code : "the call did not come";
        }
        Shell.Ended next = Shell.once(folder, words(desk, backup).toArray());
        assertEquals(0, next.code(), () -> each + ", next run: " + next.words());
        assertComplete(backup, each + ", next run");
        return outcome;
    }

    private void assertComplete(Path backup, String when) throws IOException {
        Kept kept = Kept.in(backup);
        assertEquals(kept.files(), kept.listed(), when);
        assertEquals(LIBRARY.manifest().size(), kept.files().size(), when);
        assertEquals(hashes, new HashSet<>(kept.files().values()), when);
    }

    private static List<String> strace(Case each, Path log, String... what) {
        String name = each.call().name();
        List<String> words = new ArrayList<>(List.of(
                "/usr/bin/env",
                "strace",
                "-f",
                "-y",
                "-o",
                log.toString(),
                "-e",
                "trace=" + name,
                "-e",
                "inject=" + name + ":error=" + each.failure() + ":when="
                        + each.call().ordinal()));
        words.addAll(List.of(what));
        return words;
    }

    private Started failing(Case each, Desk desk, Path backup, Path log) throws IOException {
        String path = each.call().path().isEmpty()
                ? backup.toString()
                : backup.resolve(each.call().path()).toString();
        return run(desk, backup, strace(each, log, "--seccomp-bpf", "-P", path));
    }

    private Started held(Case each, Desk desk, Path backup, Path log) throws Exception {
        desk.phone().faults().stallAfter(HELD_AFTER);
        Started run = run(desk, backup, List.of("/usr/bin/env"));
        Path staging = backup.resolve(".shoebox/staging");
        run.until(() -> firstPartial(staging).isPresent());
        String prefix = firstPartial(staging).orElseThrow();
        String path = backup.resolve(each.call().path().replace("RUN", prefix)).toString();
        List<String> words = strace(each, log, "-P", path, "-p", Long.toString(run.pid()));
        Started strace = Started.start(Path.of(words.remove(0)), folder, Map.of(), words.toArray());
        strace.said("attached");
        desk.phone().faults().release();
        run.ended();
        strace.ended().close();
        return run;
    }

    private static Optional<String> firstPartial(Path staging) throws IOException {
        if (!Files.isDirectory(staging)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(staging)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("-1.part"))
                    .map(name -> name.substring(0, name.length() - "-1.part".length()))
                    .findFirst();
        }
    }
}
