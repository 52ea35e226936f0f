package dev.shoebox.cli;

import dev.shoebox.destination.DestinationFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code config init}, from its questions to the first scheduled backup. */
class ConfigInitTest {
    private Shell shell;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        shell = Shell.plain(folder);
    }

    private int shoebox(String stdin, Object... arguments) {
        return shell.typing(stdin).shoebox(arguments);
    }

    private Path file() {
        return folder.resolve(".config/shoebox/config.toml");
    }

    @Test
    void answersBecomeAConfigurationWithWhichABackupStartsByItself() throws IOException {
        Path disk = folder.resolve("My \"disk\"");
        Path card = folder.resolve("card/DCIM");
        Files.createDirectories(card);
        Files.write(card.resolve("IMG_0001.JPG"), Pictures.jpeg("1"));
        String answers = "Anna’s iPhone\n" + disk + "\ndaily, on-plug\n";

        assertEquals(0, shoebox(answers, "config", "init"), shell.err());
        assertTrue(shell.out().contains("'shoebox backup' makes the first backup"), shell.out());
        String text = Files.readString(file());
        assertTrue(text.contains("[phone.anna]\nname = \"Anna’s iPhone\"\n"), text);
        assertTrue(text.contains("schedule = [\"daily\", \"on-plug\"]"), text);
        String id = DestinationFolder.identity(disk).orElseThrow();
        assertTrue(text.contains("id = \"" + id + "\""), text);
        assertEquals(0, shoebox("", "config", "check"), shell.err());

        for (int run = 0; run < 3; run++) {
            assertEquals(0, shoebox("", "backup", "--scheduled", "--from", card.getParent()), shell.err());
            assertEquals(id, DestinationFolder.identity(disk).orElseThrow(), "run " + run);
        }
        assertEquals(0, shoebox("", "schedule", "install", "--print"), shell.err());
        assertTrue(shell.out().contains("OnCalendar=*-*-* 19:00:00"), shell.out());
    }

    @Test
    void optionsAnswerInPlaceOfAPerson() throws IOException {
        String udid = "00008110-000A1B2C3D4E801E";
        Path disk = folder.resolve("disk");
        assertEquals(
                0,
                shoebox("", "config", "init", "--phone", udid, "--dest", disk, "--schedule", "Sat 9:00,on-plug"),
                shell.err());
        assertTrue(Files.readString(file()).contains("[phone.iphone]\nudid = \"" + udid + "\"\n"));
        assertTrue(Files.readString(file()).contains("schedule = [\"Sat 9:00\", \"on-plug\"]"));
        assertEquals(0, shoebox("", "config", "check"), shell.err());
    }

    @Test
    void withoutAnAnswerItSaysHowElseToConfigure() {
        assertEquals(2, shoebox("", "config", "init"));
        assertTrue(shell.err().contains("--dest"));
        assertFalse(Files.exists(file()));
    }

    @Test
    void theConfigurationStaysWhenASecondPhoneIsAdded() throws IOException {
        Path disk = folder.resolve("disk");
        assertEquals(
                0,
                shoebox("", "config", "init", "--phone", "Anna's iPhone", "--dest", disk, "--schedule", "daily"),
                shell.err());
        Files.writeString(file(), "# a note of my own", StandardOpenOption.APPEND);
        String before = Files.readString(file());

        assertEquals(0, shoebox("Ben's iPhone\n" + disk + "\nweekly\n", "config", "init"), shell.err());
        String both = Files.readString(file());
        assertTrue(both.startsWith(before), both);
        assertEquals(0, shoebox("", "config", "check"), shell.err());
        assertEquals(0, shoebox("", "config", "show", "ben"), shell.err());
        assertTrue(shell.out().contains(disk.toString()), shell.out());
        assertFalse(both.substring(before.length()).contains("[destination"), "the same folder is one destination");

        Path other = folder.resolve("other");
        assertEquals(
                0,
                shoebox("", "config", "init", "--phone", "Anna the second", "--dest", other, "--schedule", "daily"),
                shell.err());
        assertTrue(Files.readString(file()).startsWith(both));
        assertEquals(0, shoebox("", "config", "show", "--json", "anna-2"), shell.err());
        assertTrue(shell.out().contains("\"path\":\"" + other + "\""), shell.out());
        assertEquals(0, shoebox("", "config", "show", "--json", "anna"), shell.err());
        assertTrue(shell.out().contains("\"path\":\"" + disk + "\""), shell.out());
    }

    @Test
    void aPhoneThatIsConfiguredIsNotAddedTwice() throws IOException {
        Path disk = folder.resolve("disk");
        assertEquals(0, shoebox("Anna's iPhone\n" + disk + "\nweekly\n", "config", "init"), shell.err());
        String before = Files.readString(file());
        assertEquals(2, shoebox("", "config", "init", "--phone", "Anna's iPhone", "--dest", disk), shell.err());
        assertEquals(before, Files.readString(file()));
        assertEquals(0, shoebox("Anna's iPhone\nBen's\n" + disk + "\nweekly\n", "config", "init"), shell.err());
        assertTrue(Files.readString(file()).contains("[phone.ben]"));
    }

    @Test
    void aPhoneThatReliesOnTheOnlyDestinationKeepsItsMeaning() throws IOException {
        Files.createDirectories(file().getParent());
        String mine = "[destination.usb]\npath = '/media/usb/iPhone'\n[phone.anna]\nname = 'Anna'\n";
        Files.writeString(file(), mine);
        assertEquals(
                2,
                shoebox("", "config", "init", "--phone", "Ben", "--dest", folder.resolve("b"), "--schedule", "daily"));
        assertTrue(shell.err().contains("destination = \"usb\""), shell.err());
        assertEquals(mine, Files.readString(file()));
        assertFalse(Files.exists(folder.resolve("b")));
    }

    @Test
    void aConfigurationWithFaultsIsNotTouched() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "layuot = 'day'\n");
        assertEquals(2, shoebox("", "config", "init", "--phone", "any", "--dest", folder.resolve("disk")));
        assertEquals("layuot = 'day'\n", Files.readString(file()));
        assertFalse(Files.exists(folder.resolve("disk")));
    }

    @Test
    void aWrongAnswerIsAskedForAgain() throws IOException {
        Path full = Files.createDirectory(folder.resolve("full"));
        Files.writeString(full.resolve("letter.txt"), "x");
        Path disk = folder.resolve("disk");
        String answers = "Anna\n\n" + folder.resolve("no/such") + "\n" + full + "\n" + disk + "\nsoon\ndaily,on-plug\n";
        assertEquals(0, shoebox(answers, "config", "init"), shell.err());
        String text = Files.readString(file());
        assertTrue(text.contains("path = \"" + disk + "\""), text);
        assertTrue(text.contains("schedule = [\"daily\", \"on-plug\"]"), text);
        assertTrue(DestinationFolder.identity(disk).isPresent());
        try (var left = Files.list(full)) {
            assertEquals(1, left.count());
        }

        Files.delete(file());
        assertEquals(2, shoebox("Anna\n" + full + "\n", "config", "init"), "nobody answers any more");
        assertFalse(Files.exists(file()));
    }

    @Test
    void aDriveThatIsNotPluggedInIsNotMade() {
        assertEquals(
                2, shoebox("", "config", "init", "--dest", folder.resolve("media/USB/iPhone"), "--schedule", "daily"));
        assertTrue(shell.err().contains("Plug the drive in first"), shell.err());
        assertFalse(Files.exists(folder.resolve("media")));
        assertFalse(Files.exists(file()));
    }

    @Test
    void aFolderWithOtherThingsInItIsRefusedAndNothingIsWritten() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("letter.txt"), "x");
        assertEquals(10, shoebox("", "config", "init", "--phone", "any", "--dest", other, "--schedule", "daily"));
        assertFalse(Files.exists(file()));
        assertEquals(2, shoebox("", "config", "init", "--dest", folder.resolve("new"), "--schedule", "often"));
        assertTrue(shell.err().contains("'often' is not one of daily, weekly, on-plug"), shell.err());
        assertFalse(Files.exists(folder.resolve("new")));
    }
}
