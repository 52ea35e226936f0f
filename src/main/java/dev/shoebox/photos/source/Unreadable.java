package dev.shoebox.photos.source;

/**
 * A file or folder that its source does not provide, while the source itself is usable.
 *
 * @param message one line for the user: what happened and what to do
 */
public record Unreadable(String path, Reason reason, String message) implements MediaStream.Piece {
    public enum Reason {
        /** It was listed, but no longer exists. */
        GONE,
        /** The source refuses to open it: often an original that is only in iCloud. */
        REFUSED,
        /** The source forbids it. */
        DENIED,
        /** The source reported an error while reading. */
        READ_ERROR,
        /** More or fewer bytes arrived than were listed. */
        WRONG_SIZE,
        /** Its size or date changed during the read. */
        CHANGED
    }
}
