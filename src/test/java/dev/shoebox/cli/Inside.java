package dev.shoebox.cli;

import com.sun.jna.Library;
import com.sun.jna.Native;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.cli.terminal.TerminalInfo;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;

/** The command run in this process, which costs a tenth: for what has to be done and is not what is tried. */
public record Inside(int code, String words) {
    private interface CRuntime extends Library {
        int setenv(String name, String value, int overwrite);
    }

    /** Where the phones of all commands in this process are, from here on. */
    public static void connectTo(String address) {
        Native.load("c", CRuntime.class).setenv("USBMUXD_SOCKET_ADDRESS", address, 1);
    }

    /** @param home where it finds its configuration and notes its history */
    public static Inside shoebox(Path home, Object... arguments) {
        StringWriter words = new StringWriter();
        Console console = new Console(new PrintWriter(words), new PrintWriter(words), TerminalInfo.none());
        int code = new Shoebox(
                        console,
                        new InterruptHandler(onSignal -> {}, () -> {}),
                        InstantSource.system(),
                        Map.of(
                                "HOME",
                                home.toString(),
                                // As Started has it: both are runs of one computer.
                                "XDG_STATE_HOME",
                                home.resolve(".state").toString()))
                .run(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return new Inside(code, words.toString());
    }
}
