package dev.shoebox.cli.backup;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.shoebox.TransportUnderTest;
import dev.shoebox.cli.Shell;
import dev.shoebox.simulator.cloud.FingerprintedRoll;
import dev.shoebox.simulator.library.GeneratedLibrary;
import dev.shoebox.simulator.library.GeneratedLibrary.Part;
import dev.shoebox.simulator.library.SimulatedLibrary;
import dev.shoebox.simulator.phone.FileHashing;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The output for people and programs says how files were proven, and later commands act on it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag(TransportUnderTest.TAG)
class ProvenBackupTest {
    private static final GeneratedLibrary SPEC =
            GeneratedLibrary.empty(5).with(Part.PHOTO, 60, 20_001, 25_536).with(Part.VIDEO, 1, 90_000);
    private static final String FIFTH = "DCIM/100APPLE/IMG_0005.JPG";

    @TempDir
    private Path home;

    private SimulatedUsb usb;

    @BeforeEach
    void open(@TempDir Path sockets) throws IOException {
        usb = SimulatedUsb.start("UNIX:" + sockets.resolve("mux"));
        Shell.connectTo(usb.address());
    }

    @AfterEach
    void close() {
        usb.close();
    }

    private SimulatedPhone plug(String udid, SimulatedLibrary library) {
        SimulatedPhone phone = new SimulatedPhone(PhoneSettings.of(library)
                .withPaired(true)
                .withUdid(udid)
                .with(new PhoneSettings.Encryption(false, false)));
        usb.plug(phone);
        return phone;
    }

    private SimulatedPhone first() throws IOException {
        return plug("00008120-00000000000000A1", FingerprintedRoll.of(SPEC));
    }

    private SimulatedPhone second() throws IOException {
        return second(prints -> {});
    }

    private SimulatedPhone second(Consumer<Map<String, String>> changed) throws IOException {
        return plug(
                "00008120-00000000000000B2",
                FingerprintedRoll.onAnotherPhone(
                        SPEC, stem -> stem.replace("100APPLE/IMG", "137APPLE/IMG"), Duration.ofDays(9), changed));
    }

    private Shell.Ended shoebox(Object... arguments) {
        return Shell.once(home, arguments);
    }

    private static List<Map<String, Object>> events(Shell.Ended run) {
        return run.words()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> {
                    try {
                        return JSON.std.mapFrom(line);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private static Map<String, Object> summary(Shell.Ended run) {
        List<Map<String, Object>> events = events(run);
        return events.get(events.size() - 1);
    }

    private static Set<Object> paths(Shell.Ended run, String event) {
        return events(run).stream()
                .filter(each -> each.get("event").equals(event))
                .map(each -> each.get("path"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Path backup() {
        return home.resolve("backup");
    }

    @Test
    void theSummarySaysHowFilesWereChecked() throws IOException {
        first();
        Map<String, Object> summary = summary(shoebox("backup", "--json", backup()));
        assertEquals(61, ((Map<?, ?>) summary.get("proofs")).get("fingerprint"), summary.toString());
        assertEquals(0, summary.get("knownByFingerprint"));
        assertEquals(0, summary.get("healed"));
    }

    @Test
    void theRunAndStatusShowHowMuchCouldBeDeletedAndAgreeWithTheList() throws IOException {
        SimulatedPhone phone = first();
        phone.faults().rot(FIFTH, 7_000, 4);
        assertEquals(0, summary(shoebox("backup", "--json", backup())).get("removable"), "nothing was read again");
        assertEquals(0, shoebox("verify", backup()).code());
        Shell.Ended list = shoebox("safe-to-remove", "--json", backup());
        Map<String, Object> again = summary(shoebox("backup", "--json", backup()));
        Map<String, Object> status = events(shoebox("status", "--json", backup())).stream()
                .filter(event -> event.get("event").equals("connected"))
                .findFirst()
                .orElseThrow();
        for (Map<String, Object> told : List.of(again, status)) {
            assertEquals(paths(list, "safe").size(), told.get("removable"));
            assertEquals(summary(list).get("bytes"), told.get("removableBytes"));
        }
    }

    @Test
    void perhapsDamagedFilesAreNamedAndNotOfferedForRemoval() throws IOException {
        SimulatedPhone phone = first();
        phone.faults().rot(FIFTH, 7_000, 4);
        Shell.Ended run = shoebox("backup", "--json", backup());
        assertEquals(1, ((Map<?, ?>) summary(run).get("proofs")).get("perhapsDamaged"), run.words());
        assertTrue(run.words().contains("perhaps-damaged"), run.words());
        assertEquals(0, shoebox("verify", backup()).code());
        Set<Object> safe = paths(shoebox("safe-to-remove", "--json", backup()), "safe");
        assertEquals(60, safe.size(), safe.toString());
        assertFalse(safe.contains(FIFTH));
        Shell.Ended again = shoebox("backup", "--json", backup());
        assertEquals(notSafe(run), notSafe(again));
        assertEquals(1, notSafe(again).size(), again.words());
    }

    /** The copies are proven for another phone, so only the library of this one shows the doubt. */
    @Test
    void filesThatTheirLibraryContradictsAreNamedInEveryRunAndNotOfferedForRemoval() throws IOException {
        SimulatedPhone phone = first();
        assertEquals(0, shoebox("backup", backup()).code());
        usb.unplug(phone);
        Set<Object> swapped = new TreeSet<>();
        // Not the first ones: a library whose first ten claims are all wrong is not believed.
        second(prints -> swapped.addAll(swap(prints, 20, 40)));
        assertEquals(20, swapped.size());
        Shell.Ended run = shoebox("backup", "--json", backup());
        assertEquals(20, ((Map<?, ?>) summary(run).get("proofs")).get("perhapsDamaged"), run.words());
        assertEquals(swapped, contradicted(run));
        assertEquals(0, shoebox("verify", backup()).code());
        Shell.Ended list = shoebox("safe-to-remove", "--json", backup());
        Set<Object> safe = paths(list, "safe");
        assertEquals(41, safe.size(), list.words());
        assertTrue(swapped.stream().noneMatch(safe::contains), list.words());
        for (int times = 0; times < 2; times++) {
            Shell.Ended again = shoebox("backup", "--json", backup());
            assertEquals(swapped, contradicted(again), again.words());
            assertEquals(41, summary(again).get("removable"), again.words());
        }
        Map<String, Object> status = events(shoebox("status", "--json", backup())).stream()
                .filter(event -> event.get("event").equals("connected"))
                .findFirst()
                .orElseThrow();
        assertEquals(41, status.get("removable"), status.toString());
        assertEquals(
                Set.of(),
                contradicted(shoebox("backup", "--json", "--fingerprints", "off", backup())),
                "without fingerprints, there is nothing to compare");
    }

    /** All copies were verified for another phone, so this run records files as removable that it stores itself. */
    @Test
    void filesThatTheirLibraryContradictsAreNotOfferedForRemovalByTheRunThatStoresThem() throws IOException {
        SimulatedPhone phone = first();
        assertEquals(0, shoebox("backup", backup()).code());
        assertEquals(0, shoebox("verify", backup()).code());
        usb.unplug(phone);
        second(prints -> assertEquals(20, swap(prints, 20, 40).size()));
        Object removable = summary(shoebox("backup", "--json", backup())).get("removable");
        Set<Object> safe = paths(shoebox("safe-to-remove", "--json", backup()), "safe");
        assertEquals(safe.size(), removable);
        assertFalse(safe.isEmpty());
    }

    /** If a library is right about nothing, it is its fingerprints that are wrong. */
    @Test
    void aLibraryThatIsWrongAboutEveryFileKeepsNoneFromBeingOffered() throws IOException {
        SimulatedPhone phone = first();
        assertEquals(0, shoebox("backup", backup()).code());
        usb.unplug(phone);
        second(prints -> {
            swap(prints, 0, 60);
            prints.keySet().removeIf(path -> path.endsWith(".MOV"));
        });
        assertEquals(0, shoebox("verify", backup()).code());
        Shell.Ended run = shoebox("backup", "--json", backup());
        assertEquals(61, summary(run).get("removable"), run.words());
    }

    /** Swaps the fingerprints of photos with those of others of the same size, and returns their paths. */
    private static List<String> swap(Map<String, String> prints, int from, int to) {
        // Sizes alternate between two.
        List<String> photos = prints.keySet().stream()
                .filter(path -> path.endsWith(".JPG"))
                .sorted()
                .toList()
                .subList(from, to);
        for (int number = 0; number < photos.size(); number += number % 2 == 0 ? 1 : 3) {
            String one = photos.get(number);
            String other = photos.get(number + 2);
            prints.put(other, prints.put(one, prints.get(other)));
        }
        return photos;
    }

    private static Set<Object> contradicted(Shell.Ended run) {
        return notSafe(run).stream().map(event -> event.get("path")).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Map<String, Object>> notSafe(Shell.Ended run) {
        return events(run).stream()
                .filter(event -> "perhaps-damaged".equals(event.get("reason")))
                .toList();
    }

    @Test
    void filesKnownByFingerprintAreNotOfferedForRemovalBeforeTheyAreRead() throws IOException {
        SimulatedPhone phone = first();
        assertEquals(0, shoebox("backup", backup()).code());
        usb.unplug(phone);
        second();
        Map<String, Object> summary = summary(shoebox("backup", "--json", backup()));
        int known = (Integer) summary.get("knownByFingerprint");
        assertTrue(known >= 55 && known <= 58, summary.toString());
        assertEquals(61, summary.get("duplicates"));
        Map<String, Object> record = summary(shoebox("report", "--json", "--dest", backup()));
        assertEquals(known, record.get("knownByFingerprint"), record.toString());
        assertEquals(61 - known, ((Map<?, ?>) record.get("proofs")).get("fingerprint"), record.toString());
        String page = shoebox("report", "--format", "html", "--dest", backup()).words();
        assertTrue(page.contains(known + " identified by its fingerprint, not read"), page);
        assertEquals(0, shoebox("verify", backup()).code());
        assertEquals(
                61 - known,
                paths(shoebox("safe-to-remove", "--json", backup()), "safe").size());
        Map<String, Object> checked = summary(shoebox("backup", "--json", "--fingerprints", "check", backup()));
        assertEquals(known, checked.get("duplicates"), checked.toString());
        assertEquals(
                61, paths(shoebox("safe-to-remove", "--json", backup()), "safe").size());
    }

    /** Version 2 of the catalogue, and a journal without fingerprints. */
    private void asAnEarlierVersionMadeIt() throws IOException, SQLException {
        Path records = backup().resolve(".shoebox");
        Path journal = records.resolve("journal.ndjson");
        Files.writeString(journal, Files.readString(journal).replaceAll(",\"(fingerprint|proof)\":\"[^\"]+\"", ""));
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + records.resolve("catalogue.sqlite"));
                var statement = database.createStatement()) {
            statement.execute("DROP INDEX files_by_fingerprint");
            statement.execute("ALTER TABLE files DROP COLUMN fingerprint");
            statement.execute("ALTER TABLE files DROP COLUMN proof");
            statement.execute("DROP TABLE claimed");
            statement.execute("DROP TABLE forgotten_files");
            statement.execute("DROP TABLE forgotten");
            statement.execute("PRAGMA user_version = 2");
            statement.execute(
                    "UPDATE ends SET bytes = " + Files.size(journal) + " WHERE file = '.shoebox/journal.ndjson'");
        }
    }

    @Test
    void aBackupOfAnEarlierVersionGetsItsFingerprintsFromVerify() throws Exception {
        SimulatedPhone phone = first();
        assertEquals(0, shoebox("backup", backup()).code());
        usb.unplug(phone);
        asAnEarlierVersionMadeIt();
        assertEquals(0, shoebox("verify", backup()).code());
        second();
        Map<String, Object> summary = summary(shoebox("backup", "--json", backup()));
        assertTrue((Integer) summary.get("knownByFingerprint") >= 55, summary.toString());
    }

    /** Of adopted files, only the lines of SHA256SUMS are known. */
    @Test
    void anArchiveWithOnlyChecksumsGetsItsFingerprintsFromVerify() throws Exception {
        SimulatedPhone phone = first();
        assertEquals(0, shoebox("backup", backup()).code());
        usb.unplug(phone);
        Files.delete(backup().resolve(".shoebox/journal.ndjson"));
        Files.delete(backup().resolve(".shoebox/catalogue.sqlite"));
        assertEquals(0, shoebox("rebuild", backup()).code());
        assertEquals(0, shoebox("verify", backup()).code());
        second();
        Map<String, Object> summary = summary(shoebox("backup", "--json", backup()));
        assertTrue((Integer) summary.get("knownByFingerprint") >= 55, summary.toString());
        assertEquals(61, summary.get("duplicates"), summary.toString());
    }

    @Test
    void proofsSurviveTheCatalogue() throws Exception {
        SimulatedPhone phone = first();
        assertEquals(0, shoebox("backup", backup()).code());
        usb.unplug(phone);
        second();
        int known = (Integer) summary(shoebox("backup", "--json", backup())).get("knownByFingerprint");
        assertEquals(0, shoebox("verify", backup()).code());
        assertEquals(0, shoebox("rebuild", backup()).code());
        assertEquals(0, shoebox("verify", backup()).code());
        assertEquals(
                61 - known,
                paths(shoebox("safe-to-remove", "--json", backup()), "safe").size());
        Map<String, Object> again = summary(shoebox("backup", "--json", backup()));
        assertEquals(61, again.get("alreadyBackedUp"), again.toString());
    }

    @Test
    void aDamagedCopyIsBroughtBackFromAPhoneThatHasItUnderAnotherName() throws Exception {
        SimulatedPhone phone = first();
        assertEquals(0, shoebox("backup", backup()).code());
        usb.unplug(phone);
        Path copy = backup().resolve("2023/03/IMG_0005.JPG");
        byte[] right = Files.readAllBytes(copy);
        byte[] wrong = right.clone();
        wrong[9_000] ^= 4;
        Files.write(copy, wrong);
        second();
        Shell.Ended run = shoebox("repair", backup());
        assertEquals(0, run.code(), run.words());
        assertArrayEquals(right, Files.readAllBytes(copy));
    }

    @Test
    void aBackupIsProvenAgainstAPhoneThatHashesAndNoPhotoCrossesTheCable() throws Exception {
        SimulatedPhone phone = first();
        assertEquals(0, shoebox("backup", backup()).code());
        usb.unplug(phone);
        SimulatedPhone second = second();
        second.faults().hashing().answer(FileHashing.Answer.REFUSED);
        assertEquals(0, shoebox("backup", backup()).code());
        assertEquals(3, shoebox("verify", "--phone", backup()).code(), "it does not hash");
        second.faults().hashing().answer(FileHashing.Answer.TRUE);
        long before = second.observed().bytesSent();
        Map<String, Object> summary = summary(shoebox("verify", "--phone", "--json", backup()));
        assertEquals(61, summary.get("proven"), summary.toString());
        assertEquals(0, summary.get("exitCode"), summary.toString());
        assertTrue(second.observed().bytesSent() - before < 60_000);
        assertEquals(
                61, paths(shoebox("safe-to-remove", "--json", backup()), "safe").size());
        second.faults().rot("DCIM/137APPLE/IMG_0007.JPG", 4_000, 1);
        Map<String, Object> rotten = summary(shoebox("verify", "--phone", "--json", backup()));
        assertEquals(1, rotten.get("different"), rotten.toString());
        assertEquals(3, rotten.get("exitCode"), rotten.toString());
    }
}
