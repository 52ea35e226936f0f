package dev.shoebox.device;

import dev.shoebox.photos.MediaSource;
import dev.shoebox.photos.MediaStream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;

/** A stream whose {@link Pipeline} runs on a thread of its own, with the connection, until all is read. */
final class ReadAhead implements MediaStream {
    private static final Duration LEAVE_TAKING = Duration.ofSeconds(5);

    private final PhonePhotos photos;
    private final Handover handover;
    private final Pipeline pipeline;
    private final Thread thread = new Thread(this::run, "shoebox-phone");
    private int unsettled;

    ReadAhead(
            List<MediaSource.Request> requests,
            AfcConnection connection,
            PhonePhotos photos,
            Ration ration,
            List<ByteBuffer> buffers) {
        this.photos = photos;
        this.unsettled = requests.size();
        this.handover = new Handover(buffers);
        this.pipeline = new Pipeline(List.copyOf(requests), connection, handover, ration);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Whether somebody still reads from one of the buffers. */
    boolean isInUse() {
        return handover.isInUse();
    }

    @Override
    public Piece next() throws IOException {
        if (unsettled == 0) {
            throw new NoSuchElementException("every file was delivered");
        }
        Piece piece = handover.take();
        if (!(piece instanceof Bytes)) {
            unsettled--;
        }
        return piece;
    }

    @Override
    public void close() {
        handover.close();
        try {
            thread.join(LEAVE_TAKING.toMillis());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            // It waits for a phone that fell silent. It keeps its buffers until it comes back, and harms nobody.
            photos.abandon(this);
        }
    }

    private void run() {
        try {
            pipeline.run(photos::reconnect);
        } catch (IOException lost) {
            handover.end(lost);
        } catch (InterruptedException stop) {
            handover.end(new IOException("The thread that reads the iPhone was interrupted.", stop));
        } catch (RuntimeException | Error bug) {
            pipeline.connection().close();
            handover.end(new IOException("Reading the iPhone failed unexpectedly.", bug));
        } finally {
            photos.bringBack(this, pipeline.connection(), pipeline.ration());
        }
    }
}
