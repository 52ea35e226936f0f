package dev.shoebox.library;

import java.io.IOException;

/** A library that cannot be read. The message goes on after "because", without a full stop. */
final class NoLibraryException extends IOException {
    NoLibraryException(String because) {
        super(because);
    }

    NoLibraryException(String because, Throwable cause) {
        super(because, cause);
    }
}
