package dev.shoebox.run;

import dev.shoebox.backup.Backup;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.run.hook.HookCommands;

import java.time.Duration;

/**
 * What somebody wants of a backup.
 *
 * @param options how to copy, and what
 * @param library what the selection needs of the phone's library
 * @param opening whether a new backup may be begun
 * @param access who may read a backup that is begun
 * @param hooks the person's own commands around it
 * @param attended whether a person looks on
 * @param alarmAfter how long a backup may be missing before that raises an alarm
 */
public record BackupRequest(
        Backup.Options options,
        LibraryUse library,
        OpenMode opening,
        Access access,
        HookCommands hooks,
        Attended attended,
        Duration alarmAfter) {
    /** Who may read a backup that is begun. */
    public enum Access {
        OWNER,
        EVERYBODY
    }

    /** Whether a person looks on. */
    public enum Attended {
        YES,
        NO
    }
}
