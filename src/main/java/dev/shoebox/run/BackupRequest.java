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
     * Returns the request for the other files of the same iPhone, which need no library of photos.
     *
     * @param others the options for them
     * @param mode whether the photos may have to create the backup first
     */
    BackupRequest ofFiles(Backup.Options others, OpenMode mode) {
        return new BackupRequest(
                others, LibraryUse.OPTIONAL, new Begun(mode, begun.access()), copies, hooks, attended, alarmAfter);
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
