package dev.shoebox.backup.event;

import dev.shoebox.photos.source.Unreadable;

/** The outcome of one file of the source. */
public sealed interface Outcome {
    /** @param path relative to the destination */
    record Copied(String path) implements Outcome {}

    /** @param path of the file with the same content, relative to the destination */
    record Duplicate(String path) implements Outcome {}

    /** Not stored, because the user deleted its content from the backup on purpose. */
    record Forgotten() implements Outcome {}

    /** @param message one line for the user: what happened, and what to do */
    record Failed(Reason reason, String message) implements Outcome {
        public enum Reason {
            GONE,
            REFUSED,
            DENIED,
            READ_ERROR,
            WRONG_SIZE,
            CHANGED,
            /** Larger than any file the destination can hold. */
            TOO_LARGE,
            /** Larger than the remaining space. */
            NO_SPACE,
            /** Planned, but the run ended before it was stored. */
            NOT_REACHED
        }

        public static Failed of(Unreadable unreadable) {
            return new Failed(Reason.valueOf(unreadable.reason().name()), unreadable.message());
        }
    }
}
