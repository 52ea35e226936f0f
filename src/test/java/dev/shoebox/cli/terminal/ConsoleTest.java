package dev.shoebox.cli.terminal;

import dev.shoebox.cli.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ConsoleTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Console on(TerminalInfo screen) {
        return new Console(new PrintWriter(out), new PrintWriter(err), screen);
    }

    @Test
    void coloursAppearOnlyOnTerminalsThatWantThem() {
        on(new TerminalInfo(() -> true, () -> 80, Set.of(TerminalInfo.Trait.COLOURFUL)))
                .error("bad");
        on(new TerminalInfo(() -> true, () -> 80, Set.of())).error("bad");
        on(TerminalInfo.none()).error("bad");

        assertEquals("\u001b[31mbad\u001b[0m\nbad\nbad\n", err.toString());
    }

    @Test
    void theEnvironmentCanRefuseColours() {
        assertFalse(TerminalInfo.ofProcess(Map.of("NO_COLOR", "1")).isColourful());
    }

    @Test
    void aLineTakesThePlaceOfTheProgressInsteadOfJoiningIt() {
        Console console = on(new TerminalInfo(() -> true, () -> 80, Set.of()));
        console.status(" 42%");
        console.result("done");

        assertEquals("\r\u001b[K 42%\r\u001b[K", err.toString());
        assertEquals("done\n", out.toString());
    }

    @Test
    void progressOfAListingIsEscaped() {
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), TerminalInfo.none());
        try (Progress progress = new Progress(console, "Looking through \u001b[2J\u202e\u0085 ...", System::nanoTime)) {
            assertFalse(progress.line().matches("(?s).*[\u001b\u202e\u0085].*"), progress.line());
        }
    }

    @Test
    void theDetailsOfAnErrorAreEscaped() {
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), TerminalInfo.none());
        console.trace(new IllegalStateException("a\u001b[2J\u202eb\u2028c"));
        assertFalse(err.toString().matches("(?s).*[\u001b\u202e\u2028].*"), err.toString());
        assertTrue(err.toString().contains("ConsoleTest"), err.toString());
    }

    @Test
    void mistypedWordsAreEscaped(@TempDir Path home) {
        Shell shell = Shell.plain(home);
        assertEquals(2, shell.shoebox("backup", "--\u001b[2J\u202edry-rnu"));
        assertFalse(shell.err().matches("(?s).*[\u001b\u202e].*"), shell.err());
    }
}
