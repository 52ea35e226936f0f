package dev.shoebox.library.database;

import java.io.IOException;

/** The library cannot be read. The message continues after "because", without a full stop. */
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

    /** Returns the failure for a database that contradicts itself: another copy of it may not. */
    static NoLibraryException damaged(Throwable cause) {
        return new NoLibraryException(cause);
    }

    public boolean isDamage() {
        return damage;
    }
}
