package dev.shoebox.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The records of runs, and the commands that show them. */
class HistoryTest {
    @TempDir
    private Path folder;

    private Shell shell;
    private Path backup;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
        backup = folder.resolve("backup");
    }

    private static long files(Path folder) throws IOException {
        try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            return files.count();
        }
    }

    private void tooLarge(Path video) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(video.toFile(), "rw")) {
            file.setLength(1L << 42);
        }
    }

    @Test
    void everyRunLeavesItsRecordInTheBackupAndOnTheComputer() throws IOException {
        Path card = shell.card("card", "IMG_0001.JPG", "IMG_0002.JPG");
        assertEquals(0, shell.shoebox("backup", "--from", card, backup), shell.err());
        shell.now = shell.now.plus(Duration.ofDays(7));
        tooLarge(card.resolve("IMG_0003.MOV"));
        assertEquals(13, shell.shoebox("backup", "--from", card, backup));

        assertEquals(0, shell.shoebox("history", "--json", backup), shell.err());
        List<Map<String, Object>> runs = shell.json();
        assertEquals(2, runs.size());
        Map<String, Object> last = runs.get(0);
        assertEquals("run", last.get("event"));
        assertEquals(13, last.get("exitCode"));
        assertEquals("2026-03-08T12:00:00Z", last.get("started"));
        assertEquals("IMG_0003.MOV", ((Map<?, ?>) ((List<?>) last.get("failures")).get(0)).get("path"));
        assertEquals("no-space", ((Map<?, ?>) ((List<?>) last.get("failures")).get(0)).get("reason"));
        assertEquals(2, runs.get(1).get("copied"));
        assertEquals(2, files(backup.resolve(".shoebox/runs")));
        assertEquals(2, files(folder.resolve("state/shoebox/runs")));

        shell.shoebox("history", "--json");
        assertEquals(runs, shell.json());
        shell.shoebox("history", backup);
        assertTrue(shell.out().contains("card: 2 photos and videos on card are safe. 2 new files"), shell.out());
        assertTrue(shell.out().contains("(exit code 13)"), shell.out());
    }

    @Test
    void aDryRunLeavesNoneAndNeitherDoesAMistypedOne() throws IOException {
        Path card = shell.card("card", "IMG_0001.JPG");
        assertEquals(0, shell.shoebox("backup", "-n", "--from", card, backup), shell.err());
        assertEquals(2, shell.shoebox("backup", "--from", card, card.resolve("in")), shell.err());

        assertEquals(0, files(folder.resolve("state/shoebox/runs")));
    }

    @Test
    void theRecordsOfABackupAreVisibleOnAnotherComputer() throws IOException {
        assertEquals(0, shell.shoebox("backup", "--from", shell.card("card", "IMG_0001.JPG"), backup));

        Shell other = new Shell(folder.resolve("other"));
        assertEquals(0, other.shoebox("history", "--json", backup), other.err());
        assertEquals(1, other.json().size());
        other.shoebox("history");
        assertTrue(other.out().contains("No run is recorded on this computer yet."), other.out());
    }

    @Test
    void aRunWithoutItsRecordIsShownFromTheJournal() throws IOException {
        assertEquals(0, shell.shoebox("backup", "--from", shell.card("card", "IMG_0001.JPG"), backup));
        for (Path runs : List.of(backup.resolve(".shoebox/runs"), folder.resolve("state/shoebox/runs"))) {
            try (Stream<Path> records = Files.list(runs)) {
                for (Path record : records.toList()) {
                    Files.delete(record);
                }
            }
        }
        assertEquals(0, shell.shoebox("history", "--json", backup), shell.err());
        assertEquals(1, shell.json().get(0).get("copied"));
        assertEquals(0, shell.json().get(0).get("exitCode"));
    }

    @Test
    void theHistoryOfAnAbsentDriveIsThatOfThisComputer() throws IOException {
        assertEquals(0, shell.shoebox("backup", "--from", shell.card("card", "IMG_0001.JPG"), backup));
        Files.move(backup, folder.resolve("unplugged"));

        shell.now = shell.now.plus(Duration.ofDays(1));
        assertEquals(75, shell.shoebox("backup", "--require-existing", "--from", folder.resolve("card"), backup));
        assertEquals(0, shell.shoebox("history", "--json", backup), shell.err());
        assertEquals(
                List.of(75, 0),
                shell.json().stream().map(run -> run.get("exitCode")).toList());
        assertTrue(((String) shell.json().get(0).get("message")).contains("plug the drive in"));
        assertFalse(Files.exists(backup));
    }

    @Test
    void oneDeviceIsDistinguishedFromOthers() throws IOException {
        shell.shoebox("backup", "--from", shell.card("card", "IMG_0001.JPG"), backup);
        shell.shoebox("backup", "--from", shell.card("other", "IMG_0002.JPG"), backup);

        assertEquals(0, shell.shoebox("history", "--json", "--device", "other", backup), shell.err());
        assertEquals(1, shell.json().size());
        assertEquals("other", ((Map<?, ?>) shell.json().get(0).get("source")).get("name"));
    }

    @Test
    void aVerificationThatFindsDamageIsRememberedByName() throws IOException {
        assertEquals(0, shell.shoebox("backup", "--from", shell.card("card", "IMG_0001.JPG"), backup));
        Path photo;
        try (Stream<Path> all = Files.walk(backup)) {
            photo = all.filter(path -> path.toString().endsWith("IMG_0001.JPG"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.writeString(photo, "not what was copied");
        shell.now = shell.now.plus(Duration.ofDays(1));
        assertEquals(4, shell.shoebox("verify", backup));

        shell.shoebox("history", "--json", backup);
        Map<String, Object> run = shell.json().get(0);
        assertEquals("verify", run.get("kind"));
        assertEquals(1, run.get("damaged"));
        assertEquals("altered", ((Map<?, ?>) ((List<?>) run.get("failures")).get(0)).get("reason"));
    }

    @Test
    void aComputerThatCannotRememberBacksUpAllTheSame() throws IOException {
        Files.writeString(folder.resolve("state"), "a file where a folder should be");

        assertEquals(0, shell.shoebox("backup", "--from", shell.card("card", "IMG_0001.JPG"), backup));
        assertTrue(shell.err().contains("not be recorded on this computer"), shell.err());
        assertEquals(1, files(backup.resolve(".shoebox/runs")));
    }

    @Test
    void idleRunsDoNotPushOutOthers() throws IOException {
        assertEquals(0, shell.shoebox("backup", "--from", shell.card("card", "IMG_0001.JPG"), backup));
        for (int hour = 1; hour <= 103; hour++) {
            shell.now = shell.now.plus(Duration.ofHours(1));
            assertEquals(75, shell.shoebox("backup", "--from", folder.resolve("no-card"), backup));
        }
        shell.shoebox("history", "--json");
        assertEquals(101, shell.json().size());
        assertEquals(0, shell.json().get(100).get("exitCode"));
    }

    @Test
    void aReportIsAPageByDefaultAndReplacesOnlyReports() throws IOException {
        assertEquals(0, shell.shoebox("backup", "--from", shell.card("card", "IMG_0001.JPG"), backup));
        Path page = folder.resolve("last.html");

        assertEquals(0, shell.shoebox("report", "-o", page), shell.err());
        assertTrue(Files.readString(page).contains("<h1>The one photo or video on card is safe.</h1>"));
        assertEquals(0, shell.shoebox("report", "-o", page, "--dest", backup), shell.err());
        assertEquals(0, shell.shoebox("report", "--format", "json", "-o", page), shell.err());
        assertTrue(Files.readString(page).startsWith("{\"event\":\"run\""));
        assertEquals(0, shell.shoebox("report", "-o", page), shell.err());

        Path photo = Files.writeString(folder.resolve("photo.jpg"), "precious");
        assertEquals(2, shell.shoebox("report", "-o", photo));
        assertEquals("precious", Files.readString(photo));
    }

    @Test
    void aRunIsFoundByTheBeginningOfItsName() throws IOException {
        assertEquals(2, shell.shoebox("report"));
        assertEquals(0, shell.shoebox("backup", "--from", shell.card("card", "IMG_0001.JPG"), backup));
        shell.now = shell.now.plus(Duration.ofDays(1));
        assertEquals(0, shell.shoebox("backup", "--from", folder.resolve("card"), backup));

        assertEquals(0, shell.shoebox("report", "--format", "json", "20260301T"), shell.err());
        assertEquals(1, shell.json().get(0).get("copied"));
        assertEquals(2, shell.shoebox("report", "202603"));
        assertTrue(shell.err().contains("More than one run"), shell.err());
        assertEquals(2, shell.shoebox("report", "2025"));
        assertTrue(shell.err().contains("No run '2025'"), shell.err());
    }

    @Test
    void aReportIsJsonWhereJsonIsAskedFor() throws IOException {
        assertEquals(0, shell.shoebox("backup", "--from", shell.card("card", "IMG_0001.JPG"), backup));
        assertEquals(0, shell.shoebox("report", "--json"), shell.err());
        assertEquals(1, shell.events("run").size());
        assertEquals(1, shell.json().size());

        Path page = folder.resolve("last.html");
        assertEquals(0, shell.shoebox("report", "--json", "-o", page), shell.err());
        assertEquals(1, shell.events("run").size());
        assertTrue(Files.readString(page).startsWith("<!doctype html>"));
        Path json = folder.resolve("last.json");
        assertEquals(0, shell.shoebox("report", "--json", "-o", json), shell.err());
        assertEquals(shell.out(), Files.readString(json));

        assertEquals(2, shell.shoebox("report", "--json", "--format", "html"));
        assertEquals(
                List.of("error"),
                shell.json().stream().map(event -> event.get("event")).toList());
    }

    @Test
    void aReportThatCannotBeWrittenIsAWrongPathAndNoLostPhone() throws IOException {
        assertEquals(0, shell.shoebox("backup", "--from", shell.card("card", "IMG_0001.JPG"), backup));
        assertEquals(2, shell.shoebox("report", "-o", folder.resolve("nope/x.html")));
        assertEquals(2, shell.shoebox("report", "-o", folder));
        assertEquals(2, shell.shoebox("report", "-o", folder.resolve("card/IMG_0001.JPG/x.html")));
    }

    @Test
    void aRecordThatCannotBeReadIsNamedAndHidesNoOther() throws IOException {
        assertEquals(0, shell.shoebox("backup", "--from", shell.card("card", "IMG_0001.JPG"), backup));
        for (Path runs : List.of(backup.resolve(".shoebox/runs"), folder.resolve("state/shoebox/runs"))) {
            Files.createDirectory(runs.resolve("20260301T130000Z-0a1b2c3d-0.json"));
            Files.write(runs.resolve("20260301T140000Z-0a1b2c3d-0.json"), new byte[] {'{', (byte) 0xff});
            Files.createSymbolicLink(runs.resolve("20260301T150000Z-0a1b2c3d-0.json"), Path.of("/nowhere"));
        }
        for (Object[] words : new Object[][] {
            {"history"},
            {"history", backup},
            {"report"},
            {"report", "--dest", backup},
            {"doctor"},
            {"doctor", backup},
            {"status", "--max-age", "8d", backup}
        }) {
            assertEquals(0, shell.shoebox(words), List.of(words) + shell.err());
            assertTrue(shell.err().contains("3 run records"), List.of(words) + shell.err());
            assertTrue(shell.err().contains("20260301T150000Z-0a1b2c3d-0.json"), shell.err());
        }
        assertEquals(0, shell.shoebox("history", "--json", backup), shell.err());
        assertEquals(1, shell.json().size());

        Files.move(folder.resolve("state/shoebox/runs"), folder.resolve("state/shoebox/away"));
        Files.writeString(folder.resolve("state/shoebox/runs"), "no folder");
        assertEquals(0, shell.shoebox("history"), shell.err());
        assertEquals(0, shell.shoebox("doctor"), shell.err());
        assertEquals(0, shell.shoebox("backup", "--from", folder.resolve("card"), backup), shell.err());
    }

    @Test
    void aScheduledBackupWorksWithoutAStateFolder() throws IOException {
        Path card = shell.card("card", "IMG_0001.JPG");
        assertEquals(0, shell.shoebox("backup", "--from", card, backup), shell.err());
        shell.environment.put("XDG_STATE_HOME", "/dev/null/state");
        assertEquals(0, shell.shoebox("backup", "--scheduled", "--from", card, backup), shell.err());
        assertTrue(shell.err().contains("not be recorded on this computer"), shell.err());
    }
}
