package dev.shoebox.library.database;

import java.io.IOException;

/** A library that cannot be read. The message goes on after "because", without a full stop. */
public final class NoLibraryException extends IOException {
    private final boolean damage;

    public NoLibraryException(String because) {
        super(because);
        this.damage = false;
    }

    public NoLibraryException(String because, Throwable cause) {
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

    public boolean isDamage() {
        return damage;
    }
}
