package dev.shoebox.archive;

import java.io.IOException;

/** Why an export failed. The message is one line that says what happened and what to do. Nothing was left behind. */
public abstract sealed class ArchiveException extends IOException {
    ArchiveException(String message) {
        super(message);
    }

    ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The export cannot be made there, or not in this way: choose another file, or install what is missing. */
    public static final class Refused extends ArchiveException {
        public Refused(String message) {
            super(message);
        }
    }

    /** The disk is full: free some space, or choose another disk. */
    public static final class Full extends ArchiveException {
        Full(String message) {
            super(message);
        }

        Full(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The disk accepts no more data, or returns other bytes than were written: check it, or choose another. */
    public static final class Lost extends ArchiveException {
        Lost(String message) {
            super(message);
        }

        Lost(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The backup changed or became unreadable during the export: run it again. */
    public static final class SourceChanged extends ArchiveException {
        SourceChanged(String message) {
            super(message);
        }

        SourceChanged(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
