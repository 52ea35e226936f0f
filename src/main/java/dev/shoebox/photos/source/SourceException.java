package dev.shoebox.photos.source;

import java.io.IOException;

/** What photos come from does not give them. A phone has failures of its own besides. */
public abstract sealed class SourceException extends IOException
        permits SourceException.Absent, SourceException.Encrypted, SourceException.Lost {
    private static final long serialVersionUID = 1;

    SourceException(String message, Throwable cause) {
        super(message, cause);
    }

    /** It is not there. */
    public static final class Absent extends SourceException {
        private static final long serialVersionUID = 1;

        public Absent(String message) {
            super(message, null);
        }
    }

    /** It is encrypted, and its password was not given or is wrong. */
    public static final class Encrypted extends SourceException implements MediaSource.Withheld {
        private static final long serialVersionUID = 1;

        public Encrypted(String message) {
            super(message, null);
        }
    }

    /** It was there and cannot be read any more. */
    public static final class Lost extends SourceException {
        private static final long serialVersionUID = 1;

        public Lost(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
