package dev.shoebox.history;

/**
 * What the record of a run is called: its id, and how far the run had come when it was written. Of the records of one run
 * the name that sorts last tells most.
 */
public final class RecordName {
    private static final String BEGUN = "-begun";
    private static final String FOLLOWED = "-hook-";

    private RecordName() {}

    /** Of a run that goes on. */
    public static String begun(RunRecord run) {
        return run.id() + BEGUN;
    }

    /** Of a run that ended. */
    public static String ended(RunRecord run) {
        return run.id() + "-" + number(run);
    }

    /** Of a run behind which something else was done, or failed. */
    public static String followed(RunRecord run) {
        return run.id() + FOLLOWED + number(run);
    }

    /** Whether it is that of a run that found nothing to do. */
    public static boolean isInVain(String name) {
        return name.endsWith("-" + RunEnding.NOTHING_TO_DO_NOW.number());
    }

    private static int number(RunRecord run) {
        return run.how().orElseThrow().number();
    }
}
