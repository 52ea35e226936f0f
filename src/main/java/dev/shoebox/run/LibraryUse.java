package dev.shoebox.run;

import dev.shoebox.photos.Library;

import java.util.Optional;

/** How a selection of photos uses the phone's Photos library. */
public interface LibraryUse {
    /** Uses the library if there is one, and does not depend on it. */
    LibraryUse OPTIONAL = new LibraryUse() {
        @Override
        public boolean isNeeded() {
            return false;
        }

        @Override
        public void check(Library library) {
            // A selection without conditions needs no library.
        }

        @Override
        public Optional<String> remarkWithout() {
            return Optional.empty();
        }
    };

    /** Whether the selection is impossible without the library. */
    boolean isNeeded();

    /** Rejects a selection that this library, or its absence, does not allow. */
    void check(Library library);

    /** Returns a remark for the user if there is no library; empty if none is needed. */
    Optional<String> remarkWithout();
}
