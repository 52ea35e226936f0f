package dev.shoebox.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Unattended runs: which alerts, logs and records they leave, and which they do not. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "notices are seen through a notify-send of the test")
class UnattendedTest {
    @TempDir
    private Path folder;

    private Shell shell;
    private Path backup;
    private Path card;

    @BeforeEach
    void open() throws IOException {
        shell = new Shell(folder);
        backup = folder.resolve("backup");
        card = shell.card("card", "IMG_0001.JPG");
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path told = folder.resolve("told");
        Path script = Files.writeString(bin.resolve("notify-send"), "#!/bin/sh\necho \"$3\" >> '" + told + "'\n");
        assertTrue(script.toFile().setExecutable(true));
        shell.environment.put("PATH", bin + ":/usr/bin:/bin");
        shell.environment.put("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        shell.environment.put("SHOEBOX_UNATTENDED", "1");
    }

    private List<String> told() throws IOException {
        Path told = folder.resolve("told");
        return Files.exists(told) ? Files.readAllLines(told) : List.of();
    }

    private int runOnDay(int day, Object... arguments) {
        shell.now = shell.now.plus(Duration.ofDays(day));
        int code = shell.shoebox(arguments);
        shell.now = shell.now.minus(Duration.ofDays(day));
        return code;
    }

    @Test
    void aMonthBringsAlarmsWhenAndOnlyWhenTheyShouldCome() throws IOException {
        for (int day = 0; day < 10; day++) {
            assertEquals(0, runOnDay(day, "backup", "--from", card, backup), shell.err());
        }
        assertEquals(List.of("The first backup of card is complete"), told());

        Files.move(backup, folder.resolve("unplugged"));
        for (int day = 10; day < 18; day++) {
            assertEquals(75, runOnDay(day, "backup", "--require-existing", "--from", card, backup));
        }
        assertEquals(1, told().size());
        for (int day = 18; day < 33; day++) {
            assertEquals(75, runOnDay(day, "backup", "--require-existing", "--from", card, backup));
            assertEquals(75, runOnDay(day, "backup", "--require-existing", "--from", card, backup));
        }
        assertEquals(
                List.of(
                        "No backup of card for 9 days",
                        "No backup of card for 16 days",
                        "No backup of card for 23 days"),
                told().subList(1, told().size()));

        Files.move(folder.resolve("unplugged"), backup);
        for (int day = 33; day < 42; day++) {
            assertEquals(0, runOnDay(day, "backup", "--from", card, backup), shell.err());
        }
        assertEquals("Backups of card complete again", told().get(4));
        assertEquals(5, told().size());
    }

    /**
     * Without a desktop session, the chosen channels deliver the same alerts, and a failing channel costs the run
     * nothing.
     */
    @Test
    void chosenChannelsDeliverTheAlertsOfTheDesktop() throws IOException {
        Path heard = folder.resolve("heard");
        shell.environment.remove("DBUS_SESSION_BUS_ADDRESS");
        shell.environment.put("SHOEBOX_NOTIFY", "command:echo \"$SHOEBOX_EVENT $SHOEBOX_TITLE\" >>'" + heard + "'");

        assertEquals(0, shell.shoebox("notify"), shell.err());
        assertEquals("command\n", shell.out());
        assertEquals(0, shell.shoebox("notify", "--test"), shell.err());
        assertEquals(0, shell.shoebox("backup", "--from", card, backup), shell.err());
        assertEquals(0, runOnDay(1, "backup", "--from", card, backup), shell.err());
        Files.move(backup, folder.resolve("unplugged"));
        assertEquals(75, runOnDay(10, "backup", "--require-existing", "--from", card, backup));

        assertEquals(
                List.of(
                        "test Shoebox test message",
                        "alarm The first backup of card is complete",
                        "alarm No backup of card for 9 days"),
                Files.readAllLines(heard));
        assertEquals(List.of(), told());

        shell.environment.put("SHOEBOX_NOTIFY", "command:exit 1");
        assertEquals(3, shell.shoebox("notify", "--test"));
        Files.move(folder.resolve("unplugged"), backup);
        assertEquals(0, runOnDay(11, "backup", "--from", card, backup));
        assertTrue(shell.err().contains("could not be sent by command"), shell.err());
        assertEquals(2, shell.shoebox("backup", "--notify", "anna@example.org", "--from", card, backup));
    }

    @Test
    void howLongMayPassCanBeSaid() throws IOException {
        assertEquals(0, shell.shoebox("backup", "--from", card, backup));
        Path gone = folder.resolve("gone");
        assertEquals(75, runOnDay(3, "backup", "--alarm-after", "2d", "--from", gone, backup));

        assertEquals("No backup of card for 3 days", told().get(1));
    }

    @Test
    void aManualRunReportsOnTheTerminalAlone() throws IOException {
        shell.environment.remove("SHOEBOX_UNATTENDED");
        assertEquals(0, shell.shoebox("backup", "--from", card, backup));

        assertEquals(List.of(), told());
        assertFalse(Files.exists(folder.resolve("state/shoebox/log")));
    }

    @Test
    void theOutputOfAnUnattendedRunIsKept() throws IOException {
        assertEquals(0, shell.shoebox("backup", "-v", "--from", card, backup));

        String log = Files.readString(folder.resolve("state/shoebox/log/shoebox.log"));
        assertTrue(log.contains("begins: " + backup), log);
        assertTrue(log.contains("IMG_0001.JPG -> "), log);
        assertTrue(log.contains("1 photo or video is safe in"), log);
        assertTrue(log.contains("ends: exit code 0"), log);
        assertTrue(log.lines().allMatch(line -> line.startsWith("2026-03-01T12:00:0")), log);
    }

    @Test
    void aScheduledStartThatFindsNoDriveIsInTheHistory() throws IOException {
        Path config = Files.createDirectories(folder.resolve("config/shoebox"));
        Files.writeString(
                config.resolve("config.toml"),
                "[phone.anna]\nudid = \"00008101-001A2B3C4D5E6F7A\"\n[destination.disk]\npath = \"" + backup + "\"\n");
        assertEquals(75, shell.shoebox("backup", "--scheduled", "anna"), shell.err());

        assertEquals(0, shell.shoebox("history", "--json"), shell.err());
        assertEquals(75, shell.json().get(0).get("exitCode"));
        assertEquals(backup.toString(), shell.json().get(0).get("destination"));
        assertEquals(true, shell.json().get(0).get("scheduled"));
        assertFalse(Files.exists(backup));
    }

    @Test
    void aCopyElsewhereThatFailsRaisesTheAlarmOnceAWeekUntilItWorks() throws IOException {
        assertEquals(0, shell.shoebox("backup", "--from", card, backup));
        assertEquals(17, runOnDay(1, "backup", "--run-after", "false", "--from", card, backup));
        assertEquals(17, runOnDay(1, "backup", "--run-after", "false", "--from", card, backup));
        assertEquals(17, runOnDay(2, "backup", "--run-after", "false", "--from", card, backup));
        assertEquals(17, runOnDay(9, "backup", "--run-after", "false", "--from", card, backup));
        assertEquals(0, runOnDay(10, "backup", "--run-after", "true", "--from", card, backup));

        assertEquals(
                List.of(
                        "The first backup of card is complete",
                        "The command after the backup of card failed",
                        "The command after the backup of card failed",
                        "The command after the backup of card works again"),
                told());
    }

    @Test
    void aSecondCopyThatFailsBehindARunThatEndsWith3RaisesTheAlarm() throws IOException {
        Files.write(card.resolve("IMG_0002.JPG"), new byte[1000]);
        Path second = Files.createDirectory(folder.resolve("second"));
        Path strange = Files.createFile(second.resolve("holiday.txt"));
        assertEquals(3, shell.shoebox("backup", "--copy-to", second, "--from", card, backup), shell.err());
        assertEquals(List.of("The second copy of card is not complete"), told());
        Files.delete(strange);
        assertEquals(3, runOnDay(1, "backup", "--copy-to", second, "--from", card, backup), shell.err());
        assertEquals("The second copy of card is complete again", told().get(1));
    }
}
