package dev.shoebox.device;

import dev.shoebox.photos.MediaStream.Bytes;
import dev.shoebox.photos.MediaStream.Piece;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Buffers going round between the thread that reads the phone and the one that uses what was read: free, filled,
 * handed out, and free again when the next piece is asked for.
 */
final class Handover {
    /** Pieces without a buffer are small, but a slow reader of a phone full of failures must not pile them up. */
    private static final int MOST_WAITING = 1000;

    private final Deque<ByteBuffer> free = new ArrayDeque<>();
    private final Deque<Piece> waiting = new ArrayDeque<>();
    private Optional<ByteBuffer> handedOut = Optional.empty();
    private Optional<IOException> end = Optional.empty();
    private long taken;
    private boolean closed;

    /** @param buffers direct, of equal capacity, all to be had */
    Handover(List<ByteBuffer> buffers) {
        free.addAll(buffers);
    }

    /** A buffer to fill, if more than the given number are free. */
    synchronized Optional<ByteBuffer> buffer(int leave) {
        return free.size() > leave ? Optional.of(free.pop().clear()) : Optional.empty();
    }

    synchronized void putBack(ByteBuffer buffer) {
        free.push(buffer);
    }

    synchronized void give(Piece piece) {
        waiting.add(piece);
        notifyAll();
    }

    /** No piece will come after those that are waiting. */
    synchronized void end(IOException reason) {
        end = Optional.of(reason);
        notifyAll();
    }

    synchronized boolean isCrowded() {
        return waiting.size() >= MOST_WAITING;
    }

    /** How many pieces were taken so far. */
    synchronized long taken() {
        return taken;
    }

    /** Waits until more pieces than these are taken, or nobody wants any. */
    synchronized void awaitTaker(long seen) throws InterruptedException {
        while (taken == seen && !closed) {
            wait();
        }
    }

    /** The next piece; the buffer of the one before is free again. */
    synchronized Piece take() throws IOException {
        handedOut.ifPresent(this::putBack);
        handedOut = Optional.empty();
        taken++;
        notifyAll();
        while (waiting.isEmpty()) {
            if (closed) {
                throw new IOException("This stream is closed.");
            }
            if (end.isPresent()) {
                throw end.get();
            }
            try {
                wait();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while waiting for the iPhone.");
            }
        }
        Piece piece = waiting.remove();
        if (piece instanceof Bytes bytes) {
            handedOut = Optional.of(bytes.buffer());
        }
        return piece;
    }

    synchronized void close() {
        closed = true;
        waiting.clear();
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
