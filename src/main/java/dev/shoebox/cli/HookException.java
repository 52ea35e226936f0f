package dev.shoebox.cli;

import java.io.IOException;

/** What the person had run before a backup did not want it to begin. */
final class HookException extends IOException {
    HookException(String message) {
        super(message);
    }
}
