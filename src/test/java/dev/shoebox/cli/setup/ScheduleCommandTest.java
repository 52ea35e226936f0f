package dev.shoebox.cli.setup;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.shoebox.cli.Shoebox;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.cli.terminal.TerminalInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code schedule}, with a systemctl that writes down how it was called. */
class ScheduleCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path folder;

    private Path units;
    private Path calls;

    @BeforeEach
    void prepare() throws IOException {
        units = folder.resolve(".config/systemd/user");
        calls = folder.resolve("calls");
        environment.put("HOME", folder.toString());
        environment.put("PATH", folder.resolve("bin").toString());
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
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), TerminalInfo.none());
        String[] words = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
        return new Shoebox(console, new InterruptHandler(onSignal -> {}, () -> {}), InstantSource.system(), environment)
                .run(words);
    }

    @Test
    void whatWouldBeWrittenIsShownWithoutAConfigurationAndWithoutWritingAnything() throws IOException {
        Files.delete(folder.resolve(".config/shoebox/config.toml"));
        assertEquals(0, shoebox("schedule", "install", "--weekly", "--print"), err.toString());
        assertTrue(out.toString().contains("# " + units.resolve("shoebox.service") + "\n[Unit]\n"), out.toString());
        assertTrue(out.toString().contains("OnCalendar=Sun *-*-* 19:00:00"), out.toString());
        assertTrue(out.toString().contains("Persistent=true"), out.toString());
        assertTrue(out.toString().contains("SuccessExitStatus=75"), out.toString());
        assertFalse(Files.exists(units));
        assertEquals(0, shoebox("schedule", "install", "--daily", "--at", "7:30", "--print"), err.toString());
        assertTrue(out.toString().contains("OnCalendar=*-*-* 07:30:00"), out.toString());
        assertEquals(0, shoebox("schedule", "install", "--on-plug", "--print"), err.toString());
        assertTrue(out.toString().contains("SYSTEMD_USER_WANTS"), out.toString());
        assertFalse(out.toString().contains("RUN"), out.toString());
        assertFalse(out.toString().contains("[Timer]"), out.toString());
    }

    @Test
    void theFilesOfOtherSystemsCanBeShown() {
        assertEquals(0, shoebox("schedule", "install", "--daily", "--print", "--system", "macos"));
        assertTrue(out.toString().startsWith("<?xml"), out.toString());
        assertTrue(out.toString().contains("StartCalendarInterval"), out.toString());
        assertEquals(0, shoebox("schedule", "install", "--daily", "--print", "--system", "windows"));
        assertTrue(out.toString().contains("<StartWhenAvailable>true"), out.toString());
        assertEquals(2, shoebox("schedule", "install", "--daily", "--print", "--system", "plan9"));
        assertEquals(2, shoebox("schedule", "install", "--daily", "--system", "macos"));
        assertTrue(err.toString().contains("add --print"), err.toString());
    }

    @Test
    void whatContradictsItselfOrSaysNothingIsRefused() throws IOException {
        systemctl("");
        assertEquals(2, shoebox("schedule", "install", "--daily", "--weekly", "anna"));
        assertEquals(2, shoebox("schedule", "install", "--daily", "--at", "Sun 9:00", "anna"));
        assertEquals(2, shoebox("schedule", "install", "--at", "noon", "anna"));
        assertTrue(err.toString().contains("write it as 20:30"), err.toString());
        assertEquals(2, shoebox("schedule", "install", "ben"));
        assertTrue(err.toString().contains("Say when: --daily"), err.toString());
        assertEquals(2, shoebox("schedule", "install", "--daily", "bne"));
        assertTrue(err.toString().contains("Did you mean 'ben'?"), err.toString());
        assertEquals(2, shoebox("schedule", "install", "--daily"));
        assertTrue(err.toString().contains("name one of anna, ben"), err.toString());
        assertEquals(2, shoebox("schedule", "install", "--daily", "--print", "../x"));
        assertTrue(err.toString().contains("cannot be the name of a phone"), err.toString());
        assertFalse(Files.exists(units));
    }

    @Test
    void installingTwiceIsInstallingOnceAndRemovingLeavesNothingOfOurs() throws IOException {
        systemctl("[ \"$2\" != show ] || echo 'Sun 2026-11-22 19:00:00 UTC'");
        Path foreign = Files.createDirectories(units).resolve("other.timer");
        Files.writeString(foreign, "x");

        assertEquals(0, shoebox("schedule", "install", "--weekly", "ben"), err.toString());
        assertTrue(out.toString().contains("every Sunday at 19:00"), out.toString());
        assertEquals(
                List.of("--user show-environment", "--user daemon-reload", "--user enable --now shoebox-ben.timer"),
                calls());
        String service = Files.readString(units.resolve("shoebox-ben.service"));
        assertTrue(service.contains(" backup --scheduled ben\n"), service);

        assertEquals(0, shoebox("schedule", "install", "--daily", "ben"), err.toString());
        assertEquals(
                2,
                Files.readAllLines(folder.resolve(".local/state/shoebox/schedule.list"))
                        .size());
        assertTrue(Files.readString(units.resolve("shoebox-ben.timer")).contains("OnCalendar=*-*-* 19:00:00"));

        assertEquals(0, shoebox("schedule", "show"), err.toString());
        assertTrue(out.toString().contains("shoebox-ben: next on Sun 2026-11-22 19:00:00 UTC"), out.toString());
        assertEquals(0, shoebox("schedule", "remove", "anna"), err.toString());
        assertTrue(out.toString().contains("Nothing was installed for 'anna'"), out.toString());
        calls();

        assertEquals(0, shoebox("schedule", "remove"), err.toString());
        assertTrue(calls().contains("--user disable --now shoebox-ben.timer"));
        try (var left = Files.list(units)) {
            assertEquals(List.of(foreign), left.toList());
        }
        assertEquals(0, shoebox("schedule", "show"));
        assertTrue(out.toString().contains("No backup starts by itself"), out.toString());
    }

    @Test
    void theConfigurationMaySayWhen() throws IOException {
        systemctl("");
        assertEquals(0, shoebox("schedule", "install", "--print", "anna"), err.toString());
        assertTrue(out.toString().contains("OnCalendar=Sun"), out.toString());
        assertTrue(out.toString().contains("90-shoebox-anna.rules"), out.toString());
    }

    @Test
    void aJobThatNeedsItsTimerNoMoreLosesIt() throws IOException {
        systemctl("");
        assertEquals(0, shoebox("schedule", "install", "--weekly", "ben"), err.toString());
        Path timer = units.resolve("shoebox-ben.timer");
        assertTrue(Files.exists(timer));
        assertEquals(0, shoebox("schedule", "install", "--at", "20:00", "ben"), err.toString());
        assertTrue(Files.readString(timer).contains("20:00:00"));
    }

    @Test
    void aUnitThatSomebodyElseWroteIsNotReplaced() throws IOException {
        systemctl("");
        Path unit = Files.createDirectories(units).resolve("shoebox-ben.timer");
        Files.writeString(unit, "mine");
        assertEquals(2, shoebox("schedule", "install", "--weekly", "ben"));
        assertTrue(err.toString().contains("is not from Shoebox"), err.toString());
        assertEquals("mine", Files.readString(unit));
        assertFalse(Files.exists(units.resolve("shoebox-ben.service")));
    }

    @Test
    void whereThereIsNoSystemdALineForAnotherSchedulerIsPrinted() throws IOException {
        assertEquals(2, shoebox("schedule", "install", "--weekly", "ben"));
        assertTrue(err.toString().contains("there is no systemd here"), err.toString());
        assertTrue(out.toString().contains("0 19 * * 0  "), out.toString());
        assertTrue(
                out.toString().contains("backup --scheduled ben --quiet >/dev/null || [ $? -eq 75 ]"), out.toString());
        assertTrue(out.toString().contains("# 75 means"), out.toString());
        systemctl("exit 1");
        assertEquals(2, shoebox("schedule", "install", "--weekly", "ben"));
        assertTrue(err.toString().contains("'systemctl --user' does not answer"), err.toString());
        assertFalse(Files.exists(units));
    }

    @Test
    void aRefusalOfSystemdIsReported() throws IOException {
        systemctl("[ \"$2\" != enable ] || { echo 'Access denied'; exit 1; }");
        assertEquals(2, shoebox("schedule", "install", "--weekly", "ben"));
        assertTrue(err.toString().contains("failed: Access denied"), err.toString());
        assertEquals(0, shoebox("schedule", "remove"), "what was written is on the list");
        assertFalse(Files.exists(units.resolve("shoebox-ben.timer")));
    }

    @Test
    void whatIsInstalledIsToldAsJsonAlsoWhereItIsNothing() throws IOException {
        assertEquals(0, shoebox("schedule", "show", "--json"), err.toString());
        assertEquals(1, out.toString().lines().count(), out.toString());
        Map<String, Object> none = JSON.std.mapFrom(out.toString());
        assertEquals("summary", none.get("event"));
        assertEquals(0, none.get("jobs"));

        systemctl("");
        assertEquals(0, shoebox("schedule", "install", "--weekly", "ben"), err.toString());
        assertEquals(0, shoebox("schedule", "show", "--json"), err.toString());
        List<String> lines = out.toString().lines().toList();
        assertEquals("schedule", JSON.std.mapFrom(lines.get(0)).get("event"));
        assertEquals(1, JSON.std.mapFrom(lines.get(1)).get("jobs"));
    }
}
