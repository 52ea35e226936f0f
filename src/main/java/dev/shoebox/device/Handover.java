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
 * Buffers going round between the thread that reads the phone and those that use what was read: free, filled, handed
 * out, and free again when they are released.
 */
final class Handover {
    /** Pieces without a buffer are small, but a slow reader of a phone full of failures must not pile them up. */
    private static final int MOST_WAITING = 1000;

    private final Deque<ByteBuffer> free = new ArrayDeque<>();
    private final Deque<Piece> waiting = new ArrayDeque<>();
    private int handedOut;
    private Optional<IOException> end = Optional.empty();
    private long changes;
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

    /** How often a piece was taken or a buffer released so far. */
    synchronized long changes() {
        return changes;
    }

    /** Waits until there are more changes than these, or nobody wants any piece. */
    synchronized void awaitChange(long seen) throws InterruptedException {
        while (changes == seen && !closed) {
            wait();
        }
    }

    /** The next piece. */
    synchronized Piece take() throws IOException {
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
        if (piece instanceof Bytes) {
            handedOut++;
        }
        changes++;
        notifyAll();
        return piece;
    }

    /** A buffer that was handed out is free again. */
    synchronized void release(ByteBuffer buffer) {
        handedOut--;
        putBack(buffer);
        changes++;
        notifyAll();
    }

    /** Whether somebody still reads from a buffer that was handed out. */
    synchronized boolean isInUse() {
        return handedOut > 0;
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
