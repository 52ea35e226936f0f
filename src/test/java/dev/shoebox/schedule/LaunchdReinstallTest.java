package dev.shoebox.schedule;

import dev.shoebox.system.process.Programs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Installing a second time, with a launchctl that keeps loaded jobs in a file and unloads them after a while. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "launchctl is played by a script")
class LaunchdReinstallTest {
    /** launchd's behaviour as documented: "load" ignores a loaded job and reports no failure. */
    private static final String LAUNCHCTL = """
            #!/bin/sh
            cd "$LAUNCHD" || exit 9
            case $1 in
                load) [ -e loaded ] || cp "$3" loaded ;;
                unload) rm -f loaded ;;
                bootout) [ ! -e loaded ] && exit 3; touch leaving ;;
                bootstrap)
                    if [ -e leaving ]; then
                        rm -f leaving loaded
                        echo "Bootstrap failed: 37: Operation already in progress" >&2
                        exit 37
                    fi
                    [ ! -e refuses ] || exit 5
                    [ ! -e loaded ] || exit 5
                    cp "$3" loaded
                    ;;
                print) [ -e loaded ] ;;
            esac
            """;

    @TempDir
    private Path folder;

    private Path loaded;
    private JobInstaller installer;

    @BeforeEach
    void open() throws Exception {
        Path programs = Files.createDirectory(folder.resolve("programs"));
        Path launchctl = Files.writeString(programs.resolve("launchctl"), LAUNCHCTL);
        assertTrue(launchctl.toFile().setExecutable(true));
        loaded = Files.createDirectory(folder.resolve("launchd")).resolve("loaded");
        installer = new JobInstaller(
                new Launchd(folder.resolve("home")),
                new InstalledJobs(folder.resolve("schedule.list")),
                new Programs(Map.of(
                        "PATH",
                        programs + ":/usr/bin:/bin",
                        "LAUNCHD",
                        loaded.getParent().toString())));
    }

    private static Job at(int hour) {
        return new Job(
                Optional.empty(),
                Optional.of(new CalendarTime(Optional.empty(), LocalTime.of(hour, 0))),
                false,
                StartCommand.of("/opt/shoebox/bin/shoebox"),
                Map.of());
    }

    @Test
    void launchdKnowsTheTimeThatWasSetLast() throws Exception {
        installer.install(at(7));
        installer.install(at(21));

        assertTrue(Files.readString(loaded).contains("<integer>21</integer>"), Files.readString(loaded));
    }

    @Test
    void aJobThatLaunchdRejectsIsReportedAndARemovedOneIsGone() throws Exception {
        installer.install(at(7));
        assertEquals(1, installer.removeAll().size());
        assertTrue(Files.exists(loaded.resolveSibling("leaving")));
        assertFalse(Files.exists(folder.resolve("home/Library/LaunchAgents/dev.shoebox.plist")));

        Files.delete(loaded);
        Files.delete(loaded.resolveSibling("leaving"));
        Files.createFile(loaded.resolveSibling("refuses"));
        assertThrows(ScheduleException.class, () -> installer.install(at(7)));
    }
}
