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

/** What else is to be done around a backup. */
public final class HookOptions {
    @Option(
            names = "--run-before",
            paramLabel = "COMMAND",
            description = "Run this first, by the shell; if it fails, nothing is backed up (exit code 16).")
    private Optional<String> before = Optional.empty();

    @Option(
            names = "--run-after",
            paramLabel = "COMMAND",
            description =
                    "Run this when a backup was completed; SHOEBOX_DEST and others tell it what was done. If it fails, the"
                            + " exit code is 17, and history, status and report say so.")
    private Optional<String> after = Optional.empty();

    @Option(
            names = "--run-after-fail",
            paramLabel = "COMMAND",
            description = "Run this when a backup was not completed, but for one that had nothing to do (75).")
    private Optional<String> afterFail = Optional.empty();

    @Option(
            names = "--copy-to",
            paramLabel = "FOLDER",
            description =
                    "Bring a second backup in this folder up to date behind each run, from the disk and not over the cable. It"
                            + " must be there; on a drive that is away, the next run catches up. May be given more than once.")
    private List<Path> copies = List.of();

    @Option(
            names = "--alarm-after",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Unattended: show a notice when no backup was completed for so long. Default: 8d.")
    private Duration alarmAfter = RunRecorder.USUAL_ALARM;

    @Option(
            names = "--notify",
            paramLabel = "WAY",
            converter = WayConverter.class,
            description =
                    "Unattended: tell of trouble by mail:ADDRESS, smtp:FILE, ntfy:FILE or command:COMMAND, and of each"
                            + " run by ping:FILE, beside the desktop. May be given more than once; 'shoebox notify --test' tries it.")
    private List<String> ways = List.of();

    /** By which ways trouble is told. */
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

    /** Where further copies are kept. */
    public List<Path> copies() {
        return copies;
    }

    public HookCommands commands() {
        return new HookCommands(before, after, afterFail);
    }
}
