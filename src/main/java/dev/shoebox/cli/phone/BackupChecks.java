package dev.shoebox.cli.phone;

import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.history.RunRecord;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks recorded runs: the age of the last good backup, damage, and the schedule. */
public final class BackupChecks {
    private static final Duration OLD = Duration.ofDays(8);

    private final Instant now;

    public BackupChecks(Instant now) {
        this.now = now;
    }

    /** @param runs all records, the newest first */
    public List<Check> run(List<RunRecord> runs) {
        List<Check> checks = new ArrayList<>();
        Optional<Duration> age = runs.stream()
                .filter(run -> run.kind() == RunRecord.Kind.BACKUP && run.isComplete())
                .map(RunRecord::started)
                .findFirst()
                .map(last -> Duration.between(last, now));
        if (age.isEmpty()) {
            checks.add(Check.wrong("last-backup", "No backup has completed yet. Run: shoebox backup DEST"));
        } else if (age.get().abs().compareTo(OLD) > 0) {
            checks.add(Check.wrong(
                    "last-backup",
                    age.get().isNegative()
                            ? "The last complete backup is dated in the future: check the clock of this computer."
                            : "The last complete backup is " + TextFormat.age(age.get())
                                    + " old. Run one; 'shoebox history' shows what stopped the others."));
        } else {
            checks.add(Check.fine("last-backup", "The last complete backup is " + TextFormat.age(age.get()) + " old."));
        }
        runs.stream()
                .filter(run -> run.kind() == RunRecord.Kind.BACKUP && run.isComplete())
                .limit(1)
                .flatMap(run -> run.result().notSafe().broken().stream())
                .forEach(broken -> checks.add(Check.wrong(
                        "not-safe", broken + " 'shoebox history' shows the run, 'shoebox report' the files.")));
        runs.stream()
                .filter(run -> run.kind() == RunRecord.Kind.BACKUP && run.isComplete())
                .limit(1)
                .flatMap(run -> run.failedCopies().stream())
                .forEach(why -> checks.add(Check.wrong("run-after", why)));
        return checks;
    }

    /**
     * Returns the damage that the last recorded verification found. A backup that is present is asked directly.
     *
     * @param runs the newest first
     */
    public static List<Check> damage(List<RunRecord> runs) {
        return runs.stream()
                .filter(run -> run.kind() == RunRecord.Kind.VERIFY)
                .limit(1)
                .filter(run -> run.result().counts().damaged() > 0)
                .map(run -> Check.wrong(
                        "damage", TextFormat.damage(run.result().counts().damaged(), Path.of(run.destination()))))
                .toList();
    }

    /** @param jobs the number of installed jobs */
    public static Check schedule(int jobs) {
        return jobs > 0
                ? Check.fine("schedule", "Backups start automatically.")
                : Check.wrong(
                        "schedule", "No backup is scheduled. To schedule one, run: shoebox schedule install --weekly");
    }
}
