package dev.shoebox.run.alert;

/**
 * A message for the user or for a monitoring service.
 *
 * @param title one line
 * @param text a few lines, without file names
 */
record Alert(Kind kind, String title, String text) {
    enum Kind {
        /** A run passed its preconditions and starts. */
        BEGIN,
        SUCCESS,
        FAILURE,
        /** A problem that the user should know. */
        ALARM,
        /** A problem that was reported is over. */
        OVER,
        TEST
    }

    /** Whether it is for people; the others are for services that notice missing runs. */
    boolean isForPeople() {
        return kind == Kind.ALARM || kind == Kind.OVER || kind == Kind.TEST;
    }
}
