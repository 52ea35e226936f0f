package dev.shoebox.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The command line itself: what it accepts, and how it answers what it does not. */
class ShoeboxTest {
    private Shell shell;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        shell = Shell.plain(folder);
    }

    private int shoebox(Object... arguments) {
        return shell.shoebox(arguments);
    }

    private Map<String, Object> lastLine() throws IOException {
        List<String> lines = shell.out().lines().toList();
        return JSON.std.mapFrom(lines.get(lines.size() - 1));
    }

    @Test
    void withoutACommandItExplainsItself() {
        assertEquals(2, shoebox());
        assertEquals("", shell.out());
        assertTrue(shell.err().contains("shoebox backup ~/Pictures/iPhone"), shell.err());
    }

    @Test
    void everyCommandExplainsItselfWithAnExample() {
        shell.commandLine().getSubcommands().forEach((name, command) -> {
            String help = command.getUsageMessage();
            assertTrue(help.contains("shoebox " + name), help);
            assertTrue(name.equals("help") || help.contains("Example") || help.contains("To use it"), help);
            assertFalse(help.contains("%%"), help);
        });
    }

    @Test
    void helpExplainsACommandToo() {
        assertEquals(0, shoebox("help", "backup"));
        assertTrue(shell.out().contains("--require-existing"), shell.out());
    }

    @Test
    void theVersionIsOneLineWhicheverWayItIsAskedFor() {
        assertEquals(0, shoebox("--version"));
        String line = shell.out();
        assertTrue(line.matches("shoebox \\S.*\\R"), line);
        for (List<String> asked :
                List.of(List.of("-V"), List.of("status", "--version"), List.of("--version", "status"))) {
            Shell other = Shell.plain(folder);
            assertEquals(0, other.shoebox(asked.toArray()), asked.toString());
            assertEquals(line, other.out(), asked.toString());
        }
    }

    @Test
    void aMistypedCommandGetsASuggestion() {
        assertEquals(2, shoebox("bakcup"));
        assertTrue(shell.err().contains("Did you mean: shoebox backup"), shell.err());
    }

    @Test
    void aBackupNeedsAFolder() {
        assertEquals(2, shoebox("backup"));
        assertTrue(shell.err().contains("shoebox backup DEST"), shell.err());
    }

    @Test
    void oneFolderIsEnough() {
        assertEquals(2, shoebox("backup", folder, "--dest", folder));
        assertTrue(shell.err().contains("Two folders"), shell.err());
    }

    @Test
    void anUnknownLayoutTokenIsRefusedBeforeAnythingStarts() {
        assertEquals(2, shoebox("backup", "--layout", "{nonsense}", folder.resolve("new")));
        assertTrue(shell.err().contains("nonsense"), shell.err());
        assertFalse(Files.exists(folder.resolve("new")));
    }

    @Test
    void anUnknownTimeZoneIsRefusedWithAnExample() {
        assertEquals(2, shoebox("backup", "--time-zone", "Europe/Nowhere", folder));
        assertTrue(shell.err().matches("(?s).*'Europe/Nowhere'.*Europe/Berlin.*"), shell.err());
    }

    @Test
    void anInvalidRateIsRefusedWithAnExample() {
        for (String rate : List.of("fast", "0", "0.0001", "-5M", "10MB")) {
            assertEquals(2, shoebox("backup", "--limit-rate=" + rate, folder.resolve("new")));
            assertTrue(shell.err().contains("'" + rate + "' is not a rate above 0; use 10M"), shell.err());
        }
        assertFalse(Files.exists(folder.resolve("new")));
    }

    @Test
    void startingABackupAndForbiddingToContradictEachOther() {
        assertEquals(2, shoebox("backup", "--init", "--require-existing", folder));
        assertTrue(shell.err().contains("choose one"), shell.err());
    }

    @Test
    void aBackupInsideItsOwnSourceIsRefused() {
        assertEquals(2, shoebox("backup", "--from", folder, folder.resolve("a/b")));
        assertTrue(shell.err().contains("inside"), shell.err());
        assertFalse(Files.exists(folder.resolve("a")));
    }

    @Test
    void aSourceInsideTheBackupIsRefusedAlsoThroughALink() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("backup/inner"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("backup"));

        assertEquals(2, shoebox("backup", "--from", inner, link));
        assertTrue(shell.err().contains("inside"), shell.err());
    }

    @Test
    void aFolderToReadFromThatIsNotThereIsNothingToDoNow() {
        assertEquals(75, shoebox("list", "--from", folder.resolve("card")));
        assertTrue(shell.err().contains("card or drive"), shell.err());
    }

    @Test
    void aFullDiskIsReportedEvenIfTheRunCannotBeRecorded() throws Exception {
        Path source = Files.createDirectories(folder.resolve("card/DCIM"));
        for (int number = 0; number < 40; number++) {
            byte[] photo = new byte[50_000];
            new Random(number).nextBytes(photo);
            Files.write(source.resolve("IMG_%04d.JPG".formatted(number)), photo);
        }
        Path disk = Files.createDirectory(folder.resolve("disk"));
        String mounted = "mount -t tmpfs -o size=%d tmpfs " + disk;
        for (int bytes = 300_000; bytes < 2_000_000; bytes += 123_000) {
            assumeTrue(succeeds(mounted.formatted(bytes)), "only root can mount a small disk");
            try {
                assertEquals(13, shoebox("backup", disk, "--from", source), bytes + " bytes: " + shell.err());
            } finally {
                assertTrue(succeeds("umount " + disk));
            }
        }
    }

    private static boolean succeeds(String command) throws IOException, InterruptedException {
        return new ProcessBuilder(command.split(" ")).start().waitFor() == 0;
    }

    @Test
    void anInvalidArchiveIsRefusedWithAReason() throws IOException {
        Path letter = Files.writeString(folder.resolve("letter.zip"), "Dear Ada");

        assertEquals(2, shoebox("list", "--from", letter));
        assertTrue(shell.err().contains("letter.zip"), shell.err());
    }

    @Test
    void aBackupThatNeverBeganEndsItsJsonInASummaryToo() throws IOException {
        assertEquals(75, shoebox("backup", "--json", "--require-existing", folder.resolve("drive")));
        assertEquals("summary", lastLine().get("event"));
        assertEquals(75, lastLine().get("exitCode"));
        assertEquals(0, lastLine().get("copied"));
    }

    @Test
    void aMistypedOptionEndsTheJsonOfABackupInASummaryToo() throws IOException {
        assertEquals(2, shoebox("backup", "--dts", folder, "--json"));
        assertEquals("summary", lastLine().get("event"));
        assertEquals(2, lastLine().get("exitCode"));
    }

    @Test
    void withJsonEveryLineOnStdoutIsJson() throws IOException {
        shoebox("list", "--json", "--from", folder.resolve("\u001b[31mcard\n"));

        for (String line : shell.out().lines().toList()) {
            assertEquals("error", JSON.std.mapFrom(line).get("event"), line);
        }
        assertFalse(shell.err().contains("\u001b"), shell.err());
    }

    @Test
    void theCompletionScriptKnowsEveryCommand() {
        assertEquals(0, shoebox("completion"));
        for (String command : List.of("backup", "devices", "pair", "list", "completion")) {
            assertTrue(shell.out().contains(command));
        }
        assertTrue(shell.out().startsWith("#!/usr/bin/env bash"), shell.out());
    }

    @Test
    void everyTimeIsWrittenAlikeAndAWrongOneIsAnsweredWithAnExample() {
        for (String[] option : new String[][] {
            {"backup", "--wait"}, {"backup", "--wait-for-phone"}, {"devices", "--wait"}, {"verify", "--max-time"}
        }) {
            for (String time : new String[] {"0", "30", "30s", "2m", "1h"}) {
                assertEquals(
                        0, shoebox(option[0], option[1], time, "--help"), option[1] + " " + time + ": " + shell.err());
            }
            for (String nonsense : new String[] {"-1", "1.5m", "2min", "soon", ""}) {
                assertEquals(2, shoebox(option[0], option[1] + "=" + nonsense, folder), nonsense);
                assertTrue(
                        shell.err().contains("'" + nonsense + "' is not a duration; use 30s, 2m, 1h or 8d"),
                        shell.err());
            }
        }
    }

    @Test
    void anExplanationIsNotBrokenInTheMiddleOfALine() {
        shell.commandLine()
                .getSubcommands()
                .forEach((name, command) -> command.getCommandSpec().args().forEach(argument -> {
                    for (String line : argument.description()) {
                        assertTrue(
                                argument.description().length == 1 || line.length() <= 51,
                                name + " would break: " + line);
                    }
                }));
    }
}
