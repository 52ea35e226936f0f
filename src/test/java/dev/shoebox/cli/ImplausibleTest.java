package dev.shoebox.cli;

import dev.shoebox.library.PhotosDatabase;
import dev.shoebox.library.PhotosDatabase.Ios;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A file that cannot be the photo it claims to be is stored and never called safe. */
class ImplausibleTest {
    private static final int BYTES = 70_000;
    private static final String DCIM = "DCIM/100APPLE/";

    @TempDir
    private Path home;

    private Shell shell;
    private Path card;
    private Path backup;

    @BeforeEach
    void fill() throws IOException {
        shell = new Shell(home);
        backup = home.resolve("backup");
        card = Files.createDirectories(home.resolve("card"));
        photo("IMG_0001.JPG");
    }

    private void photo(String name) throws IOException {
        Files.write(card.resolve(name), Pictures.jpeg(name));
    }

    private void blank(String name, int size, int value) throws IOException {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        Files.write(card.resolve(name), bytes);
    }

    private int backUp() {
        return shell.shoebox("backup", "--json", "--from", card, backup);
    }

    private Set<Object> implausible() throws IOException {
        Set<Object> found = new HashSet<>();
        shell.events("implausible").forEach(event -> found.add(event.get("path") + " " + event.get("reason")));
        return found;
    }

    private Set<Object> safeToRemove() throws IOException {
        assertEquals(0, shell.shoebox("verify", backup), shell::err);
        assertEquals(0, shell.shoebox("safe-to-remove", "--json", "--from", card, backup), shell::err);
        Set<Object> safe = new HashSet<>();
        shell.events("safe").forEach(event -> safe.add(event.get("path")));
        return safe;
    }

    private List<Path> stored() throws IOException {
        try (var all = Files.walk(backup)) {
            return all.filter(file -> Files.isRegularFile(file)
                            && !file.startsWith(backup.resolve(".shoebox"))
                            && !file.endsWith("SHA256SUMS"))
                    .toList();
        }
    }

    @Test
    void anUnfilledFileIsNotAPhoto() throws IOException {
        blank("IMG_0002.HEIC", 0, 0);
        blank("IMG_0003.MOV", 0, 0);
        blank("IMG_0004.HEIC", 0, 0);
        blank("IMG_0005.HEIC", BYTES, 0);
        blank("IMG_0006.HEIC", BYTES, 0);
        blank("IMG_0007.PNG", 9, 0xff);

        assertEquals(3, backUp(), shell::err);
        Set<Object> all = Set.of(
                "IMG_0002.HEIC empty",
                "IMG_0003.MOV empty",
                "IMG_0004.HEIC empty",
                "IMG_0005.HEIC uniform",
                "IMG_0006.HEIC uniform",
                "IMG_0007.PNG uniform");
        assertEquals(all, implausible());
        assertEquals(0, shell.events("summary").get(0).get("duplicates"), "no two of them are the same photo");
        assertEquals(7, stored().size(), () -> shell.err());
        assertTrue(shell.err().contains("1 of 7 photos and videos are safe"), shell.err());

        assertEquals(3, backUp(), shell::err);
        assertEquals(all, implausible(), "a later run does not forget");
        assertEquals(7, stored().size());
        assertEquals(Set.of("IMG_0001.JPG"), safeToRemove());

        assertEquals(0, shell.shoebox("rebuild", backup), shell::err);
        assertEquals(3, backUp(), shell::err);
        assertEquals(all, implausible(), "the journal knows");
    }

    @Test
    void manyEmptyFilesOfOneNameAllHaveAPlace() throws IOException {
        for (int folder = 100; folder < 110; folder++) {
            Path place = Files.createDirectories(card.resolve("DCIM/" + folder + "APPLE"));
            Files.createFile(place.resolve("IMG_0002.HEIC"));
            Files.setLastModifiedTime(
                    place.resolve("IMG_0002.HEIC"), FileTime.from(Instant.parse("2024-05-01T10:00:00Z")));
        }
        assertEquals(3, backUp(), shell::err);
        assertEquals(11, stored().size());
        assertEquals(10, implausible().size());
        assertEquals(3, backUp(), shell::err);
        assertEquals(11, stored().size());
    }

    @Test
    void onlyAHeaderIsNoPhoto() throws IOException {
        byte[] jpeg = Pictures.jpeg("whole");
        Files.write(card.resolve("IMG_0002.JPG"), Arrays.copyOf(jpeg, 20));
        Files.write(card.resolve("IMG_0003.JPG"), Arrays.copyOf(jpeg, jpeg.length - 10));
        Files.write(card.resolve("IMG_0004.PNG"), Arrays.copyOf(Pictures.png("whole"), 40));
        Files.write(card.resolve("IMG_0005.MOV"), Pictures.box("ftyp", "qt  \0\0\0\0"));
        Files.write(card.resolve("IMG_0006.MOV"), Arrays.copyOf(Pictures.film("whole"), 60));
        Files.write(card.resolve("IMG_0007.MOV"), Pictures.film("whole"));
        Files.write(card.resolve("IMG_0008.PNG"), Pictures.png("whole"));

        assertEquals(3, backUp(), shell::err);
        assertEquals(
                Set.of(
                        "IMG_0002.JPG truncated",
                        "IMG_0003.JPG truncated",
                        "IMG_0004.PNG truncated",
                        "IMG_0005.MOV truncated",
                        "IMG_0006.MOV truncated"),
                implausible());
        assertEquals(Set.of("IMG_0001.JPG", "IMG_0007.MOV", "IMG_0008.PNG"), safeToRemove());
    }

    @Test
    void aFileThatBecameWholeIsSafeAndTheBrokenOneStays() throws IOException {
        blank("IMG_0002.JPG", 0, 0);
        assertEquals(3, backUp(), shell::err);
        photo("IMG_0002.JPG");
        assertEquals(0, backUp(), shell::err);
        assertEquals(3, stored().size(), "nothing is replaced");
        assertEquals(Set.of("IMG_0001.JPG", "IMG_0002.JPG"), safeToRemove());
        assertEquals(0, shell.shoebox("status", "--json", backup), shell::err);
        assertEquals(0, shell.events("source").get(0).get("implausible"));
    }

    @Test
    void theSizeInTheLibraryOfThePhoneCounts() throws Exception {
        Path phone = Files.createDirectories(home.resolve("phone"));
        Files.createDirectories(phone.resolve(DCIM));
        Files.write(phone.resolve(DCIM + "IMG_0001.JPG"), Pictures.jpeg("1"));
        Files.write(phone.resolve(DCIM + "IMG_0002.JPG"), Pictures.jpeg("2"));
        long size = Files.size(phone.resolve(DCIM + "IMG_0002.JPG"));
        library(phone, size + 1);
        card = phone;

        assertEquals(3, backUp(), shell::err);
        assertEquals(Set.of(DCIM + "IMG_0002.JPG truncated"), implausible());
        assertEquals(3, backUp(), shell::err);
        assertEquals(Set.of(DCIM + "IMG_0001.JPG"), safeToRemove());

        library(phone, size);
        assertEquals(0, backUp(), shell::err);
        assertEquals(Set.of(DCIM + "IMG_0001.JPG", DCIM + "IMG_0002.JPG"), safeToRemove());

        library(phone, size + 1);
        assertEquals(3, backUp(), shell::err);
        assertEquals(Set.of(DCIM + "IMG_0002.JPG truncated"), implausible(), "what is known already is compared, too");
    }

    private static void library(Path phone, long bytes) throws Exception {
        Files.deleteIfExists(phone.resolve("PhotoData/Photos.sqlite"));
        try (PhotosDatabase database = PhotosDatabase.create(phone, Ios.IOS_18)) {
            database.add(
                    PhotosDatabase.asset(DCIM + "IMG_0001.JPG"),
                    PhotosDatabase.asset(DCIM + "IMG_0002.JPG").resource(1, 1, 0, bytes));
        }
    }

    /** Version 1 of the catalogue, and a journal without results of content checks. */
    private void asAnEarlierVersionMadeIt() throws IOException, SQLException {
        Path records = backup.resolve(".shoebox");
        Path journal = records.resolve("journal.ndjson");
        Files.writeString(
                journal, Files.readString(journal).replaceAll(",\"(plausibility|fingerprint|proof)\":\"[^\"]+\"", ""));
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + records.resolve("catalogue.sqlite"));
                var statement = database.createStatement()) {
            statement.execute("DROP INDEX files_implausible");
            statement.execute("ALTER TABLE files DROP COLUMN plausibility");
            statement.execute("DROP INDEX files_by_fingerprint");
            statement.execute("ALTER TABLE files DROP COLUMN fingerprint");
            statement.execute("ALTER TABLE files DROP COLUMN proof");
            statement.execute("DROP TABLE claimed");
            statement.execute("DROP TABLE forgotten_files");
            statement.execute("DROP TABLE forgotten");
            statement.execute("PRAGMA user_version = 1");
            statement.execute(
                    "UPDATE ends SET bytes = " + Files.size(journal) + " WHERE file = '.shoebox/journal.ndjson'");
        }
    }

    @Test
    void aBackupOfAnEarlierVersionIsCheckedOnce() throws Exception {
        blank("IMG_0002.HEIC", 0, 0);
        blank("IMG_0005.HEIC", BYTES, 0);
        assertEquals(3, backUp(), shell::err);
        assertEquals(0, shell.shoebox("verify", backup), shell::err);
        asAnEarlierVersionMadeIt();

        assertEquals(0, shell.shoebox("safe-to-remove", "--json", "--from", card, backup), shell::err);
        assertEquals(
                List.of("IMG_0001.JPG"),
                shell.events("safe").stream().map(event -> event.get("path")).toList());
        assertEquals(0, shell.shoebox("status", "--json", backup), shell::err);
        assertEquals(2, shell.events("source").get(0).get("implausible"));
        assertEquals(0, shell.shoebox("coverage", "--json", "--from", card, backup), shell::err);
        assertEquals(
                1,
                shell.events("asset").stream()
                        .filter(event -> Boolean.TRUE.equals(event.get("backedUp")))
                        .count());

        assertEquals(3, backUp(), shell::err);
        assertEquals(Set.of("IMG_0002.HEIC empty", "IMG_0005.HEIC uniform"), implausible());
        assertEquals(0, shell.shoebox("verify", backup), shell::err);
        assertEquals(0, shell.shoebox("status", "--json", backup), shell::err);
        assertEquals(2, shell.events("source").get(0).get("implausible"));
        String journal = Files.readString(backup.resolve(".shoebox/journal.ndjson"));
        assertEquals(
                3, journal.lines().filter(line -> line.contains("\"assessed\"")).count(), journal);
    }

    @Test
    void theReportNamesThem() throws IOException {
        blank("IMG_0002.HEIC", 0, 0);
        assertEquals(3, backUp(), shell::err);
        assertEquals(0, shell.shoebox("report", "--format", "json", backup), shell::err);
        Map<String, Object> run = shell.events("run").get(0);
        assertEquals(1, run.get("implausible"), run.toString());
        assertTrue(run.get("doubtful").toString().contains("IMG_0002.HEIC"), run.toString());
        assertEquals(0, shell.shoebox("report", backup), shell::err);
        assertTrue(shell.out().contains("IMG_0002.HEIC"), shell.out());
        assertFalse(shell.out().contains("could not be backed up"), shell.out());
    }

    @Test
    void anEmptyFileThatStaysMakesNoBackupOld() throws IOException {
        blank("IMG_0002.JPG", 0, 0);
        assertEquals(3, backUp(), shell::err);
        shell.now = shell.now.plus(Duration.ofDays(30));
        assertEquals(3, backUp(), shell::err);
        assertEquals(0, shell.shoebox("status", "--json", "--max-age", "8d", backup), shell::err);
        Map<String, Object> source = shell.events("source").get(0);
        assertEquals(1, source.get("implausible"));
        assertEquals(3, source.get("lastExitCode"));
        assertEquals(source.get("lastRun"), source.get("lastCompleteRun"));
        Path away = home.resolve("away");
        Files.move(backup, away);
        assertEquals(0, shell.shoebox("status", "--json", "--max-age", "8d", backup), shell::err);
        Files.move(away, backup);

        shell.now = shell.now.plus(Duration.ofDays(9));
        assertEquals(5, shell.shoebox("status", "--max-age", "8d", backup), shell::err);
    }

    @Test
    void aRunThatFoundNothingMakesNoBackupNew() throws IOException {
        card = Files.createDirectories(home.resolve("empty card"));
        assertEquals(3, backUp(), shell::err);
        assertEquals(5, shell.shoebox("status", "--max-age", "8d", backup), shell::err);
    }

    @Test
    void nothingIsCalledProvenBesideIt() throws IOException {
        blank("IMG_0002.JPG", 0, 0);
        assertEquals(3, backUp(), shell::err);
        assertEquals(0, shell.shoebox("status", backup), shell::err);
        assertFalse(shell.out().contains("Every photo"), shell.out());
        assertFalse(shell.out().contains("Every photo and video on"), shell.out());
        assertEquals(0, shell.shoebox("doctor", "--json", backup), shell::err);
        assertTrue(
                shell.events("check").stream()
                        .anyMatch(check ->
                                "not-safe".equals(check.get("about")) && Boolean.FALSE.equals(check.get("ok"))),
                shell.out());
    }

    @Test
    void whyShowsTheResultOfTheContentCheck() throws IOException {
        blank("IMG_0002.JPG", 0, 0);
        Files.setLastModifiedTime(card.resolve("IMG_0002.JPG"), FileTime.from(Instant.parse("2024-05-01T10:00:00Z")));
        assertEquals(3, backUp(), shell::err);
        assertEquals(0, shell.shoebox("why", "--json", backup.resolve("2024/05/IMG_0002.JPG")), shell::err);
        assertEquals("empty", shell.events("why").get(0).get("plausibility"));
        Path whole = stored().stream()
                .filter(file -> file.endsWith("IMG_0001.JPG"))
                .findFirst()
                .orElseThrow();
        assertEquals(0, shell.shoebox("why", "--json", whole), shell::err);
        assertEquals("plausible", shell.events("why").get(0).get("plausibility"));
    }

    @Test
    void theDryRunNamesFilesThatWouldNotBeSafe() throws IOException {
        blank("IMG_0002.JPG", 0, 0);
        assertEquals(3, shell.shoebox("backup", "-n", "--json", "--from", card, backup), shell::err);
        assertEquals(Set.of("IMG_0002.JPG empty"), implausible());
        assertEquals(1, shell.events("summary").get(0).get("implausible"));
        assertEquals(3, backUp(), shell::err);
        assertEquals(3, shell.shoebox("backup", "-n", "--json", "--from", card, backup), shell::err);
        assertEquals(Set.of("IMG_0002.JPG empty"), implausible());
    }
}
