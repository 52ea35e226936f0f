package dev.shoebox.history;

/**
 * A task that follows a backup, and its outcome.
 *
 * @param subject the folder of a second copy as configured, or the name of the command
 * @param message one line for people on why it failed; empty if it succeeded
 */
public record FollowUp(Kind kind, String subject, State state, String message) {
    /** The kind of task. */
    public enum Kind {
        SECOND_COPY,
        /** The user's own command. */
        COMMAND
    }

    /** The outcome. */
    public enum State {
        DONE,
        /** The drive of a second copy was absent. The next run that finds it catches up. */
        AWAY,
        FAILED
    }

    /** The command after a complete backup; usually makes a copy elsewhere. */
    public static final String RUN_AFTER = "run-after";

    /** The command after an incomplete backup. */
    public static final String RUN_AFTER_FAIL = "run-after-fail";

    public static FollowUp done(Kind kind, String subject) {
        return new FollowUp(kind, subject, State.DONE, "");
    }

    public static FollowUp failed(Kind kind, String subject, String why) {
        return new FollowUp(kind, subject, State.FAILED, why);
    }

    public boolean isFailed() {
        return state == State.FAILED;
    }

    boolean isCopy() {
        return kind == Kind.SECOND_COPY;
    }

    /** Returns whether it is the command after a complete backup. */
    boolean isRunAfter() {
        return kind == Kind.COMMAND && subject.equals(RUN_AFTER);
    }
}
