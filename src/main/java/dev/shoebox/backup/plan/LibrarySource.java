package dev.shoebox.backup.plan;

import dev.shoebox.photos.Library;
import dev.shoebox.photos.source.Listing;

import java.util.Optional;

/** Where a run has the Photos library of its source from. */
public interface LibrarySource {
    /** For a source that has none. */
    LibrarySource NONE = (listing, effort) -> Optional.empty();

    /** What reading it is worth. */
    enum Effort {
        /** No more than a second. */
        IF_QUICK,
        /** The run depends on it. */
        WHATEVER_IT_TAKES
    }

    /**
     * Reads it; asked at most once, and not while anything else is read from the source.
     *
     * @param listing of the source
     * @return empty where there is none that can be read, or not for that price
     */
    Optional<Library> read(Listing listing, Effort effort);
}
