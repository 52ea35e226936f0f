package dev.shoebox.run.record;

import java.io.IOException;

/** The user's command before a backup failed, so the backup does not start. */
public final class HookException extends IOException {
    public HookException(String message) {
        super(message);
    }
}
