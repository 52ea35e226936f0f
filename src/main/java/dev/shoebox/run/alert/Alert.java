package dev.shoebox.run.alert;

/**
 * What a way is given to pass on.
 *
 * @param title one line
 * @param text a few lines, without names of files
 */
record Alert(Kind kind, String title, String text) {
    enum Kind {
        /** A run passed its preconditions and begins. */
        BEGIN,
        SUCCESS,
        FAILURE,
        /** Something a person should know. */
        ALARM,
        /** What was told is over. */
        OVER,
        TEST
    }

    /** Whether it is for people; the others are for what watches whether runs come at all. */
    boolean isForPeople() {
        return kind == Kind.ALARM || kind == Kind.OVER || kind == Kind.TEST;
    }
}
