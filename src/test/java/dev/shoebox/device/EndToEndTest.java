package dev.shoebox.device;

import dev.shoebox.TransportUnderTest;
import dev.shoebox.backup.Backup;
import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.plan.LibrarySource;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.RunResult;
import dev.shoebox.library.LibraryReader;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.simulator.cloud.FingerprintedRoll;
import dev.shoebox.simulator.library.GeneratedLibrary;
import dev.shoebox.simulator.library.GeneratedLibrary.Part;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.phone.FileHashing.Answer;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A library's fingerprints, or the phone's own hashes, prove files with one read; wrong ones are detected. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag(TransportUnderTest.TAG)
class EndToEndTest {
    private static final GeneratedLibrary SPEC = GeneratedLibrary.empty(7)
            .with(Part.PHOTO, 12, 180_001, 65_536, 262_144)
            .with(Part.LIVE_PHOTO, 2, 150_000, 400_000)
            .with(Part.VIDEO, 1, 1_500_000)
            .with(Part.EDITED_PHOTO, 2, 90_000, 70_000);
    private static final String FIRST = "DCIM/100APPLE/IMG_0001.JPG";
    private static final String THIRD = "DCIM/100APPLE/IMG_0003.JPG";
    private static final String FIFTH = "DCIM/100APPLE/IMG_0005.JPG";
    private static final String LIVE_FILM = "DCIM/100APPLE/IMG_0013.MOV";
    private static final String RENDER = "PhotoData/Mutations/DCIM/100APPLE/IMG_0016/Adjustments/FullSizeRender.jpg";

    @TempDir
    private Path folder;

    private final List<BackupEvent> events = new ArrayList<>();
    private Plugged plugged;

    @AfterEach
    void nothingWasWrittenOrLeftOpen() throws IOException {
        plugged.close();
        assertEquals(0, plugged.phone.observed().writeOperations());
    }

    private SimulatedPhone plug(SimulatedLibrary library) throws IOException {
        plugged = Plugged.in(PhoneSettings.of(library).withPaired(true));
        return plugged.phone;
    }

    private BackupResult run(Backup.Verify verify) throws IOException {
        var retry = new RetryPolicy(Duration.ofSeconds(10), Duration.ofMillis(10), Duration.ofSeconds(15));
        var options = new Backup.Options(Layout.parse("month"), ZoneId.of("UTC"), retry, OptionalLong.empty(), verify);
        try (MediaSource photos = plugged.photos();
                Destination destination = Destination.open(
                        folder.resolve("backup"), OpenMode.CREATE_IF_EMPTY, InstantSource.system(), line -> {})) {
            LibrarySource library = (listing, effort) -> new LibraryReader(folder.resolve("cache"))
                    .read(photos, bytes -> {}, () -> false)
                    .library();
            return new Backup(photos, destination, library, options, InstantSource.system(), events::add).run();
        }
    }

    private BackupResult run() throws IOException {
        return run(Backup.Verify.AUTO);
    }

    private Set<String> stored() throws IOException {
        return Files.readAllLines(folder.resolve("backup/SHA256SUMS")).stream()
                .map(line -> line.substring(0, 64))
                .collect(Collectors.toSet());
    }

    private static Set<String> originals(SimulatedLibrary library) throws IOException {
        Set<String> all = new TreeSet<>();
        library.manifest().forEach((path, file) -> {
            if (!path.contains("Photos.sqlite")) {
                all.add(file.sha256());
            }
        });
        return all;
    }

    private void assertRight(BackupResult report, SimulatedLibrary library) throws IOException {
        assertTrue(report.ended().isEmpty() && report.did().failures().isEmpty(), report.toString());
        assertEquals(originals(library), stored());
    }

    private static List<String> healed(BackupResult report) {
        return report.did().healed().stream().map(RunResult.Item::path).toList();
    }

    private long timesRead(SimulatedLibrary library, String path) throws IOException {
        return plugged.phone.observed().bytesRead(path) / library.expected(path).size();
    }

    @Test
    void filesWithAFingerprintAreProvenWithOneRead() throws IOException {
        SimulatedLibrary library = FingerprintedRoll.of(SPEC);
        plug(library);
        BackupResult report = run();
        assertRight(report, library);
        // All but the description of an edit, for which no library has a fingerprint.
        assertEquals(21, report.traffic().proofs().get(Proof.FINGERPRINT));
        assertEquals(2, report.traffic().readTwice());
        assertEquals(1, timesRead(library, FIRST));
        assertEquals(1, timesRead(library, LIVE_FILM));
    }

    @Test
    void aBitThatTurnsOnceIsFoundAndHealedAndNothingRightIsReadTwice() throws IOException {
        for (String path : List.of(FIRST, FIFTH, LIVE_FILM, RENDER)) {
            SimulatedLibrary library = FingerprintedRoll.of(SPEC);
            SimulatedPhone phone = plug(library);
            phone.faults().flipBit(path, 40_000, 3, true);
            BackupResult report = run();
            assertRight(report, library);
            assertEquals(List.of(path), healed(report));
            assertEquals(2, timesRead(library, path));
            assertEquals(1, timesRead(library, THIRD));
            clear();
        }
    }

    private void clear() throws IOException {
        plugged.close();
        try (var walk = Files.walk(folder)) {
            for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
                if (!each.equals(folder)) {
                    Files.delete(each);
                }
            }
        }
    }

    @Test
    void aHashingPhoneProvesFilesWithoutAFingerprint() throws IOException {
        SimulatedLibrary library = Libraries.generated(SPEC);
        SimulatedPhone phone = plug(library);
        phone.faults().hashing().answer(Answer.TRUE);
        phone.faults().flipBit(THIRD, 4_000, 3, true);
        phone.faults().flipBit(LIVE_FILM, 399_999, 7, true);
        BackupResult report = run();
        assertRight(report, library);
        assertEquals(Set.of(THIRD, LIVE_FILM), Set.copyOf(healed(report)));
        assertEquals(Map.of(Proof.PHONE_HASH, 23), report.traffic().proofs());
        assertEquals(2, timesRead(library, THIRD));
        assertEquals(1, timesRead(library, FIRST));
        assertEquals(1, timesRead(library, FIFTH));
    }

    @Test
    void aFileThatThePhoneDoesNotHashIsReadTwiceAndTheOthersAreHashed() throws IOException {
        SimulatedLibrary library = Libraries.generated(SPEC);
        SimulatedPhone phone = plug(library);
        phone.faults().hashing().answer(Answer.TRUE);
        phone.faults().hashing().refuse(FIFTH);
        phone.faults().flipBit(FIFTH, 9_000, 1, true);
        phone.faults().flipBit(LIVE_FILM, 9_000, 1, true);
        BackupResult report = run();
        assertRight(report, library);
        assertEquals(Set.of(FIFTH, LIVE_FILM), Set.copyOf(healed(report)));
        assertEquals(22, report.traffic().proofs().get(Proof.PHONE_HASH));
    }

    @Test
    void theVeryFirstFileMayBeTheOneThatTheCableSpoilt() throws IOException {
        SimulatedLibrary library = Libraries.generated(SPEC);
        SimulatedPhone phone = plug(library);
        phone.faults().hashing().answer(Answer.TRUE);
        phone.faults().flipBit(FIRST, 4_000, 3, true);
        phone.faults().flipBit("DCIM/100APPLE/IMG_0002.JPG", 4_000, 3, true);
        BackupResult report = run();
        assertRight(report, library);
        assertEquals(Set.of(FIRST, "DCIM/100APPLE/IMG_0002.JPG"), Set.copyOf(healed(report)));
        assertEquals(1, timesRead(library, FIFTH));
    }

    @Test
    void aPhoneThatHashesWronglyIsNotTrustedAndCostsOneRead() throws IOException {
        SimulatedLibrary library = Libraries.generated(SPEC);
        SimulatedPhone phone = plug(library);
        phone.faults().hashing().answer(Answer.WRONG);
        BackupResult report = run();
        assertRight(report, library);
        assertEquals(List.of(), report.did().healed());
        assertTrue(
                report.traffic().proofs().getOrDefault(Proof.READ_ONCE, 0) > 18,
                report.traffic().proofs().toString());
        assertEquals(0, report.traffic().proofs().getOrDefault(Proof.PHONE_HASH, 0));
    }

    @Test
    void aPhoneThatDoesNotHashIsAskedOnce() throws IOException {
        SimulatedLibrary library = Libraries.generated(SPEC);
        SimulatedPhone phone = plug(library);
        BackupResult report = run();
        assertRight(report, library);
        assertEquals(1, phone.observed().requests(0x1d));
        assertEquals(
                Set.of(Proof.READ_TWICE, Proof.READ_ONCE),
                report.traffic().proofs().keySet());
    }

    @Test
    void aPhoneThatHashesSlowlyHoldsNothingUp() throws IOException {
        SimulatedLibrary library = Libraries.generated(SPEC);
        SimulatedPhone phone = plug(library);
        phone.faults().hashing().answer(Answer.TRUE);
        phone.faults().hashing().timePerMegabyte(Duration.ofSeconds(40));
        long began = System.nanoTime();
        BackupResult report = run();
        assertRight(report, library);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertTrue(took.toSeconds() < 30, took.toString());
    }

    @Test
    void filesThatRottedOnThePhoneAreStoredAndReported() throws IOException {
        SimulatedLibrary library = FingerprintedRoll.of(SPEC);
        SimulatedPhone phone = plug(library);
        phone.faults().rot(FIFTH, 20_000, 1);
        BackupResult report = run();
        assertTrue(report.ended().isEmpty() && report.did().failures().isEmpty(), report.toString());
        assertEquals(23, report.counts().copied());
        assertEquals(1, report.traffic().proofs().get(Proof.PERHAPS_DAMAGED));
        assertEquals(2, timesRead(library, FIFTH));
        assertEquals(List.of(), report.did().healed());
    }

    @Test
    void aLibraryThatIsWrongEverywhereCostsTimeAndNoPhoto() throws IOException {
        SimulatedLibrary library = FingerprintedRoll.of(SPEC, EndToEndTest::swap);
        plug(library);
        BackupResult report = run();
        assertRight(report, library);
    }

    /** One column may be stale while another is not: no correct file is read twice, and none is reported as damaged. */
    @Test
    void aLibraryThatLiesInSomeColumnsOnlyProvesByTheOthers() throws IOException {
        SimulatedLibrary library = FingerprintedRoll.contradicting(
                SPEC,
                prints -> {
                    prints.keySet().removeIf(path -> path.contains("Mutations"));
                    swap(prints);
                },
                prints -> {});
        SimulatedPhone phone = plug(library);
        phone.faults().flipBit(FIFTH, 40_000, 3, true);
        BackupResult report = run();
        assertRight(report, library);
        assertEquals(List.of(FIFTH), healed(report));
        assertEquals(0, report.traffic().proofs().getOrDefault(Proof.PERHAPS_DAMAGED, 0));
        assertEquals(1, timesRead(library, THIRD));
    }

    private static void swap(Map<String, String> prints) {
        List<String> values = new ArrayList<>(prints.values());
        int next = 1;
        for (Map.Entry<String, String> each : prints.entrySet()) {
            each.setValue(values.get(next++ % values.size()));
        }
    }

    @Test
    void aLargeLibraryThatIsWrongEverywhereIsSoonDetected() throws IOException {
        GeneratedLibrary spec = GeneratedLibrary.empty(8).with(Part.PHOTO, 300, 200_001, 210_000);
        SimulatedLibrary library = FingerprintedRoll.of(spec, EndToEndTest::swap);
        plug(library);
        BackupResult report = run();
        assertRight(report, library);
        long all = 0;
        long read = 0;
        for (var file : library.manifest().entrySet()) {
            all += file.getValue().size();
            read += plugged.phone.observed().bytesRead(file.getKey());
        }
        assertTrue(read < all * 12 / 10, read + " of " + all);
    }

    @Test
    void everyFileIsHashedIfThePersonWantsIt() throws IOException {
        SimulatedLibrary library = FingerprintedRoll.of(SPEC);
        SimulatedPhone phone = plug(library);
        phone.faults().hashing().answer(Answer.TRUE);
        BackupResult report = run(Backup.Verify.PHONE);
        assertRight(report, library);
        assertEquals(24, phone.observed().requests(0x1d), "each of 23, and one to see whether it does it at all");
        assertEquals(1, timesRead(library, FIRST));
    }

    @Test
    void filesThatThePhoneRefusesToHashAreComparedWithTheirFingerprint() throws IOException {
        SimulatedLibrary library = FingerprintedRoll.of(SPEC);
        SimulatedPhone phone = plug(library);
        phone.faults().hashing().answer(Answer.TRUE);
        phone.faults().hashing().refuse(FIFTH);
        phone.faults().flipBit(FIFTH, 1000, 3, true);
        BackupResult report = run(Backup.Verify.PHONE);
        assertRight(report, library);
    }

    private static final GeneratedLibrary LARGE = GeneratedLibrary.empty(9)
            .with(Part.PHOTO, 4, 180_001)
            .with(Part.VIDEO, 1, 45_000_000)
            .with(Part.LIVE_PHOTO, 1, 150_000, 400_000);
    private static final String LARGE_FILM = "DCIM/100APPLE/IMG_0006.MOV";

    private void assertMendedByParts(SimulatedLibrary library, SimulatedPhone phone) throws IOException {
        phone.faults().hashing().answer(Answer.TRUE);
        phone.faults().flipBit(LARGE_FILM, 21_000_000, 6, true);
        BackupResult report = run();
        assertRight(report, library);
        assertEquals(List.of(LARGE_FILM), healed(report));
        long again = phone.observed().bytesRead(LARGE_FILM)
                - library.expected(LARGE_FILM).size();
        assertTrue(again > 0 && again <= 4 << 20, again + " bytes were read again");
        assertEquals(1, timesRead(library, FIRST));
    }

    @Test
    void onlyTheDifferingPartOfALargeFileIsRereadIfTheLibraryHasItsFingerprint() throws IOException {
        SimulatedLibrary library = FingerprintedRoll.of(LARGE);
        assertMendedByParts(library, plug(library));
    }

    @Test
    void onlyTheDifferingPartOfALargeFileIsRereadIfThePhoneHashes() throws IOException {
        SimulatedLibrary library = Libraries.generated(LARGE);
        assertMendedByParts(library, plug(library));
    }

    @Test
    void aLargeFileThatDiffersEverywhereIsReadAgainAsAWhole() throws IOException {
        SimulatedLibrary library = Libraries.generated(LARGE);
        SimulatedPhone phone = plug(library);
        phone.faults().hashing().answer(Answer.WRONG);
        BackupResult report = run();
        assertRight(report, library);
        assertEquals(List.of(), report.did().healed());
        assertEquals(0, report.traffic().proofs().getOrDefault(Proof.PHONE_HASH, 0));
    }

    /** The phone hashes the bytes that it holds: a stale fingerprint costs no second read. */
    @Test
    void aStaleFingerprintCostsNothingIfThePhoneHashes() throws IOException {
        SimulatedLibrary library = FingerprintedRoll.of(SPEC);
        SimulatedPhone phone = plug(library);
        phone.faults().hashing().answer(Answer.TRUE);
        phone.faults().rot(FIFTH, 20_000, 1);
        phone.faults().flipBit(THIRD, 20_000, 1, true);
        BackupResult report = run();
        assertEquals(1, report.traffic().proofs().get(Proof.PERHAPS_DAMAGED));
        assertEquals(1, timesRead(library, FIFTH));
        assertEquals(List.of(THIRD), healed(report));
        assertEquals(2, timesRead(library, THIRD));
    }

    @Test
    void aPhoneThatIsLostInBetweenLosesNothing() throws IOException {
        SimulatedLibrary library = Libraries.generated(SPEC);
        SimulatedPhone phone = plug(library);
        phone.faults().hashing().answer(Answer.TRUE);
        phone.faults().unplugAfter(1_700_000, Duration.ofMillis(50));
        BackupResult report = run();
        assertRight(report, library);
    }
}
