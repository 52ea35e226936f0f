package dev.shoebox.history;

/**
 * The file name of a run's record: its id, and the progress of the run when it was written. Of the records of one run,
 * the one that sorts last is the most complete.
 */
public final class RecordName {
    private static final String BEGUN = "-begun";
    private static final String FOLLOWED = "-hook-";

    private RecordName() {}

    /** Returns the name for a run in progress. */
    public static String begun(RunRecord run) {
        return run.id() + BEGUN;
    }

    /** Returns the name for a run that ended. */
    public static String ended(RunRecord run) {
        return run.id() + "-" + number(run);
    }

    /** Returns the name for a run whose follow-up tasks ended. */
    public static String followed(RunRecord run) {
        return run.id() + FOLLOWED + number(run);
    }

    /** Returns whether the run found nothing to do. */
    public static boolean isInVain(String name) {
        return name.endsWith("-" + RunEnding.NOTHING_TO_DO_NOW.number());
    }

    private static int number(RunRecord run) {
        return run.how().orElseThrow().number();
    }
}
