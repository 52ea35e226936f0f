package dev.shoebox.schedule;

import java.io.IOException;

/**
 * The preconditions of an unattended backup are not met now. That is not a failure: they may be met at the next start.
 */
public final class NothingToDoNow extends IOException {
    public NothingToDoNow(String message) {
        super(message);
    }

    public NothingToDoNow(String message, Throwable cause) {
        super(message, cause);
    }
}
