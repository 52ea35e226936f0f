package dev.shoebox.system;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps the computer from falling asleep, with what the system has for it; where it has nothing, it may fall asleep. A
 * program of the system holds it awake until its input ends, which it does however we end.
 */
public final class SleepInhibitor implements Closeable {
    private static final String WINDOWS = "$t = Add-Type -PassThru -Name Awake -MemberDefinition"
            + " '[DllImport(\"kernel32.dll\")] public static extern uint SetThreadExecutionState(uint state);';"
            + " [void]$t::SetThreadExecutionState(2147483649); [void][Console]::In.ReadToEnd()";

    private final Optional<Process> holder;

    private SleepInhibitor(Optional<Process> holder) {
        this.holder = holder;
    }

    public static SleepInhibitor keep(Programs programs) {
        return new SleepInhibitor(
                programs.start(command(System.getProperty("os.name").toLowerCase(Locale.ROOT))));
    }

    private static List<String> command(String system) {
        if (system.startsWith("windows")) {
            return List.of("powershell", "-NoProfile", "-NonInteractive", "-Command", WINDOWS);
        }
        return system.startsWith("mac")
                ? List.of("caffeinate", "-i", "cat")
                : List.of(
                        "systemd-inhibit",
                        "--what=sleep:idle",
                        "--who=Shoebox",
                        "--why=Photos are being backed up",
                        "cat");
    }

    /** What holds it awake; empty if nothing does. */
    public Optional<Process> process() {
        return holder;
    }

    @Override
    public void close() {
        holder.ifPresent(process -> {
            try {
                process.getOutputStream().close();
            } catch (IOException ended) {
                // Then it holds nothing any more.
            }
            process.destroy();
        });
    }
}
