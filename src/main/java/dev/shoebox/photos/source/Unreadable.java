package dev.shoebox.photos.source;

/**
 * One file or folder that its source would not give, while the source itself goes on.
 *
 * @param message one line for people: what happened and what they can do
 */
public record Unreadable(String path, Reason reason, String message) implements MediaStream.Piece {
    public enum Reason {
        /** Listed, but no longer there. */
        GONE,
        /** The source refuses to open it: often an original that is only in iCloud. */
        REFUSED,
        /** The source forbids it. */
        DENIED,
        /** The source reported an error while reading. */
        READ_ERROR,
        /** More or fewer bytes came than were listed. */
        WRONG_SIZE,
        /** Its size or date changed while it was read. */
        CHANGED
    }
}
