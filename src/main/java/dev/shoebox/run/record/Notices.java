package dev.shoebox.run.record;

import dev.shoebox.history.RunRecord;

import java.util.List;

/** Tells a person something who does not look at a terminal. */
public interface Notices {
    /** For where nobody can be told. */
    Notices NONE = (title, text) -> {};

    /** Shows it once, and does not wait for an answer. */
    void tell(String title, String text);

    /** Tells that what was told is over. */
    default void over(String title, String text) {
        tell(title, text);
    }

    /** A scheduled run passed its preconditions: for what misses runs that do not come. */
    default void begins() {}

    /** A scheduled run came to its end. */
    default void ended(RunRecord run) {}

    /** @param ways of the run that is to come, in place of the usual ones, as a person writes them */
    default void tellBy(List<String> ways) {}
}
