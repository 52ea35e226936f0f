package dev.shoebox.device;

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
import dev.shoebox.device.usbmux.MuxAddress;
import dev.shoebox.device.usbmux.MuxTransport;
import dev.shoebox.history.RunResult;
import dev.shoebox.library.LibraryReader;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.simulator.cloud.FingerprintedRoll;
import dev.shoebox.simulator.library.GeneratedLibrary;
import dev.shoebox.simulator.library.GeneratedLibrary.Part;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.phone.FileHashing.Answer;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Failures that fingerprints and hashing phones must never cause, with flipped bits, a wrong library, a missing copy
 * and a phone that hashes wrongly. Returns plain text, so that it can test an engine of another class loader.
 */
public final class FingerprintTrial {
    private static final GeneratedLibrary SPEC = GeneratedLibrary.empty(21)
            .with(Part.PHOTO, 100, 12_001, 15_536)
            .with(Part.LIVE_PHOTO, 2, 15_000, 40_000)
            .with(Part.EDITED_PHOTO, 2, 13_000, 11_000);
    private static final GeneratedLibrary MORE = SPEC.with(Part.SCREENSHOT, 1, 19_000);
    private static final String FIRST_UDID = "00008120-00000000000000A1";
    private static final String SECOND_UDID = "00008120-00000000000000B2";
    private static final String PHOTO = "DCIM/100APPLE/IMG_0005.JPG";

    private final Path folder;
    private final List<String> wrong = new ArrayList<>();
    private SimulatedPhone phone;

    private FingerprintTrial(Path folder) {
        this.folder = folder;
    }

    private interface Scenario {
        void run(FingerprintTrial trial) throws IOException;
    }

    private static final Map<String, Scenario> SCENARIOS = Map.ofEntries(
            Map.entry("flips", FingerprintTrial::flips),
            Map.entry("flipsWhereThePhoneHashes", FingerprintTrial::flipsWhereThePhoneHashes),
            Map.entry("wrongHashes", FingerprintTrial::wrongHashes),
            Map.entry("goneCopy", FingerprintTrial::goneCopy),
            Map.entry("liesEverywhere", FingerprintTrial::liesEverywhere),
            Map.entry("lieOfAnotherSize", FingerprintTrial::lieOfAnotherSize),
            Map.entry("twoClaimsOfOneContent", FingerprintTrial::twoClaimsOfOneContent),
            Map.entry("changedInPlace", FingerprintTrial::changedInPlace),
            Map.entry("rotten", FingerprintTrial::rotten),
            Map.entry("contradictionThatTheSampleMet", FingerprintTrial::contradictionThatTheSampleMet),
            Map.entry("lieOfTwoFiles", FingerprintTrial::lieOfTwoFiles));

    /** The names of all scenarios. */
    public static Set<String> scenarios() {
        return SCENARIOS.keySet();
    }

    /**
     * Runs one scenario.
     *
     * @param folder an empty folder
     * @return what went wrong; empty if nothing
     */
    public static List<String> wrong(String scenario, Path folder) {
        FingerprintTrial trial = new FingerprintTrial(folder);
        try {
            SCENARIOS.get(scenario).run(trial);
        } catch (IOException | RuntimeException failure) {
            trial.wrong.add(failure.toString());
        }
        return trial.wrong;
    }

    private BackupResult run(
            String udid, SimulatedLibrary library, boolean withLibrary, Consumer<SimulatedPhone> prepared)
            throws IOException {
        Path sockets = Files.createTempDirectory("usb");
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
                new Backup.Proving(Backup.Verify.AUTO, FingerprintUse.AUTO),
                BackupSelection.EVERYTHING,
                DateSource.PHOTOS);
        phone = new SimulatedPhone(settings);
        prepared.accept(phone);
        try (SimulatedUsb usb = SimulatedUsb.start("UNIX:" + sockets.resolve("mux"))) {
            usb.plug(phone);
            var transport = new MuxTransport(
                    new MuxAddress(usb.address()), Duration.ofSeconds(5), InstantSource.system(), true);
            var phones = new Phones(transport, Plugged.PATIENCE);
            try (MediaSource photos = phones.find(WantedPhone.called(udid), WaitForPerson.NONE)
                            .photos(WaitForPerson.NONE);
                    Destination destination = Destination.open(
                            folder.resolve("backup"), OpenMode.CREATE_IF_EMPTY, InstantSource.system(), line -> {})) {
                LibrarySource known = (listing, effort) -> withLibrary
                        ? new LibraryReader(folder.resolve("cache"))
                                .read(photos, bytes -> {}, () -> false)
                                .library()
                        : Library.NONE;
                return new Backup(photos, destination, known, options, InstantSource.system(), event -> {}).run();
            }
        } finally {
            Files.deleteIfExists(sockets);
        }
    }

    private BackupResult first(SimulatedLibrary library) throws IOException {
        return run(FIRST_UDID, library, true, phone -> {});
    }

    private static String elsewhere(String stem) {
        return "DCIM/7" + Integer.toString(10 + Math.floorMod(stem.hashCode(), 80)) + "APPLE/IMG_"
                + Math.floorMod(stem.hashCode(), 1_000_000);
    }

    private static SimulatedLibrary second(GeneratedLibrary spec, Consumer<Map<String, String>> changed)
            throws IOException {
        return FingerprintedRoll.onAnotherPhone(spec, FingerprintTrial::elsewhere, Duration.ofDays(40), changed);
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            wrong.add(otherwise);
        }
    }

    /** Every file of the phone is recorded with a file of the backup that has its bytes, except the rotten ones. */
    private void requireHeld(String udid, SimulatedLibrary library, String... rotten) throws IOException {
        Map<String, String> held = new HashMap<>();
        try (Destination destination = Destination.view(folder.resolve("backup"), OpenMode.REQUIRE_EXISTING);
                Stream<StoredFile> stored = destination.stored(new SourceId(SourceId.Kind.PHONE, udid, "iPhone"))) {
            stored.forEach(row -> held.put(row.file().path(), row.path()));
        }
        for (Map.Entry<String, SimulatedLibrary.Expected> file :
                library.manifest().entrySet()) {
            String path = file.getKey();
            if (path.contains("Photos.sqlite") || List.of(rotten).contains(path)) {
                continue;
            }
            Path copy = folder.resolve("backup").resolve(held.getOrDefault(path, "none"));
            if (!Files.exists(copy) || !sha256(copy).equals(file.getValue().sha256())) {
                wrong.add(path + " is not in the backup");
            }
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void flip(SimulatedLibrary library, boolean withLibrary, Consumer<SimulatedPhone> prepared)
            throws IOException {
        Set<String> flipped = Set.of(
                PHOTO,
                "DCIM/100APPLE/IMG_0101.MOV",
                "PhotoData/Mutations/DCIM/100APPLE/IMG_0104/Adjustments/FullSizeRender.jpg");
        BackupResult report = run(FIRST_UDID, library, withLibrary, simulated -> {
            flipped.forEach(path -> simulated.faults().flipBit(path, 7_000, 5, true));
            prepared.accept(simulated);
        });
        requireHeld(FIRST_UDID, library);
        require(report.did().failures().isEmpty(), report.toString());
        List<String> healed = report.did().healed().stream()
                .map(RunResult.Item::path)
                .sorted()
                .toList();
        require(healed.equals(flipped.stream().sorted().toList()), "healed " + healed);
        for (Map.Entry<String, SimulatedLibrary.Expected> file :
                library.manifest().entrySet()) {
            boolean dear = !flipped.contains(file.getKey())
                    && !file.getKey().contains("Photos.sqlite")
                    && (!withLibrary || !file.getKey().endsWith(".plist"));
            long read = phone.observed().bytesRead(file.getKey());
            require(!dear || read == file.getValue().size(), file.getKey() + " was carried twice");
        }
    }

    private void flips() throws IOException {
        flip(FingerprintedRoll.of(SPEC), true, simulated -> {});
    }

    private void flipsWhereThePhoneHashes() throws IOException {
        flip(
                Libraries.generated(SPEC),
                false,
                simulated -> simulated.faults().hashing().answer(Answer.TRUE));
    }

    private void wrongHashes() throws IOException {
        SimulatedLibrary library = Libraries.generated(SPEC);
        BackupResult report = run(FIRST_UDID, library, false, simulated -> simulated
                .faults()
                .hashing()
                .answer(Answer.WRONG));
        requireHeld(FIRST_UDID, library);
        require(report.did().failures().isEmpty(), report.toString());
        require(
                !report.traffic().proofs().containsKey(Proof.PHONE_HASH),
                report.traffic().proofs().toString());
    }

    private void goneCopy() throws IOException {
        first(FingerprintedRoll.of(SPEC));
        try (Stream<Path> copies = Files.walk(folder.resolve("backup/2023"))) {
            List<Path> photos = copies.filter(path -> path.toString().endsWith(".JPG"))
                    .limit(20)
                    .toList();
            for (Path photo : photos) {
                Files.delete(photo);
            }
        }
        SimulatedLibrary library = second(SPEC, prints -> {});
        run(SECOND_UDID, library, true, simulated -> {});
        requireHeld(SECOND_UDID, library);
    }

    private void liesEverywhere() throws IOException {
        first(FingerprintedRoll.of(SPEC));
        SimulatedLibrary library = second(SPEC, FingerprintTrial::rotate);
        BackupResult report = run(SECOND_UDID, library, true, simulated -> {});
        requireHeld(SECOND_UDID, library);
        require(
                report.traffic().knownByFingerprint() == 0,
                report.traffic().proofs().toString());
    }

    /** Each file of one size claims the content of the next file of that size. */
    private static void rotate(Map<String, String> prints) {
        List<String> photos = prints.keySet().stream()
                .filter(path -> path.endsWith(".JPG") && path.startsWith("DCIM"))
                .toList();
        for (int i = 0; i + 2 < photos.size(); i += i % 2 == 1 ? 3 : 1) {
            String kept = prints.get(photos.get(i));
            prints.put(photos.get(i), prints.get(photos.get(i + 2)));
            prints.put(photos.get(i + 2), kept);
        }
    }

    private static String screenshot(Set<String> paths) {
        return paths.stream().filter(path -> path.endsWith(".PNG")).findFirst().orElseThrow();
    }

    /** So few that the sample hardly ever contains one. */
    private void lieOfTwoFiles() throws IOException {
        first(FingerprintedRoll.of(SPEC));
        SimulatedLibrary library = second(SPEC, prints -> {
            String one = elsewhere("DCIM/100APPLE/IMG_0011") + ".JPG";
            String other = elsewhere("DCIM/100APPLE/IMG_0013") + ".JPG";
            String claimed = prints.get(one);
            prints.put(one, prints.get(other));
            prints.put(other, claimed);
        });
        BackupResult report = run(SECOND_UDID, library, true, simulated -> {});
        require(
                report.traffic().knownByFingerprint() == 0,
                "a library that was wrong is believed: " + report.traffic());
        requireHeld(SECOND_UDID, library);
    }

    private void lieOfAnotherSize() throws IOException {
        first(FingerprintedRoll.of(SPEC));
        SimulatedLibrary library = second(MORE, prints -> {
            String claimed = prints.remove(elsewhere("DCIM/100APPLE/IMG_0005") + ".JPG");
            prints.put(screenshot(prints.keySet()), claimed);
        });
        run(SECOND_UDID, library, true, simulated -> {});
        requireHeld(SECOND_UDID, library);
    }

    private void twoClaimsOfOneContent() throws IOException {
        first(FingerprintedRoll.of(SPEC));
        GeneratedLibrary spec = SPEC.with(Part.SCREENSHOT, 1, 12_001);
        SimulatedLibrary library = second(spec, prints -> {
            String claimed = prints.get(elsewhere("DCIM/100APPLE/IMG_0005") + ".JPG");
            prints.put(screenshot(prints.keySet()), claimed);
        });
        run(SECOND_UDID, library, true, simulated -> {});
        requireHeld(SECOND_UDID, library);
    }

    private void changedInPlace() throws IOException {
        SimulatedLibrary library = FingerprintedRoll.of(SPEC);
        first(library);
        BackupResult report = run(FIRST_UDID, library, true, simulated -> {
            for (int number = 1; number <= 60; number++) {
                String path = String.format("DCIM/100APPLE/IMG_%04d.JPG", number);
                Instant changed = Instant.parse("2025-02-02T02:02:02Z");
                simulated.faults().reportTimes(path, changed, changed);
            }
            simulated.faults().rot(PHOTO, 9_000, 2);
        });
        require(report.counts().copied() == 1, "what was changed in place was not stored: " + report);
        requireHeld(FIRST_UDID, library, PHOTO);
    }

    private void rotten() throws IOException {
        SimulatedLibrary library = FingerprintedRoll.of(SPEC);
        BackupResult report =
                run(FIRST_UDID, library, true, simulated -> simulated.faults().rot(PHOTO, 9_000, 2));
        requireHeld(FIRST_UDID, library, PHOTO);
        require(
                report.traffic().proofs().getOrDefault(Proof.PERHAPS_DAMAGED, 0) == 1,
                report.traffic().proofs().toString());
        require(report.did().healed().isEmpty(), "nothing healed");
    }

    /** The sample finds a film with other content beside a photo that seemed to be known. */
    private void contradictionThatTheSampleMet() throws IOException {
        first(FingerprintedRoll.of(SPEC));
        SimulatedLibrary library = second(MORE, prints -> {});
        String shot = screenshot(library.manifest().keySet());
        BackupResult report =
                run(SECOND_UDID, library, true, simulated -> simulated.faults().rot(shot, 9_000, 2));
        requireHeld(SECOND_UDID, library, shot);
        require(
                report.traffic().knownByFingerprint() == 0,
                "a library that was wrong is believed: " + report.traffic().proofs());
    }
}
