package dev.shoebox.run;

import dev.shoebox.backup.Backup;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.run.hook.HookCommands;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What somebody wants of a backup.
 *
 * @param options how to copy, and what
 * @param library what the selection needs of the phone's library
 * @param begun whether a new backup may be begun, and who may read it
 * @param copies further backups that get what this one has, behind the run
 * @param hooks the person's own commands around it
 * @param attended whether a person looks on
 * @param alarmAfter how long a backup may be missing before that raises an alarm
 */
public record BackupRequest(
        Backup.Options options,
        LibraryUse library,
        Begun begun,
        List<Path> copies,
        HookCommands hooks,
        Attended attended,
        Duration alarmAfter) {
    public BackupRequest {
        copies = List.copyOf(copies);
    }

    /** A new backup: whether one may be begun, and who may read it. */
    public record Begun(OpenMode opening, Access access) {}

    OpenMode opening() {
        return begun.opening();
    }

    Access access() {
        return begun.access();
    }

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
