package dev.shoebox.folder;

import dev.shoebox.photos.source.MediaSource;
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

/** The streams of several sources, one after another. */
final class JoinedStream implements MediaStream {
    /**
     * The requests to one source.
     *
     * @param requests with paths as the source itself spells them
     * @param paths the reader's spelling of each path, by the source's spelling
     */
    record Leg(MediaSource source, List<Request> requests, Map<String, String> paths) {
        Leg(MediaSource source) {
            this(source, new ArrayList<>(), new HashMap<>());
        }
    }

    private final Deque<Unreadable> gone;
    private final Deque<Leg> legs;
    private MediaStream stream; // or null
    private int unsettled;
    private volatile boolean closed;

    /** @param gone requested files that belong to no source */
    JoinedStream(List<Unreadable> gone, Iterable<Leg> legs) {
        this.gone = new ArrayDeque<>(gone);
        this.legs = new ArrayDeque<>();
        legs.forEach(this.legs::add);
    }

    @Override
    public Piece next() throws IOException {
        if (closed) {
            throw new IOException("The stream is closed.");
        }
        if (!gone.isEmpty()) {
            return gone.poll();
        }
        if (unsettled == 0) {
            if (stream != null) {
                stream.close();
                legs.poll();
            }
            if (legs.isEmpty()) {
                throw new NoSuchElementException("every file was delivered");
            }
            stream = legs.peek().source().read(legs.peek().requests());
            unsettled = legs.peek().requests().size();
        }
        Piece piece = stream.next();
        if (!(piece instanceof Bytes)) {
            unsettled--;
        }
        String path = legs.element().paths().get(piece.path());
        return path.equals(piece.path()) ? piece : at(path, piece);
    }

    private static Piece at(String path, Piece piece) {
        if (piece instanceof Bytes bytes) {
            return new Bytes(path, bytes.buffer(), bytes.release());
        }
        return piece instanceof Unreadable one ? new Unreadable(path, one.reason(), one.message()) : new Whole(path);
    }

    @Override
    public void close() {
        closed = true;
        if (stream != null) {
            stream.close();
        }
    }
}
