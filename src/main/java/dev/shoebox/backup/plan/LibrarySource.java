package dev.shoebox.backup.plan;

import dev.shoebox.photos.Library;
import dev.shoebox.photos.source.Listing;

/** Reads the Photos library of a source for a run. */
public interface LibrarySource {
    /** The library source of a source without a library. */
    LibrarySource NONE = (listing, effort) -> Library.NONE;

    /** How much time to spend on reading it. */
    enum Effort {
        /** At most a second. */
        IF_QUICK,
        /** As long as it takes: the run depends on it. */
        WHATEVER_IT_TAKES
    }

    /**
     * Reads the library. Called at most once, and not while anything else is read from the source.
     *
     * @param listing of the source
     * @return the library; {@link Library#NONE} if there is none, it is unreadable, or reading it exceeds the effort
     */
    Library read(Listing listing, Effort effort);
}
