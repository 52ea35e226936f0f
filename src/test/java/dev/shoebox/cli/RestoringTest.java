package dev.shoebox.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The promises of docs/restoring.md about a backup on another disk, with or without its records. */
class RestoringTest {
    @TempDir
    private Path home;

    private Path copied(Path backup, boolean records) throws IOException {
        Path copy = home.resolve("another disk/copy");
        try (Stream<Path> all = Files.walk(backup)) {
            for (Path each : all.toList()) {
                if (records || !each.startsWith(backup.resolve(".shoebox"))) {
                    Path to = copy.resolve(backup.relativize(each).toString());
                    Files.createDirectories(to.getParent());
                    Files.copy(each, to, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return copy;
    }

    @Test
    void aBackupContinuesWhereverItIsCopied() throws Exception {
        Shell shell = new Shell(home);
        Path card = shell.card("card", "IMG_0001.JPG", "IMG_0002.JPG");
        Path backup = home.resolve("backup");
        assertEquals(0, shell.shoebox("backup", "--from", card, backup), shell::err);
        Path copy = copied(backup, true);
        assertEquals(0, shell.shoebox("verify", copy), shell::err);
        assertEquals(0, shell.shoebox("backup", "--json", "--from", card, copy), shell::err);
        assertEquals(2, shell.events("summary").get(0).get("alreadyBackedUp"));
    }

    @Test
    void rebuildIsNamedWhereverTheRecordsWereLeftBehind() throws Exception {
        Shell shell = new Shell(home);
        Path card = shell.card("card", "IMG_0001.JPG", "IMG_0002.JPG");
        Path backup = home.resolve("backup");
        assertEquals(0, shell.shoebox("backup", "--from", card, backup), shell::err);
        Path copy = copied(backup, false);
        Object[][] all = {
            {"backup", "--from", card, copy},
            {"backup", "--dry-run", "--from", card, copy},
            {"verify", copy},
            {"status", copy},
            {"repair", copy},
            {"reconcile", copy},
            {"forget", "--to", copy, "IMG_0001.JPG"},
            {"find", copy},
            {"albums", copy},
            {"coverage", "--from", card, copy},
            {"safe-to-remove", "--from", card, copy},
            {"history", copy},
            {"report", copy, "-o", home.resolve("report.html")},
            {"doctor", copy},
            {"why", copy.resolve("undated/IMG_0001.JPG")},
        };
        for (Object[] command : all) {
            shell.shoebox(command);
            assertTrue((shell.out() + shell.err()).contains("rebuild"), command[0] + ": " + shell.out() + shell.err());
        }
        assertEquals(0, shell.shoebox("rebuild", copy), shell::err);
        assertEquals(0, shell.shoebox("backup", "--json", "--from", card, copy), shell::err);
        assertEquals(0, shell.events("summary").get(0).get("copied"));
    }

    @Test
    void withoutAnyRecordsTheFolderIsAdopted() throws Exception {
        Shell shell = new Shell(home);
        Path card = shell.card("card", "IMG_0001.JPG", "IMG_0002.JPG");
        Path backup = home.resolve("backup");
        assertEquals(0, shell.shoebox("backup", "--from", card, backup), shell::err);
        Path copy = copied(backup, false);
        Files.delete(copy.resolve("SHA256SUMS"));
        assertEquals(0, shell.shoebox("adopt", copy), shell::err);
        assertEquals(0, shell.shoebox("backup", "--json", "--from", card, copy), shell::err);
        assertEquals(0, shell.events("summary").get(0).get("copied"));
    }

    @Test
    void spaceAndTimeAreShownBeforeTheStart() throws Exception {
        Shell shell = Shell.plain(home);
        Path card = shell.card("card", "IMG_0001.JPG");
        byte[] large = new byte[60_000_000];
        java.util.Arrays.fill(large, (byte) 7);
        large[0] = 1;
        Files.write(card.resolve("IMG_0002.MOV"), large);
        Path backup = home.resolve("backup");
        shell.shoebox("backup", "--json", "--from", card, backup);
        assertEquals(2, shell.events("ahead").get(0).get("files"));
        assertEquals(true, shell.events("ahead").get(0).get("fits"));
        assertTrue(shell.out().indexOf("ahead") < shell.out().indexOf("summary"));
        shell.card("card", "IMG_0003.JPG");
        shell.shoebox("backup", "--json", "--from", card, backup);
        assertEquals(1, shell.events("ahead").get(0).get("files"));
        shell.shoebox("backup", "--json", "--from", card, backup);
        assertEquals(0, shell.events("ahead").size(), "nothing is to come");
    }

    @Test
    void helpExplainsHowToRestore() {
        Shell shell = new Shell(home);
        assertEquals(0, shell.shoebox("help", "restore"), shell::err);
        assertTrue(shell.out().contains("restoring.md"), shell.out());
        assertEquals(0, shell.shoebox("restore"), shell::err);
        assertTrue(shell.out().contains("restoring.md"), shell.out());
    }
}
