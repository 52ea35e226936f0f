package dev.shoebox.cli;

import dev.shoebox.system.OperatingSystem;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Arguments and variables of a process on Windows, where Java alone loses letters and a task has no variables. */
class InvocationTest {
    private static boolean isLauncher(long process) {
        return process == 4711;
    }

    private static Invocation windows(Map<String, String> environment, String... given) {
        return Invocation.of(OperatingSystem.WINDOWS, environment, InvocationTest::isLauncher, Optional::empty, given);
    }

    @Test
    void aFolderNamedInAnotherScriptIsTheOneThatWasTyped() {
        var typed = Map.of("SHOEBOX_TYPED", "4711 backup \"D:\\写真 2026\\\\\" --udid Анна");

        assertEquals(
                List.of("backup", "D:\\写真 2026\\", "--udid", "Анна"),
                windows(typed, "backup", "D:\\?? 2026\\", "--udid", "????").words());
        assertEquals(Map.of(), windows(typed, "backup").environment());
    }

    /**
     * A backup that watch started, and a command that a hook runs, inherit the variable with another process's
     * arguments.
     */
    @Test
    void theArgumentsOfAnotherProcessAreIgnored() {
        var typed = Map.of("SHOEBOX_TYPED", "815 watch Анна");

        assertEquals(
                List.of("backup", "--scheduled"),
                windows(typed, "backup", "--scheduled").words());
        assertEquals(
                List.of("backup"),
                windows(Map.of("SHOEBOX_TYPED", "nonsense"), "backup").words());
    }

    private static List<String> startedWith(String line, String... given) {
        return Invocation.of(
                        OperatingSystem.WINDOWS, Map.of(), InvocationTest::isLauncher, () -> Optional.of(line), given)
                .words();
    }

    /** {@code java -jar}, and {@code shoebox.cmd}, which uses it. */
    @Test
    void whereJavaWasStartedByItselfWindowsIsAskedForTheLetters() {
        assertEquals(
                List.of("backup", "D:\\写真", "--udid", "Ağca"),
                startedWith("java -jar shoebox.jar backup D:\\写真 --udid Ağca", "backup", "D:\\??", "--udid", "Agca"));
    }

    @Test
    void wordsThatAreNotThoseOfTheLineAreKept() {
        List<String> given = List.of("backup", "--from", "a?.zip", "b.zip");

        assertEquals(given, startedWith("java -jar shoebox.jar backup --from *.zip", given.toArray(String[]::new)));
        assertEquals(given, startedWith("shoebox", given.toArray(String[]::new)));
    }

    @Test
    void namesThatJavaPutInThePlaceOfAStarAreKept() {
        var typed = Map.of("SHOEBOX_TYPED", "4711 backup --from takeout-*.zip");

        assertEquals(
                List.of("backup", "--from", "takeout-1.zip", "takeout-2.zip"),
                windows(typed, "backup", "--from", "takeout-1.zip", "takeout-2.zip")
                        .words());
    }

    @Test
    void variablesBeforeTheCommandAreThoseOfATask() {
        Invocation task = windows(
                Map.of("Path", "C:\\Windows"),
                "SHOEBOX_UNATTENDED=1",
                "XDG_STATE_HOME=D:\\my state",
                "backup",
                "--layout=%Y");

        assertEquals(List.of("backup", "--layout=%Y"), task.words());
        assertEquals("1", task.environment().get("SHOEBOX_UNATTENDED"));
        assertEquals("D:\\my state", task.environment().get("xdg_state_home"));
        assertEquals("C:\\Windows", task.environment().get("PATH"));
    }

    @Test
    void elsewhereNothingIsTouched() {
        Invocation linux = Invocation.of(
                OperatingSystem.LINUX,
                Map.of("SHOEBOX_TYPED", "4711 backup é"),
                InvocationTest::isLauncher,
                Optional::empty,
                "A=1",
                "backup");

        assertEquals(List.of("A=1", "backup"), linux.words());
    }

    @Test
    void wordsAreSplitAsWindowsDoes() {
        assertEquals(
                List.of("a b", "", "x\"y", "end\\", "a\\\\b", "q\" r"),
                Invocation.split(" \"a b\"  \"\" x\\\"y end\\ a\\\\b \"q\\\" r\" "));
        assertEquals(List.of(), Invocation.split("  \t"));
    }
}
