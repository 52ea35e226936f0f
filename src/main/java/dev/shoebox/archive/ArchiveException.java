package dev.shoebox.archive;

import java.io.IOException;

/** Why there is no export. The message is one line that says what happened and what to do; nothing was left behind. */
public abstract sealed class ArchiveException extends IOException {
    ArchiveException(String message) {
        super(message);
    }

    ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }

    /** It cannot be made there, or not in this way. The person names another file, or installs what is missing. */
    public static final class Refused extends ArchiveException {
        public Refused(String message) {
            super(message);
        }
    }

    /** The disk has too little room for it. The person makes room, or names another disk. */
    public static final class Full extends ArchiveException {
        Full(String message) {
            super(message);
        }

        Full(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The disk takes nothing any more, or gives other bytes back than it took. The person checks it, or takes another. */
    public static final class Lost extends ArchiveException {
        Lost(String message) {
            super(message);
        }

        Lost(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The backup changed or could not be read any more while it was being exported. The person runs it again. */
    public static final class SourceChanged extends ArchiveException {
        SourceChanged(String message) {
            super(message);
        }

        SourceChanged(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
