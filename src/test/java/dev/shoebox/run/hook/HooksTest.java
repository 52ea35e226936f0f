package dev.shoebox.run.hook;

import dev.shoebox.Programs;
import dev.shoebox.cli.Kept;
import dev.shoebox.cli.Shell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The user's own commands around a backup, and the recipes of docs/unattended.md. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "these commands are for sh")
class HooksTest {
    @TempDir
    private Path folder;

    private Shell shell;
    private Path backup;
    private Path card;

    @BeforeEach
    void open() throws IOException {
        shell = new Shell(folder);
        backup = folder.resolve("my backup");
        card = shell.card("card $(touch evil); 'x", "IMG_0001.JPG", "IMG_0002.JPG");
    }

    @Test
    void theEnvironmentDescribesTheRun() throws IOException {
        Path told = folder.resolve("told");
        String say = "printf '%s|' \"$SHOEBOX_DEST\" \"$SHOEBOX_EXIT_CODE\" \"$SHOEBOX_COPIED\" \"$SHOEBOX_FAILED\""
                + " \"$SHOEBOX_DEVICE\" > '" + told + "'";
        assertEquals(
                0,
                shell.shoebox("backup", "--from", card, "--run-after", say, "--run-after-fail", "exit 9", backup),
                shell.err());

        assertEquals(backup + "|0|2|0|" + card.getFileName() + "|", Files.readString(told));
        assertFalse(Files.exists(Path.of("evil")));
    }

    @Test
    void aFailureRunsTheOtherOne() throws IOException {
        try (RandomAccessFile video =
                new RandomAccessFile(card.resolve("IMG_0003.MOV").toFile(), "rw")) {
            video.setLength(1L << 42);
        }
        Path told = folder.resolve("told");
        assertEquals(
                13,
                shell.shoebox(
                        "backup",
                        "--from",
                        card,
                        "--run-after",
                        "echo wrong > '" + told + "'",
                        "--run-after-fail",
                        "echo \"$SHOEBOX_EXIT_CODE $SHOEBOX_FAILED\" > '" + told + "'",
                        backup));

        assertEquals("13 1\n", Files.readString(told));
    }

    @Test
    void nothingIsBackedUpIfTheFirstCommandFails() throws IOException {
        assertEquals(16, shell.shoebox("backup", "--from", card, "--run-before", "echo no drive; exit 3", backup));

        assertTrue(shell.err().contains("run-before: no drive"), shell.err());
        assertTrue(shell.err().contains("exit code 3"), shell.err());
        assertFalse(Files.exists(backup));
    }

    @Test
    void aFileThatIsBrokenOnItsSourceKeepsNoCopyElsewhereFromBeingMade() throws IOException {
        Files.write(card.resolve("IMG_0009.JPG"), new byte[0]);
        Path copied = folder.resolve("copied");
        Path warned = folder.resolve("warned");
        assertEquals(
                3,
                shell.shoebox(
                        "backup",
                        "--from",
                        card,
                        "--run-after",
                        "touch '" + copied + "'",
                        "--run-after-fail",
                        "touch '" + warned + "'",
                        backup),
                shell::err);
        assertTrue(Files.exists(copied));
        assertTrue(Files.exists(warned));
    }

    @Test
    void aFailingFinalCommandIsReportedAndRecordedEverywhere() throws IOException {
        assertEquals(17, shell.shoebox("backup", "--json", "--from", card, "--run-after", "exit 7", backup));
        assertTrue(shell.err().contains("run-after ended with 7"), shell.err());
        assertEquals(17, shell.json().get(shell.json().size() - 1).get("exitCode"));

        for (Object[] place : new Object[][] {{"history", "--json"}, {"history", "--json", backup}}) {
            assertEquals(0, shell.shoebox(place), shell.err());
            assertEquals(1, shell.json().size(), shell.out());
            assertEquals(17, shell.json().get(0).get("exitCode"));
            assertEquals(2, shell.json().get(0).get("copied"));
            assertTrue(((String) shell.json().get(0).get("message")).contains("ended with 7"), shell.out());
        }
        assertEquals(0, shell.shoebox("report"), shell.err());
        assertTrue(shell.out().contains("run-after ended with 7"), shell.out());
        assertEquals(0, shell.shoebox("status", "--json", "--max-age", "8d", backup), shell.err());
        assertEquals(1, shell.events("run-after-failed").size());
        assertEquals(0, shell.shoebox("doctor", "--json", backup), shell.err());
        assertTrue(shell.events("advice").stream().anyMatch(advice -> "run-after".equals(advice.get("about"))));
        Files.move(backup, folder.resolve("unplugged"));
        assertEquals(
                0, shell.shoebox("status", "-q", "--max-age", "8d", backup), "it is a good backup: " + shell.err());
        assertTrue(shell.err().contains("run-after ended with 7"), shell.err());
        Files.move(folder.resolve("unplugged"), backup);

        shell.now = shell.now.plusSeconds(60);
        assertEquals(0, shell.shoebox("backup", "--from", card, "--run-after", "exit 0", backup), shell.err());
        assertEquals(0, shell.shoebox("status", "--json", "--max-age", "8d", backup), shell.err());
        assertEquals(0, shell.events("run-after-failed").size());
    }

    @Test
    void aBackupThatTookItsDriveAwayItselfIsRememberedOnTheComputer() throws IOException {
        String away = "mv '" + backup + "' '" + folder.resolve("away") + "'; exit 3";
        assertEquals(17, shell.shoebox("backup", "--from", card, "--run-after", away, backup), shell.err());
        assertFalse(Files.exists(backup));
        Files.move(folder.resolve("away"), backup);
        assertEquals(0, shell.shoebox("history", "--json", backup), shell.err());
        assertEquals(
                List.of(17),
                shell.json().stream().map(run -> run.get("exitCode")).toList());
    }

    @Test
    void aCommandForFailuresThatFailsIsInTheHistoryOfTheRun() throws IOException {
        Path gone = Files.createDirectories(folder.resolve("gone"));
        try (RandomAccessFile video =
                new RandomAccessFile(gone.resolve("IMG_0003.MOV").toFile(), "rw")) {
            video.setLength(1L << 42);
        }
        assertEquals(13, shell.shoebox("backup", "--from", gone, "--run-after-fail", "exit 5", backup));
        assertEquals(0, shell.shoebox("history", "--json"), shell.err());
        assertEquals(1, shell.json().size());
        assertEquals(13, shell.json().get(0).get("exitCode"));
        assertTrue(shell.json().get(0).get("warnings").toString().contains("run-after-fail ended with 5"), shell.out());
    }

    @Test
    void aRunThatHadNothingToDoRunsNeither() {
        Path told = folder.resolve("told");
        String tell = "touch '" + told + "'";
        assertEquals(
                75,
                shell.shoebox(
                        "backup",
                        "--from",
                        folder.resolve("gone"),
                        "--run-after",
                        tell,
                        "--run-after-fail",
                        tell,
                        backup));
        assertFalse(Files.exists(told));
    }

    @Test
    void theOutputOfTheCommandStaysOutOfTheJson() throws IOException {
        assertEquals(
                0,
                shell.shoebox("backup", "--json", "--from", card, "--run-before", "echo hello", backup),
                shell.err());
        assertEquals("summary", shell.json().get(shell.json().size() - 1).get("event"));
        assertTrue(shell.err().contains("run-before: hello"), shell.err());
    }

    /** The line of the recipe in the documentation, with the paths of this test. */
    private String recipe(String tool) throws IOException {
        Programs.require(tool);
        Matcher line = Pattern.compile("run-after = '([^']*\\b" + tool + " [^']*)'")
                .matcher(Files.readString(Path.of("docs/unattended.md")));
        assertTrue(line.find(), "no recipe for " + tool);
        return line.group(1).replace("/mnt/offsite", folder.resolve("offsite").toString());
    }

    private void run(String command) throws IOException {
        assertEquals(0, shell.shoebox("backup", "--from", card, "--run-after", command, backup), shell.err());
        assertFalse(shell.err().contains("ended with"), shell.err());
    }

    @Test
    void theRecipeWithRsyncTakesACopyElsewhere() throws IOException {
        String recipe = recipe("rsync");
        Files.createDirectories(folder.resolve("offsite"));
        run(recipe);

        assertEquals(
                Kept.in(backup).listed(),
                Kept.in(folder.resolve("offsite/iphone")).listed());
        assertEquals(
                Kept.in(backup).files(),
                Kept.in(folder.resolve("offsite/iphone")).files());
    }

    @Test
    void theRecipeWithRcloneTakesACopyElsewhere() throws IOException {
        String recipe = recipe("rclone")
                .replace("offsite:iphone", folder.resolve("offsite/iphone").toString());
        run(recipe);

        assertEquals(
                Kept.in(backup).files(),
                Kept.in(folder.resolve("offsite/iphone")).files());
    }

    @Test
    void theRecipeWithResticTakesACopyElsewhere() throws Exception {
        String recipe = recipe("restic");
        Path password = Files.writeString(folder.resolve("password"), "correct horse");
        recipe = recipe.replace("~/.restic-password", password.toString());
        String repository = folder.resolve("offsite").toString();
        List<String> begin = List.of("restic", "-r", repository, "--password-file", password.toString(), "init");
        assertEquals(0, new ProcessBuilder(begin).inheritIO().start().waitFor());
        run(recipe);

        Path restored = folder.resolve("restored");
        List<String> restore = List.of(
                "restic",
                "-r",
                repository,
                "--password-file",
                password.toString(),
                "restore",
                "latest",
                "--target",
                restored.toString());
        assertEquals(0, new ProcessBuilder(restore).inheritIO().start().waitFor());
        assertEquals(
                Kept.in(backup).files(),
                Kept.in(restored.resolve(backup.toString().substring(1))).files());
    }

    @Test
    void theRecipeWithBorgTakesACopyElsewhere() throws Exception {
        String recipe = recipe("borg");
        Path password = Files.writeString(folder.resolve("password"), "correct horse");
        recipe = recipe.replace("$HOME/.borg-password", password.toString());
        String repository = folder.resolve("offsite").toString();
        assertEquals(0, borg(password, folder, "init", "-e", "repokey", repository));
        run("BORG_BASE_DIR='" + folder + "' " + recipe);

        Path restored = Files.createDirectory(folder.resolve("restored"));
        String run = String.valueOf(lastRun());
        assertEquals(0, borg(password, restored, "extract", repository + "::" + run));
        assertEquals(
                Kept.in(backup).files(),
                Kept.in(restored.resolve(backup.toString().substring(1))).files());
    }

    private Object lastRun() throws IOException {
        assertEquals(0, shell.shoebox("history", "--json"), shell.err());
        return shell.json().get(0).get("id");
    }

    private int borg(Path password, Path there, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("borg"));
        command.addAll(List.of(words));
        ProcessBuilder borg =
                new ProcessBuilder(command).directory(there.toFile()).inheritIO();
        borg.environment().put("BORG_PASSCOMMAND", "cat " + password);
        borg.environment().put("BORG_BASE_DIR", folder.toString());
        return borg.start().waitFor();
    }
}
