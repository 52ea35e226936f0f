package dev.shoebox.run;

import dev.shoebox.photos.Library;

import java.util.Optional;

/** What a selection of photos needs of the phone's Photos library. */
public interface LibraryUse {
    /** Where the library is welcome and nothing depends on it. */
    LibraryUse OPTIONAL = new LibraryUse() {
        @Override
        public boolean isNeeded() {
            return false;
        }

        @Override
        public void check(Optional<Library> library) {
            // Everything can be decided without it.
        }

        @Override
        public Optional<String> remarkWithout() {
            return Optional.empty();
        }
    };

    /** Whether nothing can be selected without it. */
    boolean isNeeded();

    /** Refuses what cannot be decided with this library, or with none. */
    void check(Optional<Library> library);

    /** What a person should know where there is none; empty if nothing. */
    Optional<String> remarkWithout();
}
