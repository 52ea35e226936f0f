package dev.shoebox.cli.run;

import java.io.IOException;

/** What the person had run before a backup did not want it to begin. */
public final class HookException extends IOException {
    HookException(String message) {
        super(message);
    }
}
