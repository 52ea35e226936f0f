package dev.shoebox.backup.event;

import dev.shoebox.photos.source.Unreadable;

/** What became of one file of the source. */
public sealed interface Outcome {
    /** @param path relative to the destination */
    record Copied(String path) implements Outcome {}

    /** @param path where the same bytes lie already, relative to the destination */
    record Duplicate(String path) implements Outcome {}

    /** Its owner deleted its content from the backup on purpose, and so it was not stored. */
    record Forgotten() implements Outcome {}

    /** @param message one line for people: what happened and what to do */
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
            /** It does not fit into the space that is left. */
            NO_SPACE,
            /** Planned, but the run ended before it was stored. */
            NOT_REACHED
        }

        public static Failed of(Unreadable unreadable) {
            return new Failed(Reason.valueOf(unreadable.reason().name()), unreadable.message());
        }
    }
}
