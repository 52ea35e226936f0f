package dev.shoebox.cli.terminal;

import dev.shoebox.system.OperatingSystem;
import org.jline.nativ.CLibrary;
import org.jline.nativ.Kernel32;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** What stderr is shown on, and whether anybody may be there to see it. */
public final class TerminalInfo {
    private static final int STDIN = 0;
    private static final int STDERR = 2;
    private static final int USUAL_WIDTH = 80;

    /** {@code ENABLE_VIRTUAL_TERMINAL_PROCESSING}, of Windows' consoleapi.h. */
    private static final int ESCAPE_SEQUENCES = 0x4;

    private final BooleanSupplier terminal;
    private final IntSupplier width;
    private final boolean colourful;
    private final boolean unattended;

    private TerminalInfo(BooleanSupplier terminal, IntSupplier width, boolean colourful, boolean unattended) {
        this.terminal = terminal;
        this.width = width;
        this.colourful = colourful;
        this.unattended = unattended;
    }

    /** The screen of this process. Nothing is asked of the system before somebody wants to know. */
    public static TerminalInfo ofProcess(Map<String, String> environment) {
        boolean canMove = !"dumb".equals(environment.get("TERM"));
        boolean colourful = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new TerminalInfo(
                () -> canMove && isTerminal(STDERR),
                () -> OperatingSystem.current() == OperatingSystem.WINDOWS
                        ? USUAL_WIDTH
                        : CLibrary.getTerminalWidth(STDERR),
                colourful,
                "1".equals(environment.get("SHOEBOX_UNATTENDED")));
    }

    /** A terminal of this width. */
    static TerminalInfo terminal(int width, boolean colourful) {
        return new TerminalInfo(() -> true, () -> width, colourful, false);
    }

    /** A file or a pipe. */
    public static TerminalInfo none() {
        return new TerminalInfo(() -> false, () -> USUAL_WIDTH, false, false);
    }

    /** Whether a person watches, and a line can be written over. */
    public boolean isTerminal() {
        return terminal.getAsBoolean();
    }

    /** Whether a scheduler started this and says so: {@code SHOEBOX_UNATTENDED=1}. */
    public boolean isUnattended() {
        return unattended;
    }

    /** Whether a person can type here. Newer Javas have a console where there is none. */
    public static boolean canType() {
        try {
            return OperatingSystem.current() == OperatingSystem.WINDOWS
                    ? Kernel32.isatty(STDIN) == 1
                    : !isElsewhere(STDIN) && CLibrary.isatty(STDIN) == 1;
        } catch (LinkageError unknownPlatform) {
            return false;
        }
    }

    /** In columns; asked anew each time, because windows are resized. */
    int width() {
        int columns = width.getAsInt();
        return columns > 0 ? columns : USUAL_WIDTH;
    }

    boolean isColourful() {
        return colourful && isTerminal();
    }

    /** Where the native part does not load (a platform JLine does not know) there is no terminal we could draw on. */
    private static boolean isTerminal(int descriptor) {
        try {
            return OperatingSystem.current() == OperatingSystem.WINDOWS
                    ? isWindow(descriptor)
                    : !isElsewhere(descriptor) && CLibrary.isatty(descriptor) == 1;
        } catch (LinkageError unknownPlatform) {
            return false;
        }
    }

    /**
     * JLine's native part has another name for the question there. A window that takes no escape sequences, as those of Windows
     * before 10, is none that we could draw on.
     */
    private static boolean isWindow(int descriptor) {
        if (Kernel32.isatty(descriptor) != 1) {
            return false;
        }
        int[] mode = new int[1];
        long window = Kernel32.GetStdHandle(Kernel32.STD_ERROR_HANDLE);
        return Kernel32.GetConsoleMode(window, mode) != 0
                && Kernel32.SetConsoleMode(window, mode[0] | ESCAPE_SEQUENCES) != 0;
    }

    /** Whether Linux says that it is a file or a pipe: that is sooner told than JLine's native part is unpacked. */
    private static boolean isElsewhere(int descriptor) {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor)));
            return !target.startsWith("/dev") || target.endsWith("null");
        } catch (IOException | UnsupportedOperationException notLinux) {
            return false;
        }
    }
}
