package dev.shoebox.cli.configured;

import dev.shoebox.cli.option.HookOptions;
import dev.shoebox.system.AppDirectories;
import dev.shoebox.system.OperatingSystem;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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

    @Command
    private static final class Copying {}

    @Test
    void soItIsInTheListOfSecondCopies() throws IOException {
        Path home = Path.of("/users/anna");
        var configured = new ConfiguredArguments(
                Map.of("SHOEBOX_COPY_TO", "~/Second"),
                AppDirectories.of(Map.of(), "Linux", home),
                () -> new CommandLine(new Copying()).addMixin("hooking", new HookOptions()));
        assertEquals(
                List.of(home.resolve("Second")),
                new ConfiguredCopies(configured).of(home.resolve("iPhone"), OperatingSystem.WINDOWS));
    }

    @Test
    void aNameThatOnlyBeginsSoIsAName() {
        assertEquals("~anna", OperatingSystem.WINDOWS.withHome(HOME, "~anna"));
        assertEquals("~/Pictures", OperatingSystem.LINUX.withHome("/home/anna", "~/Pictures"));
    }
}
