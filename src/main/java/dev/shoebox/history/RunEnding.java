package dev.shoebox.history;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a command can end, with its exit code, as explained in docs/exit-codes.md. A published code keeps its meaning,
 * because scripts and records contain it.
 */
public enum RunEnding {
    DONE(0, "Everything was done."),
    /** An unexpected error: a bug in Shoebox. */
    BUG(1, "Shoebox failed because of a bug."),
    BAD_USAGE(2, "The command line or the configuration is wrong."),
    INCOMPLETE(3, "Some files could not be backed up."),
    DAMAGED(4, "Files in the backup are damaged or missing."),
    TOO_OLD(5, "The last good backup is too old."),
    UNTOLD(6, "The iPhone does not provide the requested information."),
    NOT_A_SHOEBOX(10, "The folder is not a backup."),
    DESTINATION_IN_USE(11, "Another run is using the backup."),
    PHONE_REFUSES(12, "The iPhone was locked, or does not trust this computer."),
    DESTINATION_FULL(13, "The backup disk is full."),
    SOURCE_LOST(14, "The connection to the source was lost before the run was complete."),
    DESTINATION_LOST(15, "The backup disk was disconnected or cannot be written to."),
    HOOK_FAILED(16, "The command before the backup failed."),
    /** The backup is complete, but a second copy or the user's command after it failed. */
    AFTER_HOOK_FAILED(17, "A second copy, or the command after the backup, failed."),
    EXHAUSTED(18, "The computer ran out of file handles or memory."),
    NOTHING_TO_DO_NOW(75, "There was nothing to do now."),
    INTERRUPTED(130, "The run was interrupted.");

    private final int number;
    private final String sentence;

    RunEnding(int number, String sentence) {
        this.number = number;
        this.sentence = sentence;
    }

    /** Returns the exit code, 0 to 255. */
    public int number() {
        return number;
    }

    /** Returns a sentence for people, for use when nothing more precise is known. */
    public String sentence() {
        return sentence;
    }

    /** Returns the ending with an exit code; empty if only a later version knows it. */
    public static Optional<RunEnding> of(int number) {
        return Arrays.stream(values()).filter(ending -> ending.number == number).findAny();
    }
}
