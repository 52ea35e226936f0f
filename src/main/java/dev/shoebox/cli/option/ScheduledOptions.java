package dev.shoebox.cli.option;

import dev.shoebox.cli.choice.SizeConverter;
import dev.shoebox.run.BackupConditions;
import dev.shoebox.run.BackupConditions.PowerNeed;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What a backup that a scheduler starts goes by. */
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

    /** The name behind {@code --scheduled}; a path there is a folder to back up to. */
    public Optional<String> profile() {
        return Optional.ofNullable(profile).filter(text -> !text.isEmpty() && !isPath(text));
    }

    /** The folder behind {@code --scheduled}. */
    public Optional<Path> path() {
        return Optional.ofNullable(profile).filter(ScheduledOptions::isPath).map(Path::of);
    }

    /** The name of a profile has no slash in it. */
    public static boolean isPath(String text) {
        return text.contains("/") || text.contains("\\");
    }

    /** What the backup waits for, or ends without. */
    public BackupConditions conditions() {
        return new BackupConditions(
                profile(), waitForTurn, cooldown, onBattery ? PowerNeed.ANY : PowerNeed.MAINS, minFree);
    }
}
