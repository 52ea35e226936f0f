package dev.shoebox.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Wrong arguments are answered, nothing is created because of them, and the answer contains no Java terms. */
class InvalidArgumentsTest {
    @TempDir
    private Path home;

    private Shell shell;
    private Path card;

    @BeforeEach
    void open() throws IOException {
        shell = new Shell(home);
        card = shell.card("card", "IMG_0001.JPG");
    }

    private void assertPlain(int code, Object... words) {
        assertEquals(code, shell.shoebox(words), shell::err);
        assertFalse(shell.err().contains("Exception"), shell.err());
    }

    @Test
    void aLinkThatLeadsNowhereIsADriveThatIsNotThere() throws IOException {
        Path link = Files.createSymbolicLink(home.resolve("link"), home.resolve("nowhere"));
        for (Path named : List.of(link, link.resolve("deeper/backup"))) {
            assertPlain(75, "backup", "--from", card, named);
            assertTrue(shell.err().contains(home.resolve("nowhere").toString()), shell.err());
            assertPlain(75, "verify", named);
        }
        assertFalse(Files.exists(home.resolve("nowhere"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void aFolderThatIsNoBackupHasNoLock() throws IOException {
        assertPlain(10, "unlock", card);
        assertPlain(75, "unlock", home.resolve("nothing"));
        Path backup = home.resolve("backup");
        assertEquals(0, shell.shoebox("backup", "--from", card, backup), shell::err);
        assertEquals(0, shell.shoebox("unlock", backup), shell::err);
    }

    @Test
    void anEmptyNameIsNoFolder() throws IOException {
        for (List<Object> words : List.<List<Object>>of(
                List.of("backup", "--from", card, ""),
                List.of("backup", "--from", card, "-d", " "),
                List.of("backup", "--from", "", home.resolve("backup")),
                List.of("verify", ""),
                List.of("report", "-o", ""))) {
            assertPlain(2, words.toArray());
        }
        assertFalse(Files.exists(home.resolve("backup")));
    }

    @Test
    void anImpossibleFolderIsReportedAsSuch() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "no /proc here");
        assertPlain(15, "backup", "--from", card, "/proc/x");
        assertFalse(shell.err().contains("is gone"), shell.err());
    }

    @Test
    void anUnknownAlbumMakesNoBackup() {
        Path backup = home.resolve("backup");
        assertPlain(2, "backup", "--album", "Nope", "--from", card, backup);
        assertFalse(Files.exists(backup));
        assertPlain(2, "backup", "--favorites", "--from", card, backup);
        assertFalse(Files.exists(backup));
    }

    @Test
    @Timeout(30)
    void anAddressAtWhichNothingCanListenIsMisuse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertPlain(2, "simulate", "--listen", "127.0.0.1:" + taken.getLocalPort());
        }
        assertPlain(2, "simulate", "--listen", "UNIX:" + home.resolve("none/socket"));
    }

    @Test
    void aWrongFolderGivenToVerifyIsNoRunToReport() throws IOException {
        Path backup = home.resolve("backup");
        assertEquals(0, shell.shoebox("backup", "--from", card, backup), shell::err);
        shell.now = shell.now.plusSeconds(60);
        assertPlain(75, "verify", home.resolve("nothing"));
        assertPlain(10, "verify", card);
        assertEquals(0, shell.shoebox("report", "--json"), shell::err);
        assertEquals("backup", shell.json().get(0).get("kind"));
    }

    @Test
    void theHelpOfRepairBreaksNoNameThatBeginsWithADot() {
        Pattern broken = Pattern.compile("(?m)(^|\\s)\\.$");
        for (int width = 55; width <= 120; width++) {
            shell.environment.put("COLUMNS", String.valueOf(width));
            shell.shoebox("repair", "--help");
            assertFalse(broken.matcher(shell.out()).find(), shell.out());
        }
    }

    private List<Object> wrong() throws IOException {
        return shell.events("check").stream()
                .filter(check -> !Boolean.TRUE.equals(check.get("ok")))
                .map(check -> check.get("about"))
                .toList();
    }

    @Test
    void doctorReportsAnUnreadableConfiguration() throws IOException {
        Path config = Files.createDirectories(home.resolve("config/shoebox")).resolve("config.toml");
        for (String text : List.of("nonsense = [", "[phone.anna]\nlayuot = 3\n", "\0\0")) {
            Files.writeString(config, text);
            assertEquals(0, shell.shoebox("doctor", "--json"), shell::err);
            assertTrue(wrong().contains("configuration"), shell.out());
        }
        Files.delete(config);
        Files.createDirectory(config);
        assertEquals(0, shell.shoebox("doctor", "--json"), shell::err);
        assertTrue(wrong().contains("configuration"), shell.out());
    }

    @Test
    void doctorReportsAnUnusableStateFolder() throws IOException {
        Path state = Files.createDirectories(home.resolve("state")).resolve("shoebox");
        assertEquals(0, shell.shoebox("doctor", "--json"), shell::err);
        assertFalse(wrong().contains("state"), "none yet: " + shell.out());

        Files.writeString(state, "a file in its place");
        assertEquals(0, shell.shoebox("doctor", "--json"), shell::err);
        assertTrue(wrong().contains("state"), shell.out());

        Files.delete(state);
        Files.createDirectories(state);
        Files.writeString(state.resolve("runs"), "a file in its place");
        assertEquals(0, shell.shoebox("doctor", "--json"), shell::err);
        assertTrue(wrong().contains("state"), shell.out());
    }

    @Test
    void doctorSurvivesABackupWithUnreadableRecords() throws IOException {
        Path backup = home.resolve("backup");
        assertEquals(0, shell.shoebox("backup", "--from", card, backup), shell::err);
        try (Stream<Path> runs = Files.list(backup.resolve(".shoebox/runs"))) {
            for (Path run : runs.toList()) {
                Files.delete(run);
                Files.createDirectory(run);
            }
        }
        assertEquals(0, shell.shoebox("doctor", "--json", backup), shell::err);
        assertFalse(shell.err().contains("Exception"), shell.err());
    }
}
