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
 * Files of several trees of a phone, one tree after the other: a phone serves the documents of few apps at once. A tree that it
 * refuses costs no other.
 */
final class FileStream implements MediaStream {
    /**
     * What is wanted of one tree.
     *
     * @param requests as the phone calls the files
     * @param paths what they are called by whoever reads the stream, by what the phone calls them
     */
    record Leg(Tree tree, List<Request> requests, Map<String, String> paths) {
        Leg(Tree tree) {
            this(tree, new ArrayList<>(), new HashMap<>());
        }
    }

    private final Deque<Piece> ready;
    private final Deque<Leg> legs;
    /** Of the first leg; null between two. */
    private MediaStream stream;

    private int unsettled;
    private volatile boolean closed;

    /** @param gone what was asked for and is in no tree */
    FileStream(List<Unreadable> gone, List<Leg> legs) {
        this.ready = new ArrayDeque<>(gone);
        this.legs = new ArrayDeque<>(legs);
    }

    /**
     * Begins with the first tree, so that a phone that is away shows here, where it can be waited for.
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
