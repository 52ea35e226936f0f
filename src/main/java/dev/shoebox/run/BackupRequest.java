package dev.shoebox.run;

import dev.shoebox.backup.Backup;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.run.hook.HookCommands;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The options of one backup.
 *
 * @param options what to copy, and how
 * @param library whether the selection needs the phone's library
 * @param begun whether a new backup may be created, and who may read it
 * @param copies second copies to update
 * @param hooks the user's commands before and after the run
 * @param attended whether a user watches the run
 * @param alarmAfter how long a backup may be missing before an alarm is raised
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

    /** Whether a new backup may be created, and who may read it. */
    public record Begun(OpenMode opening, Access access) {}

    /**
     * Returns the same request for a backup that another run has begun.
     *
     * @param reached the second copies that the other run reached; the next run catches up the others
     */
    public BackupRequest ofExisting(List<Path> reached) {
        return new BackupRequest(
                options,
                library,
                new Begun(OpenMode.REQUIRE_EXISTING, begun.access()),
                reached,
                hooks,
                attended,
                alarmAfter);
    }

    OpenMode opening() {
        return begun.opening();
    }

    /** Returns whether everybody may read a new backup. */
    boolean isShared() {
        return begun.access() == Access.EVERYBODY;
    }

    /** Who may read a new backup. */
    public enum Access {
        OWNER,
        EVERYBODY
    }

    /** Whether a user watches the run. */
    public enum Attended {
        YES,
        NO
    }
}
