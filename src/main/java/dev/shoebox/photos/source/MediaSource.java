package dev.shoebox.photos.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

/** Where photos come from: a phone, a folder or an archive. Read only, by construction. */
public interface MediaSource extends Closeable {
    SourceId id();

    /** Everything there is to back up. One unreadable folder is reported in the listing and does not end it. */
    Listing list() throws IOException;

    /**
     * Some of what {@link #list} gives, the newest as far as names tell, for somebody who waits to see anything: it takes a
     * moment where all takes seconds. Of what is not among it nothing is known. Nothing where that is no quicker.
     *
     * @throws IOException if the source is lost
     */
    default Listing newest() throws IOException {
        return new Listing(List.of(), List.of());
    }

    /**
     * Reads files from end to end, from the given offsets on. One stream of a source at a time.
     *
     * @throws IOException if the source is lost; calling again tries to reach it again
     */
    MediaStream read(List<Request> requests) throws IOException;

    /**
     * Opens one file for a few small reads at any place (the kilobytes that hold a date). Not while a stream is open.
     *
     * @throws UnreadableException if the source would not give this file
     * @throws IOException if the source is lost
     */
    SeekableByteChannel open(MediaFile file) throws IOException;

    /**
     * The same for a few bytes at places far apart, where what lies around them is not to be fetched.
     *
     * @param block how much is fetched at a time, in bytes, from a multiple of it on; at least 1
     */
    default SeekableByteChannel open(MediaFile file, int block) throws IOException {
        return open(file);
    }

    /**
     * What is to be known of the source besides what it lists, such as how old it is: each one line for people. What was found
     * while listing is among them once it was listed.
     */
    default List<String> remarks() {
        return List.of();
    }

    /**
     * Whether the source knows of a file that it came there incomplete, or was damaged since. It gives the bytes that there are,
     * and nobody may rely on them.
     *
     * @param file listed before; what only reading it tells is known once it was read
     */
    default boolean isBroken(MediaFile file) {
        return false;
    }

    @Override
    void close();

    /**
     * A source of files that are no photos: each stands for itself, whatever its name looks like, and the source says where it
     * belongs.
     */
    interface Placed {
        /** Where a listed file belongs among others of its kind: folders and a name, as their owner knows them; not yet safe. */
        String place(MediaFile file);

        /** A source as one of files that are no photos; empty for all others. */
        static Optional<Placed> of(MediaSource source) {
            return source.id().isOfFiles() && source instanceof Placed placed ? Optional.of(placed) : Optional.empty();
        }
    }

    /**
     * An {@link IOException} of a source that is there and gives nothing until a person does what the message says: a
     * phone that is locked, or that asks whether to trust.
     */
    interface Withheld {}

    /** @param offset the first byte wanted; up to the size of the file */
    record Request(MediaFile file, long offset) {}

    /** Thrown by {@link #open} for one file, while the source itself goes on. */
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
