package dev.shoebox.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** If records of a backup are lost or contradict each other, every command says so and what restores them. */
class LostRecordsTest {
    @TempDir
    private Path home;

    private Shell shell;
    private Path card;
    private Path backup;

    @BeforeEach
    void backUp() throws IOException {
        shell = new Shell(home);
        card = shell.card("card", "IMG_0001.JPG", "IMG_0002.JPG");
        backup = home.resolve("backup");
        assertEquals(0, shell.shoebox("backup", "--from", card, backup), shell::err);
    }

    private void loseRecords() throws IOException {
        try (Stream<Path> records = Files.walk(backup.resolve(".shoebox"))) {
            for (Path path : records.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void aFolderWithSha256SumsAloneGetsTheAdviceToRebuild() throws IOException {
        loseRecords();
        for (List<Object> command : List.<List<Object>>of(
                List.of("status", backup), List.of("verify", backup), List.of("backup", "--from", card, backup))) {
            assertFalse(shell.shoebox(command.toArray()) == 0);
            assertTrue(shell.err().contains("shoebox rebuild"), command + ": " + shell.err());
        }
        assertEquals(75, shell.shoebox("backup", "--scheduled", "--from", card, backup), shell::err);
        assertTrue(shell.err().contains("shoebox rebuild"), shell::err);
        assertEquals(0, shell.shoebox("rebuild", backup), shell::err);
        assertEquals(0, shell.shoebox("backup", "--from", card, backup), shell::err);
    }

    @Test
    void aConfiguredDriveWithSha256SumsAloneGetsTheAdviceToRebuild() throws IOException {
        Files.createDirectories(home.resolve("config/shoebox"));
        Files.writeString(
                home.resolve("config/shoebox/config.toml"),
                "[destination.disk]\npath = '" + backup + "'\nid = 'another'\n[phone.anna]\nfrom = '" + card
                        + "'\ndestination = 'disk'\n");
        assertEquals(75, shell.shoebox("backup", "--scheduled", "anna"), shell::err);
        assertFalse(shell.err().contains("shoebox rebuild"), shell::err);
        loseRecords();
        assertEquals(75, shell.shoebox("backup", "--scheduled", "anna"), shell::err);
        assertTrue(shell.err().contains("shoebox rebuild"), shell::err);
    }

    @Test
    void statusReportsLinesWithAnotherChecksum() throws IOException {
        assertEquals(0, shell.shoebox("status", "--json", backup), shell::err);
        assertEquals(List.of(), shell.events("contradicted"));
        Path manifest = backup.resolve("SHA256SUMS");
        List<String> lines = Files.readAllLines(manifest);
        String path = lines.get(0).substring(66);
        Files.writeString(manifest, "# mine\n" + "ab".repeat(32) + "  " + path + "\n" + lines.get(1) + "\n");
        assertEquals(0, shell.shoebox("status", "--json", backup), shell::err);
        assertEquals(1, shell.events("contradicted").size());
        assertEquals(1, shell.events("contradicted").get(0).get("files"));
        assertEquals(0, shell.shoebox("status", backup), shell::err);
        assertTrue(shell.err().contains("shoebox repair"), shell::err);
        // Of the same length, so that the size reveals nothing.
        Files.writeString(manifest, "ab".repeat(32) + "  " + path + "\n" + lines.get(1) + "\n");
        assertEquals(0, shell.shoebox("status", "--json", backup), shell::err);
        assertEquals(1, shell.events("contradicted").size());
        assertFalse(shell.out().contains("Every photo here was proven"), shell::out);
    }
}
