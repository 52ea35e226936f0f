package dev.shoebox.cli.backup;

import dev.shoebox.backup.event.MissingOriginal;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.TerminalInfo;
import dev.shoebox.photos.Role;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.OptionalLong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The output about originals that are only in iCloud. */
class SkippedOutputTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private void tell(String... options) {
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), TerminalInfo.none());
        new CommandLine(console).parseArgs(options);
        SkippedOutput untaken = new SkippedOutput(console);
        untaken.accept(new MissingOriginal("DCIM/IMG_1.HEIC", List.of(Role.PHOTO), OptionalLong.of(9), false));
        untaken.accept(new MissingOriginal("DCIM/IMG_2.HEIC", List.of(Role.PAIRED_VIDEO), OptionalLong.of(9), false));
        untaken.tell();
    }

    @Test
    void itIsPrintedUnlessOnlyFailuresAreWanted() {
        tell();
        assertTrue((out + "" + err).contains("iCloud"), err.toString());
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        tell("--quiet");
        assertEquals("", out + "" + err);
    }
}
