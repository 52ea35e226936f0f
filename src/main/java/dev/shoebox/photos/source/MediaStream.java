package dev.shoebox.photos.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The requested files of a source, read in one pass: one file after another, each as {@link Bytes} … {@link Bytes},
 * {@link Whole}, or ended by {@link Unreadable} at any point. Files come in the requested order unless the source can
 * only be read in its own order (a compressed archive).
 *
 * <p>A source reads ahead on its own thread, so that its latency and the reader's work overlap.
 */
public interface MediaStream extends Closeable {
    /**
     * Returns the next piece. Must be called until every requested file ended as {@link Whole} or {@link Unreadable}.
     *
     * @throws IOException if the source itself is lost: no further piece will come
     */
    Piece next() throws IOException;

    /** Stops reading ahead and closes every file that is open on the source. May be called at any time. */
    @Override
    void close();

    sealed interface Piece permits Bytes, Whole, Unreadable {
        /** Returns the {@link MediaFile#path()} of the file. */
        String path();
    }

    /**
     * The next bytes of a file.
     *
     * @param buffer readable until it is released, also while the next pieces are taken; direct if possible
     * @param release must be run once, on any thread: the source then refills the buffer
     */
    record Bytes(String path, ByteBuffer buffer, Runnable release) implements Piece {}

    /**
     * The file is complete: every byte from the requested offset to the listed size arrived, the source closed it
     * without error, and lists it afterwards with the same size and modification time.
     */
    record Whole(String path) implements Piece {}
}
