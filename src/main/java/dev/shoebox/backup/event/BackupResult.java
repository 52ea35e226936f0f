package dev.shoebox.backup.event;

import dev.shoebox.history.RunResult;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The result of copying from a source: the recorded part, and details for the caller only.
 *
 * @param implausible files of the source that are in the backup, from this run or an earlier one, but not safe
 * @param leftOut files that were neither in the backup nor selected
 * @param absences originals that are only in iCloud
 * @param foundNothing whether a new folder or archive contains nothing to back up
 * @param failure what ended the run early, such as a lost phone or a full disk; null if nothing did
 * @param interrupted whether {@code Backup.stop} ended it early
 */
public record BackupResult(
        RunResult did,
        List<ImplausibleFile> implausible,
        Skipped leftOut,
        List<MissingOriginal> absences,
        boolean foundNothing,
        IOException failure,
        boolean interrupted) {
    public BackupResult {
        implausible = List.copyOf(implausible);
        absences = List.copyOf(absences);
    }

    /** Returns what ended the run early. */
    public Optional<IOException> ended() {
        return Optional.ofNullable(failure);
    }

    public RunResult.Counts counts() {
        return did.counts();
    }

    public RunResult.Traffic traffic() {
        return did.traffic();
    }

    /** Whether nothing failed, all stored files are readable and intact, and no skipped file may contain photos. */
    public boolean isComplete() {
        return did.failures().isEmpty()
                && implausible.stream().noneMatch(ImplausibleFile::isBroken)
                && !did.mayHoldMore();
    }
}
