package dev.shoebox.photos.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

/** A source of photos: a phone, a folder or an archive. Read-only by design. */
public interface MediaSource extends Closeable {
    SourceId id();

    /** Lists everything. An unreadable folder is reported in the listing and does not end it. */
    Listing list() throws IOException;

    /**
     * Starts the next {@link #list} on another thread if that takes round trips, and returns this. Everything else asked of
     * the source waits for it.
     */
    default MediaSource listingAhead() {
        return this;
    }

    /** Returns whether a listing that {@link #listingAhead} started is still under way: until then, nobody waits. */
    default boolean isListing() {
        return false;
    }

    /**
     * Returns a part of {@link #list}, the newest photos by their names, for a user who waits to see something: it
     * takes a moment instead of seconds. Nothing is known about other files. Empty if it would not be faster.
     *
     * @throws IOException if the source is lost
     */
    default Listing newest() throws IOException {
        return new Listing(List.of(), List.of());
    }

    /**
     * Reads files to their end, from the given offsets on. Only one stream of a source at a time.
     *
     * @throws IOException if the source is lost; another call tries to reconnect
     */
    MediaStream read(List<Request> requests) throws IOException;

    /**
     * Opens one file for a few small reads at any position, such as the kilobytes with a date. Not while a stream is
     * open.
     *
     * @throws UnreadableException if the source does not provide this file
     * @throws IOException if the source is lost
     */
    SeekableByteChannel open(MediaFile file) throws IOException;

    /**
     * As {@link #open(MediaFile)}, for a few bytes at distant positions, without reading the bytes around them.
     *
     * @param block the number of bytes to read at a time, aligned to multiples of it; at least 1
     */
    default SeekableByteChannel open(MediaFile file, int block) throws IOException {
        return open(file);
    }

    /**
     * Returns remarks for the user about the source, such as its age, one line each. After a listing they include what
     * it found.
     */
    default List<String> remarks() {
        return List.of();
    }

    /**
     * Returns whether the source knows that a file is incomplete or damaged. It delivers the existing bytes, which must
     * not be trusted.
     *
     * @param file a listed file; what only reading shows is known once it was read
     */
    default boolean isBroken(MediaFile file) {
        return false;
    }

    @Override
    void close();

    /**
     * A source of files other than photos: each file stands alone, whatever its name looks like, and the source gives
     * its place.
     */
    interface Placed {
        /**
         * Returns the place of a listed file among others of its kind: folders and a name as the owner knows them; not
         * yet safe.
         */
        String place(MediaFile file);

        /** Returns the source as one of files other than photos; empty for all others. */
        static Optional<Placed> of(MediaSource source) {
            return source.id().isOfFiles() && source instanceof Placed placed ? Optional.of(placed) : Optional.empty();
        }
    }

    /**
     * An {@link IOException} of a source that is there but delivers nothing until the user follows the message: a phone
     * that is locked, or asks for trust.
     */
    interface Withheld {}

    /** @param offset the first wanted byte; at most the size of the file */
    record Request(MediaFile file, long offset) {}

    /** {@link #open} failed for one file; the source itself is usable. */
    final class UnreadableException extends IOException {
        private final transient Unreadable unreadable;

        public UnreadableException(Unreadable unreadable) {
            super(unreadable.message());
            this.unreadable = unreadable;
        }

        public Unreadable unreadable() {
            return unreadable;
        }
    }
}
