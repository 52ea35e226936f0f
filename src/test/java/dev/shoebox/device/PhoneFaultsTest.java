package dev.shoebox.device;

import dev.shoebox.Proof;
import dev.shoebox.TransportUnderTest;
import dev.shoebox.backup.Backup;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.plan.LibrarySource;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.device.transport.Transport;
import dev.shoebox.history.RunResult;
import dev.shoebox.library.LibraryReader;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.simulator.cloud.FingerprintedRoll;
import dev.shoebox.simulator.library.GeneratedLibrary;
import dev.shoebox.simulator.library.GeneratedLibrary.Part;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.phone.Faults;
import dev.shoebox.simulator.phone.FileHashing;
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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Whatever fails at whatever byte of a phone, through the real libimobiledevice: no wrong file is ever catalogued. */
@Tag(Proof.TAG)
@Tag("phone-faults")
@Tag(TransportUnderTest.TAG)
class PhoneFaultsTest {
    private static final GeneratedLibrary SPEC = GeneratedLibrary.empty(3)
            .with(Part.PHOTO, 5, 180_001, 65_536, 262_144)
            .with(Part.LIVE_PHOTO, 1, 150_000, 400_000)
            .with(Part.VIDEO, 1, 700_000)
            .with(Part.EDITED_PHOTO, 1, 90_000, 70_000);
    private static final SimulatedLibrary LIBRARY = Libraries.generated(SPEC);

    /** More than a busy machine needs for an answer. */
    private static final Duration SILENCE = Duration.ofMillis(1500);

    private static final Duration STALL = SILENCE.plusMillis(50);
    private static final Duration REPLUG = Duration.ofMillis(20);

    /** This many phones of one computer are backed up in parallel: most of the time each waits. */
    private static final int HANDS = 8;

    private static final AtomicInteger PHONES = new AtomicInteger();

    private static SimulatedUsb usb;
    private static Transport transport;

    @TempDir
    private Path folder;

    private SimulatedLibrary library = LIBRARY;
    private SortedMap<String, SimulatedLibrary.Expected> expected;
    private long bytes;

    @BeforeAll
    static void boot(@TempDir Path socket) throws IOException {

        usb = SimulatedUsb.start("UNIX:" + socket.resolve("mux"));
        Plugged.connectTo(usb.address());
        transport = Plugged.transport(usb.address());
    }

    @AfterAll
    static void shutDown() {
        usb.close();
    }

    @BeforeEach
    void develop() throws IOException {
        expected = LIBRARY.manifest();
        bytes = expected.values().stream()
                .mapToLong(SimulatedLibrary.Expected::size)
                .sum();
    }

    /** A random byte of a file. */
    private record Point(String path, long offset, Random random) {}

    private interface Fault {
        void set(Faults faults, long offset, Point point);
    }

    private interface Check {
        void hold(BackupResult report, Point point);
    }

    private interface Case {
        void run(int number, Point point) throws IOException;
    }

    @Test
    void aPulledCableThatIsPluggedInAgainCostsNothing() throws IOException {
        sweep(
                "cut, plugged in again",
                Backup.Verify.AUTO,
                (faults, offset, point) -> faults.unplugAfter(offset, REPLUG),
                this::isComplete);
    }

    @Test
    void aPhoneThatFallsSilentAndComesBackCostsNothing() throws IOException {
        sweep(
                "stall",
                Backup.Verify.AUTO,
                (faults, offset, point) -> faults.stallAfter(offset, STALL),
                this::isComplete);
    }

    @Test
    void answersShorterThanAskedForCostNothing() throws IOException {
        sweep(
                "short read",
                Backup.Verify.AUTO,
                (faults, offset, point) ->
                        faults.shortReads(2000 + point.random().nextInt(200_000)),
                this::isComplete);
    }

    @Test
    void aFlippedBitIsFoundAndHealedWhereEveryFileIsReadTwice() throws IOException {
        sweep("flipped bit, --verify device", Backup.Verify.DEVICE, PhoneFaultsTest::flip, (report, point) -> {
            isComplete(report, point);
            assertEquals(
                    List.of(point.path()),
                    report.did().healed().stream().map(RunResult.Item::path).toList());
        });
    }

    @Test
    void aFileThatChangesWhileItIsReadIsNamedAndNotStored() throws IOException {
        sweep(
                "changed file",
                Backup.Verify.AUTO,
                (faults, offset, point) ->
                        faults.changeWhileRead(point.path(), point.random().nextInt(1000)),
                (report, point) -> {
                    assertTrue(report.ended().isEmpty(), report.toString());
                    assertEquals(
                            List.of(point.path() + " changed"),
                            report.did().failures().stream()
                                    .map(failure -> failure.path() + " " + failure.reason())
                                    .toList());
                    assertEquals(
                            expected.size() - 1,
                            report.counts().copied() + report.counts().duplicates());
                });
    }

    /** A measurement, not a promise: how many single flipped bits the sample of rereads finds. */
    @Test
    void howManyFlippedBitsTheDefaultFinds() throws IOException {
        long began = System.nanoTime();
        int cases = Proof.cases(6, 1000);
        AtomicInteger found = new AtomicInteger();
        each("flipped bit, default", cases, (number, point) -> {
            BackupResult report = run(number, point, Backup.Verify.AUTO, PhoneFaultsTest::flip);
            boolean wrong = !right().containsAll(catalogued(number));
            assertTrue(wrong != (report.did().healed().size() == 1), report.toString());
            found.addAndGet(wrong ? 0 : 1);
        });
        note("flipped bit, default", cases, found + " found (" + 100 * found.get() / cases + " %)", began);
    }

    @Test
    void everyFlippedBitIsFoundByDefaultIfTheLibraryHasFingerprints() throws IOException {
        library = FingerprintedRoll.of(SPEC);
        findsAll("flipped bit, default, a library with fingerprints", PhoneFaultsTest::flip);
    }

    @Test
    void everyFlippedBitIsFoundByDefaultIfThePhoneHashes() throws IOException {
        findsAll("flipped bit, default, a phone that hashes", (faults, offset, point) -> {
            faults.hashing().answer(FileHashing.Answer.TRUE);
            flip(faults, offset, point);
        });
    }

    /** The report of the fault; nothing else crossed the cable twice except what costs next to nothing. */
    private void findsAll(String what, Fault fault) throws IOException {
        sweep(what, Backup.Verify.AUTO, fault, (report, point) -> {
            isComplete(report, point);
            assertEquals(
                    List.of(point.path()),
                    report.did().healed().stream().map(RunResult.Item::path).toList());
        });
    }

    private static void flip(Faults faults, long offset, Point point) {
        faults.flipBit(point.path(), point.offset(), point.random().nextInt(8), true);
    }

    private void isComplete(BackupResult report, Point point) {
        assertTrue(report.ended().isEmpty() && report.did().failures().isEmpty(), report.toString());
        assertEquals(expected.size(), report.counts().copied() + report.counts().duplicates());
    }

    private void sweep(String what, Backup.Verify verify, Fault fault, Check check) throws IOException {
        long began = System.nanoTime();
        int cases = Proof.cases(6, 1000);
        each(what, cases, (number, point) -> {
            BackupResult report = run(number, point, verify, fault);
            assertTrue(right().containsAll(catalogued(number)), "a wrong file is catalogued");
            check.hold(report, point);
        });
        note(what, cases, "0 wrong files catalogued", began);
    }

    /** In parallel; ends with the first case that fails, and names it. */
    private void each(String what, int cases, Case action) {
        AtomicInteger next = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(HANDS);
        try {
            List<Future<?>> hands = new ArrayList<>();
            for (int hand = 0; hand < HANDS; hand++) {
                hands.add(pool.submit(() -> {
                    for (int number = next.getAndIncrement(); number < cases; number = next.getAndIncrement()) {
                        Point point = point(number);
                        try {
                            action.run(number, point);
                            clear(number);
                        } catch (AssertionError | IOException | RuntimeException failure) {
                            next.set(cases);
                            throw new AssertionError(
                                    what + ", seed " + Proof.seed() + ", case " + number + ", " + point.path() + " at "
                                            + point.offset() + ": " + failure.getMessage(),
                                    failure);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> hand : hands) {
                hand.get();
            }
        } catch (ExecutionException wrong) {
            throw wrong.getCause() instanceof AssertionError failure ? failure : new AssertionError(wrong);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        } finally {
            pool.shutdownNow();
        }
    }

    private static void note(String what, int cases, String outcome, long began) {
        Proof.note(
                "phone-faults",
                what + ", plain and TLS in turn",
                cases,
                outcome,
                Duration.ofNanos(System.nanoTime() - began));
    }

    private Point point(int number) {
        Random random = new Random(Proof.seed() * 1_000_003 + number);
        List<String> paths = new ArrayList<>(expected.keySet());
        String path = paths.get(random.nextInt(paths.size()));
        return new Point(path, (long) (random.nextDouble() * expected.get(path).size()), random);
    }

    private BackupResult run(int number, Point point, Backup.Verify verify, Fault fault) throws IOException {
        // Each phone is another one: a computer pairs anew with a phone whose record it has from another.
        String udid = "00008120-%016X".formatted(PHONES.incrementAndGet());
        SimulatedPhone phone = new SimulatedPhone(PhoneSettings.of(library)
                .withUdid(udid)
                .withPaired(true)
                .with(new PhoneSettings.Encryption(true, number % 2 == 0)));
        var persistence = new RetryPolicy(Duration.ofSeconds(60), Duration.ofMillis(10), Duration.ofSeconds(15));
        var options =
                new Backup.Options(Layout.parse("month"), ZoneId.of("UTC"), persistence, OptionalLong.empty(), verify);
        usb.plug(phone);
        var phones = new Phones(transport, new Timeouts(SILENCE, Duration.ofMillis(10)));
        try (MediaSource photos = phones.find(WantedPhone.called(udid), WaitForPerson.NONE)
                        .photos(WaitForPerson.NONE);
                Destination destination =
                        Destination.open(root(number), OpenMode.CREATE_IF_EMPTY, InstantSource.system(), line -> {})) {
            fault.set(phone.faults(), (long) (point.random().nextDouble() * bytes), point);
            BackupResult report = new Backup(
                            photos, destination, known(photos, number), options, InstantSource.system(), event -> {})
                    .run();
            assertEquals(0, phone.observed().writeOperations());
            assertEquals(0, phone.observed().pairings());
            return report;
        } finally {
            usb.unplug(phone);
        }
    }

    private LibrarySource known(MediaSource photos, int number) {
        Path cache = root(number).resolveSibling("cache-" + number);
        return (listing, effort) -> library == LIBRARY
                ? Library.NONE
                : new LibraryReader(cache)
                        .read(photos, copied -> {}, () -> false)
                        .library();
    }

    private Path root(int number) {
        return folder.resolve("backup-" + number);
    }

    private Set<String> right() {
        return expected.values().stream().map(SimulatedLibrary.Expected::sha256).collect(Collectors.toSet());
    }

    /** The hashes of the listed files, each compared with the file itself. */
    private Set<String> catalogued(int number) throws IOException {
        List<String> lines = Files.readAllLines(root(number).resolve("SHA256SUMS"));
        for (String line : lines) {
            assertEquals(line.substring(0, 64), sha256(root(number).resolve(line.substring(66))), line);
        }
        return lines.stream().map(line -> line.substring(0, 64)).collect(Collectors.toSet());
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void clear(int number) throws IOException {
        try (Stream<Path> walk = Files.walk(root(number))) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
