package dev.shoebox.run.record;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** The arguments of the system's own command, recorded by a command of that name. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands in these tests are scripts for sh")
class DesktopNoticesTest {
    private static final String EVIL = "$(touch evil) `touch evil` \"; 'x <b>\u202E";

    @TempDir
    private Path folder;

    private Map<String, String> environment(String program, String... more) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path script = Files.writeString(
                bin.resolve(program),
                "#!/bin/sh\nprintf '%s\\n' \"$@\" > '" + folder.resolve("told") + "'\nprintf '%s\\n'"
                        + " \"$SHOEBOX_NOTICE_TITLE\" >> '" + folder.resolve("told") + "'\n");
        script.toFile().setExecutable(true);
        Map<String, String> environment = new java.util.HashMap<>(Map.of("PATH", bin + ":/usr/bin:/bin"));
        for (int at = 0; at < more.length; at += 2) {
            environment.put(more[at], more[at + 1]);
        }
        return environment;
    }

    private String told() throws IOException {
        return Files.readString(folder.resolve("told"));
    }

    @Test
    void onLinuxWordsAreArgumentsAndMarkupIsText() throws IOException {
        new DesktopNotices(environment("notify-send", "DBUS_SESSION_BUS_ADDRESS", "unix:path=/x"), "Linux")
                .tell("Title", EVIL);

        assertEquals("--app-name=Shoebox\n--\nTitle\n$(touch evil) `touch evil` \"; 'x &lt;b&gt;\\u202e\n\n", told());
        assertFalse(Files.exists(Path.of("evil")));
    }

    @Test
    void whereThereIsNoDesktopNothingIsRun() throws IOException {
        new DesktopNotices(environment("notify-send"), "Linux").tell("Title", "text");
        new DesktopNotices(Map.of(), "Mac OS X").tell("Title", "text");

        assertFalse(Files.exists(folder.resolve("told")));
    }

    @Test
    void onMacosWordsAreArgumentsOfAFixedScript() throws IOException {
        new DesktopNotices(environment("osascript"), "Mac OS X").tell("Title", "text");

        assertEquals("""
                -e
                on run argv
                -e
                display notification (item 2 of argv) with title (item 1 of argv)
                -e
                end run
                Title
                text

                """, told());
    }

    @Test
    void onWindowsWordsAreVariables() throws IOException {
        new DesktopNotices(environment("powershell"), "Windows 11").tell("Title " + EVIL, "text");

        assertFalse(told().lines().limit(4).anyMatch(line -> line.contains("evil")));
        assertEquals(
                "Title $(touch evil) `touch evil` \"; 'x <b>\\u202e",
                told().lines().skip(4).findFirst().orElse(""));
    }
}
