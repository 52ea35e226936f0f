package dev.shoebox.photos.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The requested files of a source, read in one pass: one file after another, each as {@link Bytes} … {@link Bytes},
 * {@link Whole}, or cut short by {@link Unreadable} at any point. Files come in the order requested unless the source
 * can only be read in its own (a compressed archive).
 *
 * <p>A source reads ahead on a thread of its own, so that its latency and the reader's work overlap.
 */
public interface MediaStream extends Closeable {
    /**
     * The next piece; to be called once for each piece until every requested file ended as {@link Whole} or
     * {@link Unreadable}.
     *
     * @throws IOException if the source itself is lost: no further piece will come
     */
    Piece next() throws IOException;

    /** Stops reading ahead and closes every file that is open on the source. May be called at any time. */
    @Override
    void close();

    sealed interface Piece permits Bytes, Whole, Unreadable {
        /** The {@link MediaFile#path()} it belongs to. */
        String path();
    }

    /**
     * The next bytes of a file.
     *
     * @param buffer to be read, also while the next pieces are taken, until it is released; direct if it can be
     * @param release to be run once, on any thread: the source then fills the buffer anew
     */
    record Bytes(String path, ByteBuffer buffer, Runnable release) implements Piece {}

    /**
     * The file is complete: every byte from the requested offset to the listed size came, the source closed it without
     * complaint, and lists it afterwards with the same size and modification time.
     */
    record Whole(String path) implements Piece {}
}
