package dev.shoebox.photos.reading;

import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.SourceException;

import java.io.IOException;
import java.time.Duration;
import java.util.NoSuchElementException;

/**
 * A stream that reads ahead into a {@link BufferRing} on its own thread. The thread is never interrupted, which would
 * close its file channel: it stops when it next requests a buffer or room.
 */
public final class ReadAheadStream implements MediaStream {
    private final BufferRing ring;
    private final Duration patience;
    private final Reader reader;
    private final Thread thread;
    private int unsettled;

    /** Reads the requested files. */
    public interface Reader {
        /**
         * Passes every piece to the ring, or returns early once the ring is closed. Runs on the thread of the stream.
         *
         * @throws IOException if the source is lost
         */
        void read(BufferRing ring) throws IOException, InterruptedException;

        /** Called on the thread of the stream after {@link #read}, however it ended. */
        default void ended(ReadAheadStream stream) {}

        /**
         * Called on the closing thread if the source is silent: the stream's thread continues until the source
         * responds.
         */
        default void abandoned(ReadAheadStream stream) {}
    }

    /**
     * @param name of the thread
     * @param requests the number of files that the reader settles
     * @param patience how long {@link #close} waits for the thread
     */
    public ReadAheadStream(String name, int requests, BufferRing ring, Duration patience, Reader reader) {
        this.unsettled = requests;
        this.ring = ring;
        this.patience = patience;
        this.reader = reader;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Starts reading. Must be called once. */
    public ReadAheadStream start() {
        thread.start();
        return this;
    }

    /** Returns whether a buffer of this stream is still in use. */
    public boolean isInUse() {
        return ring.isInUse();
    }

    @Override
    public Piece next() throws IOException {
        if (unsettled == 0) {
            throw new NoSuchElementException("every file was delivered");
        }
        Piece piece;
        try {
            piece = ring.take();
        } catch (IOException lost) {
            unsettled = 0;
            throw lost;
        }
        if (!(piece instanceof Bytes)) {
            unsettled--;
        }
        return piece;
    }

    @Override
    public void close() {
        ring.close();
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            reader.abandoned(this);
        }
    }

    private void run() {
        try {
            reader.read(ring);
            ring.end(new SourceException.Lost("The source ended before every file was delivered.", null));
        } catch (IOException lost) {
            ring.end(lost);
        } catch (InterruptedException stop) {
            ring.end(new SourceException.Lost("The thread that reads the source was interrupted.", stop));
        } catch (RuntimeException | Error defect) {
            ring.end(new IOException("Reading failed unexpectedly: " + defect, defect));
        } finally {
            reader.ended(this);
        }
    }
}
