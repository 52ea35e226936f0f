package dev.shoebox.cli.configured;

import dev.shoebox.system.OperatingSystem;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;

class HomeOnWindowsTest {
    private static final String HOME = "C:\\Users\\Anna";

    /** cmd and PowerShell do not expand ~: the backup would go into a folder of that name in the current folder. */
    @Test
    void aTildeIsTheHome() {
        assertEquals(HOME + "/Pictures/iPhone", OperatingSystem.WINDOWS.withHome(HOME, "~/Pictures/iPhone"));
        assertEquals(HOME + "\\Pictures", OperatingSystem.WINDOWS.withHome(HOME, "~\\Pictures"));
        assertEquals(HOME, OperatingSystem.WINDOWS.withHome(HOME, "~"));
    }

    @Test
    void soItIsInAVariable() {
        Path home = Path.of("/users/anna");
        assertEquals(home.resolve("iPhone"), ConfiguredArguments.folder(OperatingSystem.WINDOWS, home, "~/iPhone"));
        assertEquals(Path.of("~/iPhone"), ConfiguredArguments.folder(OperatingSystem.LINUX, home, "~/iPhone"));
    }

    @Test
    void aNameThatOnlyBeginsSoIsAName() {
        assertEquals("~anna", OperatingSystem.WINDOWS.withHome(HOME, "~anna"));
        assertEquals("~/Pictures", OperatingSystem.LINUX.withHome("/home/anna", "~/Pictures"));
    }
}
