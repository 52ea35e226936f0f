package dev.shoebox.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.RecordedRun;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.RunEnding;
import dev.shoebox.photos.source.SourceId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The age of the last good backup. */
class StatusTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private Shell shell;

    @TempDir
    private Path folder;

    private Path backup;

    @BeforeEach
    void backUp() throws IOException {
        shell = Shell.plain(folder).at(START);
        backup = folder.resolve("backup");
        Path card = Files.createDirectories(folder.resolve("card"));
        Files.writeString(card.resolve("IMG_0001.JPG"), "a photo");
        assertEquals(0, shoebox("backup", "--from", card, backup), shell.err());
    }

    /** No disk has room for this size; the file itself occupies none. */
    private static void tooLarge(Path video) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(video.toFile(), "rw")) {
            file.setLength(1L << 42);
        }
    }

    private int shoebox(Object... arguments) {
        return shell.shoebox(arguments);
    }

    private Map<String, Object> lastLine() throws IOException {
        List<String> lines = shell.out().lines().toList();
        return JSON.std.mapFrom(lines.get(lines.size() - 1));
    }

    @Test
    void aBackupOfTheseDaysIsGoodAndOneOfLongAgoIsFive() throws IOException {
        shell.now = START.plus(Duration.ofDays(7));
        assertEquals(0, shoebox("status", "--max-age", "8d", backup), shell.err());
        shell.now = START.plus(Duration.ofDays(9));
        assertEquals(5, shoebox("status", "--max-age", "8d", backup));
        assertTrue(shell.err().contains("is 9 days old; the limit is 8 days"), shell.err());

        assertEquals(5, shoebox("status", "--json", "--max-age", "8d", backup));
        assertEquals("age", lastLine().get("event"));
        assertEquals(true, lastLine().get("tooOld"));
        assertEquals(START.toString(), lastLine().get("lastCompleteRun"));
        assertEquals(9 * 86400, lastLine().get("ageSeconds"));
        assertEquals(8 * 86400, lastLine().get("maxAgeSeconds"));
    }

    @Test
    void aRunThatFailedDoesNotCountAsABackup() throws IOException {
        shell.now = START.plus(Duration.ofDays(9));
        tooLarge(folder.resolve("card/IMG_0002.MOV"));
        assertEquals(13, shoebox("backup", "--from", folder.resolve("card"), backup), shell.err());

        assertEquals(5, shoebox("status", "--max-age", "8d", backup));
    }

    @Test
    void aBackupThatWasNeverCompletedIsTooOld() throws IOException {
        Path empty = folder.resolve("empty");
        Path card = Files.createDirectories(folder.resolve("broken"));
        tooLarge(card.resolve("IMG_0002.MOV"));
        assertEquals(13, shoebox("backup", "--from", card, empty), shell.err());

        assertEquals(5, shoebox("status", "--json", "--max-age", "8d", empty), shell.err());
        assertFalse(lastLine().containsKey("lastCompleteRun"));
        assertTrue(shell.err().contains("no complete backup yet"), shell.err());
    }

    @Test
    void aBackupFromTheFutureIsNotGoodForEver() {
        shell.now = START.minus(Duration.ofDays(300));

        assertEquals(5, shoebox("status", "--max-age", "8d", backup));
        assertTrue(shell.err().contains("check the clock"), shell.err());
    }

    @Test
    void anotherPhoneIsNotAGoodBackupOfThisOne() {
        assertEquals(0, shoebox("status", "--max-age", "8d", "--device", "card", backup), shell.err());
        assertEquals(5, shoebox("status", "--max-age", "8d", "--device", "Ada's iPhone", backup));
        assertTrue(shell.err().contains("no complete backup of Ada's iPhone"), shell.err());
    }

    @Test
    void aDriveAwayForLongIsReportedFromTheRecordsOfThisComputer() throws IOException {
        Files.move(backup, folder.resolve("unplugged"));
        shell.now = START.plus(Duration.ofDays(7));
        assertEquals(0, shoebox("status", "--max-age", "8d", backup), shell.err());
        shell.now = START.plus(Duration.ofDays(9));
        assertEquals(5, shoebox("status", "--max-age", "8d", backup));
        assertEquals(75, shoebox("status", backup));
    }

    @Test
    void aFolderThatIsNotThereIsNothingToJudge() {
        assertEquals(75, shoebox("status", "--max-age", "8d", folder.resolve("unplugged")));
    }

    private static final SourceId ANNA =
            new SourceId(SourceId.Kind.PHONE, "00008101-00000000000000AA", "Anna's iPhone");
    private static final SourceId BEN = new SourceId(SourceId.Kind.PHONE, "00008101-00000000000000BB", "Ben's iPhone");

    /** A complete backup of a phone that ended at this time. */
    private void complete(SourceId phone, Instant ended) throws IOException {
        try (Destination opened = Destination.open(backup, OpenMode.REQUIRE_EXISTING, () -> shell.now, line -> {})) {
            opened.runs()
                    .record(
                            RecordedRun.of(phone, ended, ended, RunEnding.DONE, RecordedRun.copied(1, 1)),
                            ZoneId.of("UTC"));
        }
    }

    private void configure(String... lines) throws IOException {
        Path file = Files.createDirectories(folder.resolve(".config/shoebox")).resolve("config.toml");
        Files.write(file, List.of(lines));
    }

    @Test
    void everyPhoneIsJudgedAndNotTheNewestOfAll() throws IOException {
        complete(ANNA, START);
        complete(BEN, START.plus(Duration.ofDays(8)));
        shell.now = START.plus(Duration.ofDays(9));

        assertEquals(5, shoebox("status", "--json", "--max-age", "8d", backup), shell.err());
        List<Map<String, Object>> ages = ages();
        assertEquals(
                List.of("Ben's iPhone", "Anna's iPhone"),
                ages.stream().map(age -> age.get("name")).toList());
        assertEquals(
                List.of(false, true),
                ages.stream().map(age -> age.get("tooOld")).toList());
        assertEquals(ages.get(1), lastLine());
        assertEquals(0, shoebox("status", "--max-age", "8d", "--device", "Ben's iPhone", backup), shell.err());
        complete(ANNA, START.plus(Duration.ofDays(9)));
        assertEquals(0, shoebox("status", "--max-age", "8d", backup), shell.err());
    }

    @Test
    void aPhoneThatIsConfiguredAndWasNeverBackedUpIsMissed() throws IOException {
        complete(ANNA, START);
        configure(
                "[destination.disk]",
                "path = '" + backup + "'",
                "[destination.other]",
                "path = '" + folder.resolve("other") + "'",
                "[phone.anna]",
                "udid = '" + ANNA.id() + "'",
                "destination = 'disk'",
                "[phone.clara]",
                "name = \"Clara's iPhone\"",
                "destination = 'other'");
        assertEquals(0, shoebox("status", "--max-age", "8d", backup), shell.err());
        configure(
                "[destination.disk]",
                "path = '" + backup + "'",
                "[phone.anna]",
                "udid = '" + ANNA.id() + "'",
                "[phone.ben]",
                "name = \"Ben's iPhone\"");
        assertEquals(5, shoebox("status", "--json", "--max-age", "8d", backup), shell.err());
        assertEquals("Ben's iPhone", lastLine().get("name"));
        assertFalse(lastLine().containsKey("lastCompleteRun"));
        Files.move(backup, folder.resolve("unplugged"));
        assertEquals(5, shoebox("status", "--max-age", "8d", backup), shell.err());
    }

    private List<Map<String, Object>> ages() throws IOException {
        List<Map<String, Object>> ages = new ArrayList<>();
        for (String line : shell.out().lines().toList()) {
            Map<String, Object> event = JSON.std.mapFrom(line);
            if ("age".equals(event.get("event"))) {
                ages.add(event);
            }
        }
        return ages;
    }

    @Test
    void quietPrintsNothingAboutAGoodBackup() throws IOException {
        assertEquals(0, shoebox("status", "-q", "--max-age", "8d", backup));
        assertEquals("", shell.out() + shell.err());
        shell.now = START.plus(Duration.ofDays(9));
        assertEquals(5, shoebox("status", "-q", "--max-age", "8d", backup));
        assertEquals(1, shell.err().lines().count(), shell.err());
        assertEquals("", shell.out());
    }

    @Test
    void aClockThatWasWrongOnceDoesNotCountForEver() throws IOException {
        shell.now = START.plus(Duration.ofDays(3650));
        assertEquals(0, shoebox("backup", "--from", folder.resolve("card"), backup), shell.err());
        shell.now = START.plus(Duration.ofDays(1));
        assertEquals(5, shoebox("status", "--max-age", "8d", backup), "nobody knows when that was");
        assertEquals(0, shoebox("backup", "--from", folder.resolve("card"), backup), shell.err());
        shell.now = START.plus(Duration.ofDays(2));
        assertEquals(0, shoebox("status", "--json", "--max-age", "8d", backup), shell.err());
        assertEquals(START.plus(Duration.ofDays(1)).toString(), lastLine().get("lastCompleteRun"));
        Files.move(backup, folder.resolve("unplugged"));
        assertEquals(0, shoebox("status", "--max-age", "8d", backup), shell.err());
        shell.now = START.plus(Duration.ofDays(10));
        assertEquals(5, shoebox("status", "--max-age", "8d", backup), shell.err());
    }
}
