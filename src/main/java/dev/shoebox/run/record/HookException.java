package dev.shoebox.run.record;

import java.io.IOException;

/** What the person had run before a backup did not want it to begin. */
public final class HookException extends IOException {
    public HookException(String message) {
        super(message);
    }
}
