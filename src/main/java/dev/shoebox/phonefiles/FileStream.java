package dev.shoebox.phonefiles;

import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.photos.source.MediaSource.Request;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.Unreadable;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Reads files of several trees of a phone, one tree after another, since a phone serves the documents of few apps at
 * once. If it refuses one tree, the others are still read.
 */
final class FileStream implements MediaStream {
    /**
     * The requests to one tree.
     *
     * @param requests with the phone's paths
     * @param paths the reader's path for each of the phone's
     */
    record Leg(Tree tree, List<Request> requests, Map<String, String> paths) {
        Leg(Tree tree) {
            this(tree, new ArrayList<>(), new HashMap<>());
        }
    }

    private final Deque<Piece> ready;
    private final Deque<Leg> legs;
    /** The stream of the current leg; null between legs. */
    private MediaStream stream;

    private int unsettled;
    private volatile boolean closed;

    /** @param gone requested files that are in no tree */
    FileStream(List<Unreadable> gone, List<Leg> legs) {
        this.ready = new ArrayDeque<>(gone);
        this.legs = new ArrayDeque<>(legs);
    }

    /**
     * Opens the first tree, so that an absent phone is noticed here, where the caller can wait for it.
     *
     * @throws IOException if the phone is lost
     */
    FileStream begin() throws IOException {
        if (!legs.isEmpty()) {
            beginLeg(legs.element());
        }
        return this;
    }

    @Override
    public Piece next() throws IOException {
        while (true) {
            if (closed) {
                throw new IOException("The stream is closed.");
            }
            if (!ready.isEmpty()) {
                return ready.remove();
            }
            if (unsettled > 0) {
                Piece piece = stream.next();
                unsettled -= piece instanceof Bytes ? 0 : 1;
                return legs.element().tree().named(piece, legs.element().paths().get(piece.path()));
            }
            if (stream != null) {
                endLeg();
            }
            if (legs.isEmpty()) {
                throw new NoSuchElementException("every file was delivered");
            }
            beginLeg(legs.element());
        }
    }

    private void beginLeg(Leg leg) throws IOException {
        try {
            stream = leg.tree().read(leg.requests());
            unsettled = leg.requests().size();
        } catch (DeviceException.ServiceRefused refused) {
            leg.paths()
                    .values()
                    .forEach(path -> ready.add(new Unreadable(path, Unreadable.Reason.DENIED, refused.getMessage())));
            endLeg();
        }
    }

    private void endLeg() {
        closeStream();
        stream = null;
        legs.remove().tree().leave();
    }

    private void closeStream() {
        if (stream != null) {
            stream.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        closeStream();
        legs.stream().findFirst().ifPresent(leg -> leg.tree().leave());
    }
}
