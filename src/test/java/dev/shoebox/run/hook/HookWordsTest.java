package dev.shoebox.run.hook;

import dev.shoebox.system.OperatingSystem;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** How the shell of each system receives a user's command and an untrusted name. */
class HookWordsTest {
    /**
     * cmd replaces variables before it looks for characters that separate commands, so quotes in the command do not
     * help.
     */
    @Test
    void aNameOfAPhoneIsNoCommandForWindows() {
        assertEquals("x_ _ del _ _ rem _", Hooks.told(OperatingSystem.WINDOWS, "x\" & del | ^ rem \""));
        assertEquals("_PATH_ _echo_ __1__", Hooks.told(OperatingSystem.WINDOWS, "%PATH% <echo> !(1)!"));
        assertEquals("Anna's iPhone", Hooks.told(OperatingSystem.WINDOWS, "Anna's iPhone"));
        assertEquals("D:\\Fotos\\é 日本", Hooks.told(OperatingSystem.WINDOWS, "D:\\Fotos\\é 日本"));
    }

    @Test
    void aPosixShellGetsNamesAsTheyAre() {
        assertEquals("x\" & $(y)", Hooks.told(OperatingSystem.LINUX, "x\" & $(y)"));
    }

    /** Without /s and quotes around all of it, cmd removes the first and the last quote of a command. */
    @Test
    void aCommandThatBeginsAndEndsWithAQuoteStaysWhole() {
        String command = "\"my tools\\7z.exe\" a \"%SHOEBOX_DEST%\"";

        assertEquals(
                List.of("cmd", "/d", "/s", "/c", '"' + command + '"'), Hooks.shell(OperatingSystem.WINDOWS, command));
        assertEquals(List.of("sh", "-c", command), Hooks.shell(OperatingSystem.MACOS, command));
    }
}
