package dev.shoebox.cli;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

class ConsoleTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Console on(Screen screen) {
        return new Console(new PrintWriter(out), new PrintWriter(err), screen);
    }

    @Test
    void coloursAreForTerminalsWhoseOwnersWantThem() {
        on(Screen.terminal(80, true)).error("bad");
        on(Screen.terminal(80, false)).error("bad");
        on(Screen.none()).error("bad");

        assertEquals("\u001b[31mbad\u001b[0m\nbad\nbad\n", err.toString());
    }

    @Test
    void theEnvironmentCanRefuseColours() {
        assertFalse(Screen.ofProcess(Map.of("NO_COLOR", "1")).isColourful());
    }

    @Test
    void aLineTakesThePlaceOfTheProgressInsteadOfJoiningIt() {
        Console console = on(Screen.terminal(80, false));
        console.status(" 42%");
        console.result("done");

        assertEquals("\r\u001b[K 42%\r\u001b[K", err.toString());
        assertEquals("done\n", out.toString());
    }
}
