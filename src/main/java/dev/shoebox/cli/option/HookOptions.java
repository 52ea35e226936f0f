package dev.shoebox.cli.option;

import dev.shoebox.run.alert.AlertWays;
import dev.shoebox.run.hook.HookCommands;
import dev.shoebox.run.record.RunRecorder;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Options for tasks around a backup. */
public final class HookOptions {
    @Option(
            names = "--run-before",
            paramLabel = "COMMAND",
            description = "Run this shell command first; if it fails, back up nothing and exit with 16.")
    private String before;

    @Option(
            names = "--run-after",
            paramLabel = "COMMAND",
            description = "Run this command after a complete backup; SHOEBOX_DEST and other variables describe the"
                    + " run. If it fails, the exit code is 17, and history, status and report say so.")
    private String after;

    @Option(
            names = "--run-after-fail",
            paramLabel = "COMMAND",
            description = "Run this command after an incomplete backup, except after exit code 75.")
    private String afterFail;

    @Option(
            names = "--copy-to",
            paramLabel = "FOLDER",
            description = "Keep a second backup in this folder, filled during the run without a second read of the"
                    + " iPhone. The folder must exist; if its drive is unplugged, the next run catches up. May be"
                    + " repeated.")
    private List<Path> copies = List.of();

    @Option(
            names = "--alarm-after",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "In unattended runs: alert if no backup was completed for this long. Default: 8d.")
    private Duration alarmAfter = RunRecorder.USUAL_ALARM;

    @Option(
            names = "--notify",
            paramLabel = "WAY",
            converter = WayConverter.class,
            description = "In unattended runs: besides the desktop notice, send alerts to mail:ADDRESS, smtp:FILE,"
                    + " ntfy:FILE or command:COMMAND, and report each run to ping:FILE. May be repeated; 'shoebox"
                    + " notify --test' tests it.")
    private List<String> ways = List.of();

    /** Returns the ways of notification. */
    public List<String> ways() {
        return ways;
    }

    private static final class WayConverter implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            AlertWays.complaint(text).ifPresent(why -> {
                throw new TypeConversionException(why);
            });
            return text;
        }
    }

    public Duration alarmAfter() {
        return alarmAfter;
    }

    /** Returns the second copies. */
    public List<Path> copies() {
        return copies;
    }

    public HookCommands commands() {
        return new HookCommands(
                Optional.ofNullable(before), Optional.ofNullable(after), Optional.ofNullable(afterFail));
    }
}
