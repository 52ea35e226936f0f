package dev.shoebox.cli.option;

import dev.shoebox.cli.choice.SizeConverter;
import dev.shoebox.run.BackupConditions;
import dev.shoebox.run.BackupConditions.PowerNeed;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Options for backups that a scheduler starts. */
public final class ScheduledOptions {
    @Option(
            names = "--scheduled",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "PROFILE",
            description = "For schedulers: back up this configured phone, or exit with 75 if that is not possible now.")
    private String profile;

    @Option(
            names = "--wait-for-turn",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "5m",
            description = "With --scheduled: wait this long for another run to end. Default: 5m.")
    private Duration waitForTurn;

    @Option(
            names = "--cooldown",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "0",
            description = "With --scheduled: skip the run if the last complete backup of the iPhone is younger than"
                    + " this.")
    private Duration cooldown;

    @Option(names = "--on-battery", description = "With --scheduled: run on battery power, too.")
    private boolean onBattery;

    @Option(
            names = "--min-free",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            defaultValue = "20M",
            description = "With --scheduled: skip the run if the drive has less free space than this. Default: 20M.")
    private long minFree;

    public boolean isScheduled() {
        return profile != null;
    }

    /** Returns the name after {@code --scheduled}; a path there is the destination. */
    public Optional<String> profile() {
        return Optional.ofNullable(profile).filter(text -> !text.isEmpty() && !isPath(text));
    }

    /** Returns the folder after {@code --scheduled}. */
    public Optional<Path> path() {
        return Optional.ofNullable(profile).filter(ScheduledOptions::isPath).map(Path::of);
    }

    /** Names of profiles contain no slash. */
    public static boolean isPath(String text) {
        return text.contains("/") || text.contains("\\");
    }

    /** Returns the preconditions of the backup in the folder after {@code --scheduled}, or in the configured one. */
    public BackupConditions conditions() {
        return new BackupConditions(
                path(), profile(), waitForTurn, cooldown, onBattery ? PowerNeed.ANY : PowerNeed.MAINS, minFree);
    }
}
