package dev.shoebox.backup.event;

import dev.shoebox.history.RunResult;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * How copying from a source came out: what is recorded of it, and what only those need who started it.
 *
 * @param implausible files of the source that are in the backup, now or from before, and are not what they should be
 * @param leftOut what was neither in the backup nor wanted
 * @param absences what is only in iCloud
 * @param foundNothing whether a folder or archive that was never backed up holds nothing that could be
 * @param failure what ended the run early, such as a lost phone or a full disk; null where nothing did
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

    /** What ended the run early. */
    public Optional<IOException> ended() {
        return Optional.ofNullable(failure);
    }

    public RunResult.Counts counts() {
        return did.counts();
    }

    public RunResult.Traffic traffic() {
        return did.traffic();
    }

    /** Whether nothing failed, all that was stored can be read and is not broken, and nothing was passed over that may hold photos. */
    public boolean isComplete() {
        return did.failures().isEmpty()
                && implausible.stream().noneMatch(ImplausibleFile::isBroken)
                && !did.mayHoldMore();
    }
}
