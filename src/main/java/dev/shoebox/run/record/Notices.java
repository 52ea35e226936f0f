package dev.shoebox.run.record;

import dev.shoebox.history.RunRecord;

import java.util.List;

/** Notifies a user who does not look at a terminal. */
public interface Notices {
    /** Drops all notices. */
    Notices NONE = (title, text) -> {};

    /** Shows a notice once, without waiting for an answer. */
    void tell(String title, String text);

    /** Reports that a problem is over. */
    default void over(String title, String text) {
        tell(title, text);
    }

    /** Called when a scheduled run has passed its preconditions, for services that notice missing runs. */
    default void begins() {}

    /** Called when a scheduled run has ended. */
    default void ended(RunRecord run) {}

    /** @param ways the channels of the next run in place of the usual ones, in their configured form */
    default void tellBy(List<String> ways) {}
}
