package dev.shoebox.library.database;

import dev.shoebox.photos.Library;

import java.util.Optional;

/**
 * The result of reading a phone's Photos library.
 *
 * @param library {@link Library#NONE} if there is none that can be read
 * @param note one line for the user: why there is none, or what it may lack; absent if all is well, or if a source that
 *     is not a phone simply has none
 */
public record LibraryResult(Library library, Optional<String> note) {
    /** The result for a source that is not a phone and has no library. */
    public static final LibraryResult NOTHING = new LibraryResult(Library.NONE, Optional.empty());

    /** Returns the result for a good library. */
    public static LibraryResult of(Library library) {
        return new LibraryResult(library, Optional.empty());
    }

    /** Returns the result for a library that cannot be read. */
    public static LibraryResult none(String because) {
        return new LibraryResult(
                Library.NONE,
                Optional.of("The Photos library was not read, because " + because
                        + ". Photos are found from their files alone."));
    }
}
