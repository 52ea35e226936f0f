package dev.shoebox.cli.setup;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.shoebox.cli.Shell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code schedule}, with a systemctl that records its arguments. */
class ScheduleCommandTest {
    private Shell shell;

    @TempDir
    private Path folder;

    private Path units;
    private Path calls;

    @BeforeEach
    void prepare() throws IOException {
        shell = Shell.plain(folder);
        units = folder.resolve(".config/systemd/user");
        calls = folder.resolve("calls");
        shell.environment.put("PATH", folder.resolve("bin").toString());
        Path file = folder.resolve(".config/shoebox/config.toml");
        Files.createDirectories(file.getParent());
        Files.write(
                file,
                List.of(
                        "[destination.disk]",
                        "path = '/disk'",
                        "[phone.anna]",
                        "schedule = ['weekly', 'on-plug']",
                        "[phone.ben]"));
    }

    private void systemctl(String answer) throws IOException {
        Path program = Files.createDirectories(folder.resolve("bin")).resolve("systemctl");
        Files.writeString(program, "#!/bin/sh\necho \"$*\" >>" + calls + "\n" + answer + "\n");
        assertTrue(program.toFile().setExecutable(true));
    }

    private List<String> calls() throws IOException {
        List<String> lines = Files.readAllLines(calls);
        Files.delete(calls);
        return lines;
    }

    private int shoebox(Object... arguments) {
        return shell.shoebox(arguments);
    }

    @Test
    void printShowsTheUnitsWithoutAConfigurationAndWritesNothing() throws IOException {
        Files.delete(folder.resolve(".config/shoebox/config.toml"));
        assertEquals(0, shoebox("schedule", "install", "--weekly", "--print"), shell.err());
        assertTrue(shell.out().contains("# " + units.resolve("shoebox.service") + "\n[Unit]\n"), shell.out());
        assertTrue(shell.out().contains("OnCalendar=Sun *-*-* 19:00:00"), shell.out());
        assertTrue(shell.out().contains("Persistent=true"), shell.out());
        assertTrue(shell.out().contains("SuccessExitStatus=75"), shell.out());
        assertFalse(Files.exists(units));
        assertEquals(0, shoebox("schedule", "install", "--daily", "--at", "7:30", "--print"), shell.err());
        assertTrue(shell.out().contains("OnCalendar=*-*-* 07:30:00"), shell.out());
        assertEquals(0, shoebox("schedule", "install", "--on-plug", "--print"), shell.err());
        assertTrue(shell.out().contains("SYSTEMD_USER_WANTS"), shell.out());
        assertFalse(shell.out().contains("RUN"), shell.out());
        assertFalse(shell.out().contains("[Timer]"), shell.out());
    }

    @Test
    void theFilesOfOtherSystemsCanBeShown() {
        assertEquals(0, shoebox("schedule", "install", "--daily", "--print", "--system", "macos"));
        assertTrue(shell.out().startsWith("<?xml"), shell.out());
        assertTrue(shell.out().contains("StartCalendarInterval"), shell.out());
        assertEquals(0, shoebox("schedule", "install", "--daily", "--print", "--system", "windows"));
        assertTrue(shell.out().contains("<StartWhenAvailable>true"), shell.out());
        assertEquals(2, shoebox("schedule", "install", "--daily", "--print", "--system", "plan9"));
        assertEquals(2, shoebox("schedule", "install", "--daily", "--system", "macos"));
        assertTrue(shell.err().contains("add --print"), shell.err());
    }

    @Test
    void contradictoryOrEmptyRequestsAreRefused() throws IOException {
        systemctl("");
        assertEquals(2, shoebox("schedule", "install", "--daily", "--weekly", "anna"));
        assertEquals(2, shoebox("schedule", "install", "--daily", "--at", "Sun 9:00", "anna"));
        assertEquals(2, shoebox("schedule", "install", "--at", "noon", "anna"));
        assertTrue(shell.err().contains("use 20:30"), shell.err());
        assertEquals(2, shoebox("schedule", "install", "ben"));
        assertTrue(shell.err().contains("Say when: --daily"), shell.err());
        assertEquals(2, shoebox("schedule", "install", "--daily", "bne"));
        assertTrue(shell.err().contains("Did you mean 'ben'?"), shell.err());
        assertEquals(2, shoebox("schedule", "install", "--daily"));
        assertTrue(shell.err().contains("choose one of anna, ben"), shell.err());
        assertEquals(2, shoebox("schedule", "install", "--daily", "--print", "../x"));
        assertTrue(shell.err().contains("cannot be the name of a phone"), shell.err());
        assertFalse(Files.exists(units));
    }

    @Test
    void installingTwiceIsInstallingOnceAndRemovingLeavesNothingOfOurs() throws IOException {
        systemctl("[ \"$2\" != show ] || echo 'Sun 2026-11-22 19:00:00 UTC'");
        Path foreign = Files.createDirectories(units).resolve("other.timer");
        Files.writeString(foreign, "x");

        assertEquals(0, shoebox("schedule", "install", "--weekly", "ben"), shell.err());
        assertTrue(shell.out().contains("every Sunday at 19:05"), shell.out());
        assertEquals(
                List.of("--user show-environment", "--user daemon-reload", "--user enable --now shoebox-ben.timer"),
                calls());
        String service = Files.readString(units.resolve("shoebox-ben.service"));
        assertTrue(service.contains(" backup --scheduled ben\n"), service);

        assertEquals(0, shoebox("schedule", "install", "--daily", "ben"), shell.err());
        assertEquals(
                2,
                Files.readAllLines(folder.resolve(".local/state/shoebox/schedule.list"))
                        .size());
        assertTrue(Files.readString(units.resolve("shoebox-ben.timer")).contains("OnCalendar=*-*-* 19:05:00"));

        assertEquals(0, shoebox("schedule", "show"), shell.err());
        assertTrue(shell.out().contains("shoebox-ben: next on Sun 2026-11-22 19:00:00 UTC"), shell.out());
        assertEquals(0, shoebox("schedule", "remove", "anna"), shell.err());
        assertTrue(shell.out().contains("Nothing was installed for 'anna'"), shell.out());
        calls();

        assertEquals(0, shoebox("schedule", "remove"), shell.err());
        assertTrue(calls().contains("--user disable --now shoebox-ben.timer"));
        try (var left = Files.list(units)) {
            assertEquals(List.of(foreign), left.toList());
        }
        assertEquals(0, shoebox("schedule", "show"));
        assertTrue(shell.out().contains("No backup is scheduled"), shell.out());
    }

    @Test
    void theConfigurationMaySayWhen() throws IOException {
        systemctl("");
        assertEquals(0, shoebox("schedule", "install", "--print", "anna"), shell.err());
        assertTrue(shell.out().contains("OnCalendar=Sun"), shell.out());
        assertTrue(shell.out().contains("90-shoebox-anna.rules"), shell.out());
    }

    @Test
    void aJobThatNeedsNoTimerLosesIt() throws IOException {
        systemctl("");
        assertEquals(0, shoebox("schedule", "install", "--weekly", "ben"), shell.err());
        Path timer = units.resolve("shoebox-ben.timer");
        assertTrue(Files.exists(timer));
        assertEquals(0, shoebox("schedule", "install", "--at", "20:00", "ben"), shell.err());
        assertTrue(Files.readString(timer).contains("20:00:00"));
    }

    /** The scheduler of a NAS starts both at the minute that it is given. */
    @Test
    void severalPhonesDoNotBeginAtOneMinute() throws IOException {
        for (String system : List.of("linux", "macos", "windows")) {
            assertEquals(0, shoebox("schedule", "install", "--print", "--daily", "--system", system, "anna"));
            String anna = shell.out();
            assertEquals(0, shoebox("schedule", "install", "--print", "--daily", "--system", system, "ben"));
            assertNotEquals(anna.replace("anna", "ben"), shell.out());
        }
        assertEquals(0, shoebox("schedule", "install", "--print", "--at", "20:00", "ben"), shell.err());
        assertTrue(shell.out().contains("20:00:00"), shell.out());
    }

    @Test
    void aUnitOfSomebodyElseIsNotReplaced() throws IOException {
        systemctl("");
        Path unit = Files.createDirectories(units).resolve("shoebox-ben.timer");
        Files.writeString(unit, "mine");
        assertEquals(2, shoebox("schedule", "install", "--weekly", "ben"));
        assertTrue(shell.err().contains("is not from Shoebox"), shell.err());
        assertEquals("mine", Files.readString(unit));
        assertFalse(Files.exists(units.resolve("shoebox-ben.service")));
    }

    @Test
    void whereThereIsNoSystemdALineForAnotherSchedulerIsPrinted() throws IOException {
        assertEquals(2, shoebox("schedule", "install", "--weekly", "ben"));
        assertTrue(shell.err().contains("systemd is not installed"), shell.err());
        assertTrue(shell.out().contains("5 19 * * 0  "), shell.out());
        assertTrue(shell.out().contains("backup --scheduled ben --quiet >/dev/null || [ $? -eq 75 ]"), shell.out());
        assertTrue(shell.out().contains("# Exit code 75"), shell.out());
        systemctl("exit 1");
        assertEquals(2, shoebox("schedule", "install", "--weekly", "ben"));
        assertTrue(shell.err().contains("'systemctl --user' does not answer"), shell.err());
        assertFalse(Files.exists(units));
    }

    @Test
    void aRefusalOfSystemdIsReported() throws IOException {
        systemctl("[ \"$2\" != enable ] || { echo 'Access denied'; exit 1; }");
        assertEquals(2, shoebox("schedule", "install", "--weekly", "ben"));
        assertTrue(shell.err().contains("failed: Access denied"), shell.err());
        assertEquals(0, shoebox("schedule", "remove"), "what was written is on the list");
        assertFalse(Files.exists(units.resolve("shoebox-ben.timer")));
    }

    @Test
    void installedJobsAreListedAsJsonEvenIfThereAreNone() throws IOException {
        assertEquals(0, shoebox("schedule", "show", "--json"), shell.err());
        assertEquals(1, shell.out().lines().count(), shell.out());
        Map<String, Object> none = JSON.std.mapFrom(shell.out());
        assertEquals("summary", none.get("event"));
        assertEquals(0, none.get("jobs"));

        systemctl("");
        assertEquals(0, shoebox("schedule", "install", "--weekly", "ben"), shell.err());
        assertEquals(0, shoebox("schedule", "show", "--json"), shell.err());
        List<String> lines = shell.out().lines().toList();
        assertEquals("schedule", JSON.std.mapFrom(lines.get(0)).get("event"));
        assertEquals(1, JSON.std.mapFrom(lines.get(1)).get("jobs"));
    }
}
