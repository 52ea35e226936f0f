package dev.shoebox.photos.source;

import java.io.IOException;

/** A source of photos fails. A phone also has failures of its own. */
public abstract sealed class SourceException extends IOException
        permits SourceException.Absent, SourceException.Encrypted, SourceException.Lost {
    private static final long serialVersionUID = 1;

    SourceException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The source does not exist. */
    public static final class Absent extends SourceException {
        private static final long serialVersionUID = 1;

        public Absent(String message) {
            super(message, null);
        }
    }

    /** The source is encrypted, and its password was not given or is wrong. */
    public static final class Encrypted extends SourceException implements MediaSource.Withheld {
        private static final long serialVersionUID = 1;

        public Encrypted(String message) {
            super(message, null);
        }
    }

    /** The source can no longer be read. */
    public static final class Lost extends SourceException {
        private static final long serialVersionUID = 1;

        public Lost(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
