package dev.shoebox.system.process;

import dev.shoebox.system.OperatingSystem;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the computer awake with a program of the system, if it has one. That program runs until its input ends, which
 * happens however this process ends.
 */
public final class SleepInhibitor implements Closeable {
    private static final String WINDOWS = "$t = Add-Type -PassThru -Name Awake -MemberDefinition"
            + " '[DllImport(\"kernel32.dll\")] public static extern uint SetThreadExecutionState(uint state);';"
            + " [void]$t::SetThreadExecutionState(2147483649); [void][Console]::In.ReadToEnd()";

    private final Process holder; // or null

    private SleepInhibitor(Process holderOrNull) {
        this.holder = holderOrNull;
    }

    public static SleepInhibitor keep(Programs programs) {
        return new SleepInhibitor(
                programs.start(command(OperatingSystem.current())).orElse(null));
    }

    static List<String> command(OperatingSystem system) {
        return switch (system) {
            case WINDOWS -> List.of("powershell", "-NoProfile", "-NonInteractive", "-EncodedCommand", encoded(WINDOWS));
            case MACOS -> List.of("caffeinate", "-i", "cat");
            case LINUX ->
                List.of(
                        "systemd-inhibit",
                        "--what=sleep:idle",
                        "--who=Shoebox",
                        "--why=Photos are being backed up",
                        "cat");
        };
    }

    /**
     * On Windows, Java does not escape quotes inside an argument, so a script with quotes would arrive without them.
     */
    private static String encoded(String script) {
        return Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_16LE));
    }

    /** Returns the program that keeps it awake; empty if there is none. */
    public Optional<Process> process() {
        return Optional.ofNullable(holder);
    }

    @Override
    public void close() {
        if (holder != null) {
            try {
                holder.getOutputStream().close();
            } catch (IOException ended) {
                // Then it does not keep it awake any more.
            }
            holder.destroy();
        }
    }
}
