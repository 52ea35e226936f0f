package dev.shoebox.system.process;

import dev.shoebox.system.OperatingSystem;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SleepInhibitorTest {
    /** On Windows, Java escapes no quote inside an argument, so PowerShell could not compile it. */
    @Test
    void powerShellGetsACommandWithoutQuotes() {
        List<String> words = SleepInhibitor.command(OperatingSystem.WINDOWS);

        words.forEach(word -> assertTrue(word.matches("[A-Za-z0-9+/=-]+"), word));
        String script = new String(Base64.getDecoder().decode(words.get(words.size() - 1)), StandardCharsets.UTF_16LE);
        assertTrue(script.contains("[DllImport(\"kernel32.dll\")]"), script);
        assertTrue(script.endsWith("[Console]::In.ReadToEnd()"), script);
    }

    @Test
    void eachSystemHasItsOwn() {
        assertEquals("caffeinate", SleepInhibitor.command(OperatingSystem.MACOS).get(0));
        assertEquals(
                "systemd-inhibit", SleepInhibitor.command(OperatingSystem.LINUX).get(0));
    }
}
