package dev.shoebox.history;

/**
 * One thing that was to be done behind a backup, and what became of it.
 *
 * @param subject the folder of a second copy as it was named, or which command
 * @param message why it is not done, in a line for people; empty where it is
 */
public record FollowUp(Kind kind, String subject, State state, String message) {
    /** What was to be done. */
    public enum Kind {
        SECOND_COPY,
        /** The person's own command. */
        COMMAND
    }

    /** What became of it. */
    public enum State {
        DONE,
        /** The drive of a second copy was not there; the next run that finds it catches up. */
        AWAY,
        FAILED
    }

    /** Behind a backup that is complete: a copy elsewhere, mostly. */
    public static final String RUN_AFTER = "run-after";

    /** Behind one that is not. */
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

    /** Whether it is the command that follows a backup that is complete. */
    boolean isRunAfter() {
        return kind == Kind.COMMAND && subject.equals(RUN_AFTER);
    }
}
