package dev.shoebox.system;

import dev.shoebox.system.process.Programs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class OperatingSystemTest {
    @TempDir
    private Path folder;

    @Test
    void isDerivedFromJavasName() {
        assertEquals(OperatingSystem.WINDOWS, OperatingSystem.of("Windows 11"));
        assertEquals(OperatingSystem.MACOS, OperatingSystem.of("Mac OS X"));
        assertEquals(OperatingSystem.LINUX, OperatingSystem.of("Linux"));
        assertEquals(OperatingSystem.LINUX, OperatingSystem.of(""));
    }

    /** cmd, PowerShell and Explorer call the variable Path, and Java's map is case-sensitive. */
    @Test
    void aProgramIsFoundOnWindowsHoweverThePathIsSpelt() throws Exception {
        Path program = Files.createFile(folder.resolve("schtasks.exe"));
        assertTrue(program.toFile().setExecutable(true));

        var environment = OperatingSystem.WINDOWS.environment(Map.of("Path", folder.toString()));

        assertEquals(program, new Programs(environment).find("schtasks").orElseThrow());
    }
}
