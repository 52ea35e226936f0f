package dev.shoebox.cli.terminal;

import dev.shoebox.system.OperatingSystem;
import org.jline.nativ.CLibrary;
import org.jline.nativ.Kernel32;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** The properties of the terminal behind stderr. */
public final class TerminalInfo {
    private static final int STDIN = 0;
    private static final int STDERR = 2;
    private static final int USUAL_WIDTH = 80;

    /** {@code ENABLE_VIRTUAL_TERMINAL_PROCESSING}, from Windows' consoleapi.h. */
    private static final int ESCAPE_SEQUENCES = 0x4;

    private final BooleanSupplier terminal;
    private final IntSupplier width;
    private final Set<Trait> traits;

    /** A property that the environment sets. */
    enum Trait {
        COLOURFUL,
        UNATTENDED
    }

    TerminalInfo(BooleanSupplier terminal, IntSupplier width, Set<Trait> traits) {
        this.terminal = terminal;
        this.width = width;
        this.traits = Set.copyOf(traits);
    }

    /** Returns the terminal of this process. Queries the system lazily. */
    public static TerminalInfo ofProcess(Map<String, String> environment) {
        boolean canMove = !"dumb".equals(environment.get("TERM"));
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            traits.add(Trait.COLOURFUL);
        }
        if ("1".equals(environment.get("SHOEBOX_UNATTENDED"))) {
            traits.add(Trait.UNATTENDED);
        }
        return new TerminalInfo(
                () -> canMove && isTerminal(STDERR),
                () -> OperatingSystem.current() == OperatingSystem.WINDOWS
                        ? USUAL_WIDTH
                        : CLibrary.getTerminalWidth(STDERR),
                traits);
    }

    /** Returns a file or a pipe. */
    public static TerminalInfo none() {
        return new TerminalInfo(() -> false, () -> USUAL_WIDTH, Set.of());
    }

    /** Returns whether a person watches, and lines can be overwritten. */
    public boolean isTerminal() {
        return terminal.getAsBoolean();
    }

    /** Returns whether a scheduler started this, as declared by {@code SHOEBOX_UNATTENDED=1}. */
    public boolean isUnattended() {
        return traits.contains(Trait.UNATTENDED);
    }

    /** Returns whether a person can type here. Newer Java versions report a console even if there is none. */
    public static boolean canType() {
        try {
            return OperatingSystem.current() == OperatingSystem.WINDOWS
                    ? Kernel32.isatty(STDIN) == 1
                    : !isElsewhere(STDIN) && CLibrary.isatty(STDIN) == 1;
        } catch (LinkageError unknownPlatform) {
            return false;
        }
    }

    /** Returns the number of columns. Queried each time, because windows are resized. */
    int width() {
        int columns = width.getAsInt();
        return columns > 0 ? columns : USUAL_WIDTH;
    }

    boolean isColourful() {
        return traits.contains(Trait.COLOURFUL) && isTerminal();
    }

    /** If JLine's native library does not load on this platform, there is no terminal to draw on. */
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
     * JLine's native library has another function for this on Windows. A window without escape sequences, as before
     * Windows 10, cannot be drawn on.
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

    /**
     * Returns whether Linux says that it is a file or a pipe, which is faster than unpacking JLine's native library.
     */
    private static boolean isElsewhere(int descriptor) {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor)));
            return !target.startsWith("/dev") || target.endsWith("null");
        } catch (IOException | UnsupportedOperationException notLinux) {
            return false;
        }
    }
}
