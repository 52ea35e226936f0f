package dev.shoebox.library;

import java.io.IOException;

/** A library that cannot be read. The message goes on after "because", without a full stop. */
final class NoLibraryException extends IOException {
    private final boolean damage;

    NoLibraryException(String because) {
        super(because);
        this.damage = false;
    }

    NoLibraryException(String because, Throwable cause) {
        super(because, cause);
        this.damage = false;
    }

    private NoLibraryException(Throwable cause) {
        super("it is damaged", cause);
        this.damage = true;
    }

    /** The database contradicts itself: another copy of it may not. */
    static NoLibraryException damaged(Throwable cause) {
        return new NoLibraryException(cause);
    }

    boolean isDamage() {
        return damage;
    }
}
