package dev.shoebox.device;

import dev.shoebox.TransportUnderTest;
import dev.shoebox.backup.Backup;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.event.DateSource;
import dev.shoebox.backup.event.FingerprintUse;
import dev.shoebox.backup.plan.BackupSelection;
import dev.shoebox.backup.plan.LibrarySource;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.library.LibraryReader;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.simulator.cloud.FingerprintedRoll;
import dev.shoebox.simulator.library.GeneratedLibrary;
import dev.shoebox.simulator.library.GeneratedLibrary.Part;
import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.phone.FileHashing.Answer;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Files of a new phone that a backup has are recorded without being read, and a wrong library is detected. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag(TransportUnderTest.TAG)
class KnownByFingerprintTest {
    private static final GeneratedLibrary SPEC = GeneratedLibrary.empty(11)
            .with(Part.PHOTO, 150, 20_001, 25_536, 32_144)
            .with(Part.LIVE_PHOTO, 20, 15_000, 40_000)
            .with(Part.VIDEO, 2, 80_000)
            .with(Part.EDITED_PHOTO, 12, 30_000, 27_000)
            .with(Part.CLOUD_ORIGINAL, 10, 24_000);
    private static final String SECOND = "00008120-000000000000002B";
    private static final String THIRD = "00008120-000000000000003C";

    @TempDir
    private Path folder;

    private long sent;

    private BackupResult run(
            String udid, SimulatedLibrary library, FingerprintUse use, Consumer<SimulatedPhone> prepared)
            throws IOException {
        return run(udid, library, use, Backup.Verify.AUTO, prepared);
    }

    private BackupResult run(
            String udid,
            SimulatedLibrary library,
            FingerprintUse use,
            Backup.Verify verify,
            Consumer<SimulatedPhone> prepared)
            throws IOException {
        var settings = PhoneSettings.of(library)
                .withPaired(true)
                .with(new PhoneSettings.Encryption(false, false))
                .withUdid(udid);
        var persistence = new RetryPolicy(Duration.ofSeconds(10), Duration.ofMillis(10), Duration.ofSeconds(15));
        var options = new Backup.Options(
                Layout.parse("month"),
                ZoneId.of("UTC"),
                persistence,
                OptionalLong.empty(),
                new Backup.Proving(verify, use),
                BackupSelection.EVERYTHING,
                DateSource.PHOTOS);
        try (Plugged plugged = Plugged.in(settings);
                MediaSource photos = plugged.photos();
                Destination destination = Destination.open(
                        folder.resolve("backup"), OpenMode.CREATE_IF_EMPTY, InstantSource.system(), line -> {})) {
            prepared.accept(plugged.phone);
            LibrarySource known = (listing, effort) -> new LibraryReader(folder.resolve("cache"))
                    .read(photos, bytes -> {}, () -> false)
                    .library();
            BackupResult report =
                    new Backup(photos, destination, known, options, InstantSource.system(), event -> {}).run();
            assertTrue(report.ended().isEmpty() && report.did().failures().isEmpty(), report.toString());
            assertEquals(0, report.did().unaccounted());
            sent = 0;
            for (String path : library.manifest().keySet()) {
                sent += path.contains("Photos.sqlite")
                        ? 0
                        : plugged.phone.observed().bytesRead(path);
            }
            return report;
        }
    }

    private BackupResult first(SimulatedLibrary library) throws IOException {
        return run("00008120-000000000000001A", library, FingerprintUse.AUTO, phone -> {});
    }

    private static String elsewhere(String stem) {
        return "DCIM/7" + Integer.toString(10 + Math.floorMod(stem.hashCode(), 80)) + "APPLE/IMG_"
                + Math.floorMod(stem.hashCode(), 1_000_000);
    }

    private static SimulatedLibrary second(Consumer<Map<String, String>> changed) throws IOException {
        return FingerprintedRoll.onAnotherPhone(SPEC, KnownByFingerprintTest::elsewhere, Duration.ofDays(40), changed);
    }

    private static long bytes(SimulatedLibrary library) throws IOException {
        return library.manifest().entrySet().stream()
                .filter(file -> !file.getKey().contains("Photos.sqlite"))
                .mapToLong(file -> file.getValue().size())
                .sum();
    }

    private Set<String> stored() throws IOException {
        return Files.readAllLines(folder.resolve("backup/SHA256SUMS")).stream()
                .map(line -> line.substring(0, 64))
                .collect(Collectors.toSet());
    }

    private static Set<String> contents(SimulatedLibrary library) throws IOException {
        Set<String> all = new TreeSet<>();
        library.manifest().forEach((path, file) -> {
            if (!path.contains("Photos.sqlite")) {
                all.add(file.sha256());
            }
        });
        return all;
    }

    private void assertEveryByteIsHere(SimulatedLibrary library) throws IOException {
        assertTrue(stored().containsAll(contents(library)), "a content of the phone is not in the backup");
    }

    @Test
    void aPhoneWithTheSameOriginalsUnderOtherNamesIsKnownAndHardlyRead() throws IOException {
        BackupResult before = first(FingerprintedRoll.of(SPEC));
        Set<String> had = stored();
        SimulatedLibrary library = second(prints -> {});
        BackupResult report = run(SECOND, library, FingerprintUse.AUTO, phone -> {});
        assertTrue(sent * 20 < bytes(library), sent + " of " + bytes(library));
        assertEquals(0, report.counts().copied());
        assertEquals(
                before.counts().copied() + before.counts().duplicates(),
                report.counts().duplicates());
        assertTrue(
                report.traffic().proofs().get(Proof.CLAIMED) > 180,
                report.traffic().proofs().toString());
        assertEquals(had, stored());
        BackupResult again = run(SECOND, library, FingerprintUse.AUTO, phone -> {});
        assertEquals(0, again.counts().duplicates());
        assertEquals(0, sent);
    }

    @Test
    void filesKnownByFingerprintAreReadIfTheUserDistrustsIt() throws IOException {
        first(FingerprintedRoll.of(SPEC));
        SimulatedLibrary library = second(prints -> {});
        run(SECOND, library, FingerprintUse.AUTO, phone -> {});
        BackupResult report = run(SECOND, library, FingerprintUse.CHECK, phone -> {});
        assertEquals(0, report.traffic().proofs().getOrDefault(Proof.CLAIMED, 0));
        assertTrue(sent * 10 > bytes(library) * 8, sent + " of " + bytes(library));
        try (Destination destination = Destination.open(
                folder.resolve("backup"), OpenMode.REQUIRE_EXISTING, InstantSource.system(), line -> {})) {
            assertEquals(
                    Set.of(), destination.recognition().claimed(new SourceId(SourceId.Kind.PHONE, SECOND, "iPhone")));
        }
        run(SECOND, library, FingerprintUse.OFF, phone -> {});
        assertEquals(0, sent);
    }

    @Test
    @Tag(TransportUnderTest.ONCE)
    void withoutFingerprintsNoneAreComputedAndNothingIsReadAgain() throws IOException {
        run("00008120-000000000000001A", FingerprintedRoll.of(SPEC), FingerprintUse.OFF, phone -> {});
        SimulatedLibrary library = second(prints -> {});
        BackupResult report = run(SECOND, library, FingerprintUse.AUTO, phone -> {});
        assertEquals(0, report.traffic().knownByFingerprint(), "no copy has a fingerprint");
        SimulatedLibrary third = FingerprintedRoll.onAnotherPhone(
                SPEC, stem -> elsewhere("3" + stem), Duration.ofDays(60), prints -> {});
        assertTrue(run(THIRD, third, FingerprintUse.AUTO, phone -> {}).traffic().knownByFingerprint() > 180);
        run(THIRD, third, FingerprintUse.OFF, phone -> {});
        assertEquals(0, sent, "what is known by a claim alone is a matter of --fingerprints check");
    }

    @Test
    void withEveryFileReadTwiceNoneIsKnownByAClaim() throws IOException {
        first(FingerprintedRoll.of(SPEC));
        SimulatedLibrary library = second(prints -> {});
        BackupResult report = run(SECOND, library, FingerprintUse.AUTO, Backup.Verify.DEVICE, phone -> {});
        assertEquals(0, report.traffic().knownByFingerprint());
        assertEquals(2 * bytes(library), sent);
    }

    @Test
    void swappedFingerprintsCostTimeAndNoPhoto() throws IOException {
        first(FingerprintedRoll.of(SPEC));
        // All files of one size claim each other's content.
        SimulatedLibrary library = second(prints -> {
            List<String> photos = prints.keySet().stream()
                    .filter(path -> path.endsWith(".JPG") && path.startsWith("DCIM"))
                    .toList();
            for (int i = 0; i + 3 < photos.size(); i += i % 3 == 2 ? 4 : 1) {
                String kept = prints.get(photos.get(i));
                prints.put(photos.get(i), prints.get(photos.get(i + 3)));
                prints.put(photos.get(i + 3), kept);
            }
        });
        run(SECOND, library, FingerprintUse.AUTO, phone -> {});
        assertEachFileIsHeldByItsOwnBytes(library);
    }

    /** The backup may already have all contents; this checks with which of them each file of the phone is recorded. */
    private void assertEachFileIsHeldByItsOwnBytes(SimulatedLibrary library) throws IOException {
        Map<String, String> listed = Files.readAllLines(folder.resolve("backup/SHA256SUMS")).stream()
                .collect(Collectors.toMap(line -> line.substring(66), line -> line.substring(0, 64)));
        Map<String, SimulatedLibrary.Expected> manifest = library.manifest();
        int files = 0;
        try (Destination destination = Destination.view(folder.resolve("backup"), OpenMode.REQUIRE_EXISTING);
                Stream<StoredFile> stored = destination.stored(new SourceId(SourceId.Kind.PHONE, SECOND, "iPhone"))) {
            for (StoredFile row : (Iterable<StoredFile>) stored::iterator) {
                String path = row.file().path();
                assertEquals(manifest.get(path).sha256(), listed.get(row.path()), path);
                files++;
            }
        }
        assertTrue(files > 180, files + " files");
    }

    @Test
    @Tag(TransportUnderTest.ONCE)
    void aNewPhotoThatClaimsTheContentOfAnotherIsStored() throws IOException {
        SimulatedLibrary before = FingerprintedRoll.of(SPEC);
        first(before);
        SimulatedLibrary library = FingerprintedRoll.of(
                GeneratedLibrary.empty(12).with(Part.PHOTO, 30, 20_001, 25_536, 32_144), prints -> {
                    try {
                        SimulatedLibrary true_ = FingerprintedRoll.of(
                                SPEC, all -> prints.keySet().forEach(path -> prints.put(path, all.get(path))));
                        assertEquals(contents(before), contents(true_));
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
        run(SECOND, library, FingerprintUse.AUTO, phone -> {});
        assertEveryByteIsHere(library);
    }

    @Test
    void aFileThatIsChangedInPlaceIsReadWhateverItsOldFingerprint() throws IOException {
        SimulatedLibrary library = FingerprintedRoll.of(SPEC);
        first(library);
        String path = "DCIM/100APPLE/IMG_0005.JPG";
        BackupResult report = run("00008120-000000000000001A", library, FingerprintUse.AUTO, phone -> {
            phone.faults().rot(path, 9_000, 2);
            phone.faults()
                    .reportTimes(path, Instant.parse("2025-02-02T02:02:02Z"), Instant.parse("2023-01-01T00:00:00Z"));
        });
        assertEquals(1, report.counts().copied());
        assertEquals(1, report.traffic().proofs().get(Proof.PERHAPS_DAMAGED));
    }

    @Test
    void aFileThatWasChangedOnTheOtherPhoneIsReadThere() throws IOException {
        first(FingerprintedRoll.of(SPEC));
        SimulatedLibrary library = second(prints -> {});
        String path = elsewhere("DCIM/100APPLE/IMG_0005") + ".JPG";
        Instant born = Instant.parse("2023-06-01T00:00:00Z");
        BackupResult report = run(SECOND, library, FingerprintUse.AUTO, phone -> {
            phone.faults().rot(path, 9_000, 2);
            phone.faults().reportTimes(path, born.plusSeconds(86_400), born);
        });
        assertEquals(1, report.counts().copied());
    }

    /** Once the library is found wrong, the next runs read what it claimed and believe no new claim. */
    @Test
    void doubtHoldsInTheRunsAfterIt() throws IOException {
        first(FingerprintedRoll.of(SPEC));
        SimulatedLibrary library = second(prints -> {});
        List<String> rotten = Stream.of("0002", "0005", "0009", "0020", "0031", "0044")
                .map(number -> elsewhere("DCIM/100APPLE/IMG_" + number) + ".JPG")
                .filter(path -> hasFile(library, path))
                .toList();
        String changed = rotten.get(0);
        List<SimulatedPhone> phones = new ArrayList<>();
        Consumer<SimulatedPhone> rot = phone -> {
            rotten.stream().skip(1).forEach(path -> phone.faults().rot(path, 9_000, 2));
            phones.add(phone);
        };
        run(SECOND, library, FingerprintUse.AUTO, rot);
        for (int times = 0; times < 2; times++) {
            run(SECOND, library, FingerprintUse.AUTO, phone -> {
                rot.accept(phone);
                phone.faults().rot(changed, 9_000, 2);
                phone.faults()
                        .reportTimes(
                                changed, Instant.parse("2025-02-02T02:02:02Z"), Instant.parse("2023-01-01T00:00:00Z"));
            });
        }
        for (String path : rotten) {
            assertTrue(phones.stream().anyMatch(phone -> phone.observed().bytesRead(path) > 0), path);
        }
    }

    private static boolean hasFile(SimulatedLibrary library, String path) {
        try {
            return library.manifest().containsKey(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Tag(TransportUnderTest.ONCE)
    void aCopyThatIsPerhapsDamagedIsKnownSoAlsoWhereItWasStoredBefore() throws IOException {
        String path = "DCIM/100APPLE/IMG_0005.JPG";
        run("00008120-000000000000001A", FingerprintedRoll.of(SPEC), FingerprintUse.OFF, phone -> phone.faults()
                .rot(path, 9_000, 2));
        Consumer<SimulatedPhone> rot =
                phone -> phone.faults().rot(elsewhere("DCIM/100APPLE/IMG_0005") + ".JPG", 9_000, 2);
        run(SECOND, second(prints -> {}), FingerprintUse.AUTO, rot);
        assertEquals(1, perhapsDamaged());
        // That the phone holds these bytes does not show what Photos imported.
        run("00008120-00000000000000CC", second(prints -> {}), FingerprintUse.OFF, phone -> {
            rot.accept(phone);
            phone.faults().hashing().answer(Answer.TRUE);
        });
        assertEquals(1, perhapsDamaged());
    }

    private int perhapsDamaged() throws IOException {
        try (Destination destination = Destination.view(folder.resolve("backup"), OpenMode.REQUIRE_EXISTING)) {
            return destination.recognition().perhapsDamaged().size();
        }
    }

    @Test
    void aHashingPhoneProvesFilesThatAreNotRead() throws IOException {
        first(FingerprintedRoll.of(SPEC));
        SimulatedLibrary library = second(prints -> {});
        BackupResult report = run(SECOND, library, FingerprintUse.AUTO, phone -> phone.faults()
                .hashing()
                .answer(Answer.TRUE));
        assertTrue(sent * 20 < bytes(library), sent + " of " + bytes(library));
        assertTrue(
                report.traffic().proofs().get(Proof.PHONE_HASH) > 180,
                report.traffic().proofs().toString());
        assertEquals(0, report.traffic().knownByFingerprint());
    }

    @Test
    void aHashingPhoneExposesEveryFalseClaimOfItsLibrary() throws IOException {
        first(FingerprintedRoll.of(SPEC));
        SimulatedLibrary library = second(prints -> {});
        List<String> changed =
                List.of(elsewhere("DCIM/100APPLE/IMG_0005") + ".JPG", elsewhere("DCIM/100APPLE/IMG_0044") + ".JPG");
        BackupResult report = run(SECOND, library, FingerprintUse.AUTO, phone -> {
            phone.faults().hashing().answer(Answer.TRUE);
            changed.forEach(path -> phone.faults().rot(path, 9_000, 2));
        });
        assertEquals(2, report.counts().copied());
        assertEquals(2, report.traffic().proofs().get(Proof.PERHAPS_DAMAGED));
    }

    @Test
    void aPhoneThatHashesWronglyCostsFewReads() throws IOException {
        first(FingerprintedRoll.of(SPEC));
        SimulatedLibrary library = second(prints -> {});
        BackupResult report = run(SECOND, library, FingerprintUse.AUTO, phone -> phone.faults()
                .hashing()
                .answer(Answer.WRONG));
        assertTrue(sent * 20 < bytes(library) * 2, sent + " of " + bytes(library));
        assertEquals(0, report.counts().copied());
        assertEveryByteIsHere(library);
    }
}
