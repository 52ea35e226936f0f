package dev.shoebox.cli;

import dev.shoebox.destination.Destination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code config init}, from the questions to the first backup that starts by itself. */
class ConfigInitTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int shoebox(String stdin, Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), Screen.none());
        String[] words = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)));
        try {
            return new Shoebox(
                            console,
                            new Interrupts(onSignal -> {}, () -> {}),
                            InstantSource.system(),
                            Map.of("HOME", folder.toString(), "PATH", ""))
                    .run(words);
        } finally {
            System.setIn(before);
        }
    }

    private Path file() {
        return folder.resolve(".config/shoebox/config.toml");
    }

    @Test
    void answersBecomeAConfigurationWithWhichABackupStartsByItself() throws IOException {
        Path disk = folder.resolve("My \"disk\"");
        Path card = folder.resolve("card/DCIM");
        Files.createDirectories(card);
        Files.write(card.resolve("IMG_0001.JPG"), new byte[] {1});
        String answers = "Anna’s iPhone\n" + disk + "\ndaily, on-plug\n";

        assertEquals(0, shoebox(answers, "config", "init"), err.toString());
        assertTrue(out.toString().contains("'shoebox backup' makes the first backup"), out.toString());
        String text = Files.readString(file());
        assertTrue(text.contains("[phone.anna]\nname = \"Anna’s iPhone\"\n"), text);
        assertTrue(text.contains("schedule = [\"daily\", \"on-plug\"]"), text);
        String id = Destination.identity(disk).orElseThrow();
        assertTrue(text.contains("id = \"" + id + "\""), text);
        assertEquals(0, shoebox("", "config", "check"), err.toString());

        for (int run = 0; run < 3; run++) {
            assertEquals(0, shoebox("", "backup", "--scheduled", "--from", card.getParent()), err.toString());
            assertEquals(id, Destination.identity(disk).orElseThrow(), "run " + run);
        }
        assertEquals(0, shoebox("", "schedule", "install", "--print"), err.toString());
        assertTrue(out.toString().contains("OnCalendar=*-*-* 19:00:00"), out.toString());
    }

    @Test
    void optionsAnswerInPlaceOfAPerson() throws IOException {
        String udid = "00008110-000A1B2C3D4E801E";
        Path disk = folder.resolve("disk");
        assertEquals(
                0,
                shoebox("", "config", "init", "--phone", udid, "--dest", disk, "--schedule", "Sat 9:00,on-plug"),
                err.toString());
        assertTrue(Files.readString(file()).contains("[phone.iphone]\nudid = \"" + udid + "\"\n"));
        assertTrue(Files.readString(file()).contains("schedule = [\"Sat 9:00\", \"on-plug\"]"));
        assertEquals(0, shoebox("", "config", "check"), err.toString());
    }

    @Test
    void whereNobodyAnswersItSaysHowElseTo() {
        assertEquals(2, shoebox("", "config", "init"));
        assertTrue(err.toString().contains("Nobody answers. Run it on a terminal, or answer with --dest."));
        assertFalse(Files.exists(file()));
    }

    @Test
    void aConfigurationThatIsThereIsNotTouched() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "layout = 'day'\n");
        assertEquals(2, shoebox("", "config", "init", "--dest", folder.resolve("disk")));
        assertTrue(err.toString().contains("it is not touched"), err.toString());
        assertEquals("layout = 'day'\n", Files.readString(file()));
        assertFalse(Files.exists(folder.resolve("disk")));
    }

    @Test
    void aDriveThatIsNotPluggedInIsNotMade() {
        assertEquals(
                2, shoebox("", "config", "init", "--dest", folder.resolve("media/USB/iPhone"), "--schedule", "daily"));
        assertTrue(err.toString().contains("Plug the drive in first"), err.toString());
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
        assertTrue(err.toString().contains("'often' is not one of daily, weekly, on-plug"), err.toString());
        assertFalse(Files.exists(folder.resolve("new")));
    }
}
