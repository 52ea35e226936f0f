package dev.shoebox.cli;

import dev.shoebox.system.OperatingSystem;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class HomeOnWindowsTest {
    private static final String HOME = "C:\\Users\\Anna";

    /** cmd and PowerShell pass ~ on: the backup would lie in a folder of that name, wherever one is. */
    @Test
    void aTildeIsTheHome() {
        assertEquals(HOME + "/Pictures/iPhone", Shoebox.withHome(OperatingSystem.WINDOWS, HOME, "~/Pictures/iPhone"));
        assertEquals(HOME + "\\Pictures", Shoebox.withHome(OperatingSystem.WINDOWS, HOME, "~\\Pictures"));
        assertEquals(HOME, Shoebox.withHome(OperatingSystem.WINDOWS, HOME, "~"));
    }

    @Test
    void aNameThatOnlyBeginsSoIsAName() {
        assertEquals("~anna", Shoebox.withHome(OperatingSystem.WINDOWS, HOME, "~anna"));
        assertEquals("~/Pictures", Shoebox.withHome(OperatingSystem.LINUX, "/home/anna", "~/Pictures"));
    }
}
