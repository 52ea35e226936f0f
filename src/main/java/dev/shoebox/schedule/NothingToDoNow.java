package dev.shoebox.schedule;

import java.io.IOException;

/** What must be so before a backup that nobody asked for is not so now. It is no failure; the next start may find it so. */
public final class NothingToDoNow extends IOException {
    public NothingToDoNow(String message) {
        super(message);
    }

    public NothingToDoNow(String message, Throwable cause) {
        super(message, cause);
    }
}
