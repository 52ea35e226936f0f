package dev.shoebox.destination;

import java.io.IOException;

/** What stops all work with a destination. The message is one line that says what happened and what to do. */
public abstract sealed class DestinationException extends IOException {
    DestinationException(String message) {
        super(message);
    }

    DestinationException(String message, Throwable cause) {
        super(message, cause);
    }

    /** There is no such folder, and it was not to be created: the drive is not there. */
    public static final class Absent extends DestinationException {
        Absent(String message) {
            super(message);
        }
    }

    /** A folder, but not a shoebox, and not to become one without being asked. */
    public static final class NotAShoebox extends DestinationException {
        NotAShoebox(String message) {
            super(message);
        }
    }

    /** Another run is writing to it. */
    public static final class InUse extends DestinationException {
        InUse(String message) {
            super(message);
        }
    }

    /** The disk is full. What was stored before is safe. */
    public static final class Full extends DestinationException {
        Full(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** It cannot be written or read any more: pulled, read-only, failing. What was stored before is safe. */
    public static final class Lost extends DestinationException {
        Lost(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
