package dev.shoebox.photos.reading;

import dev.shoebox.photos.source.MediaStream.Bytes;
import dev.shoebox.photos.source.MediaStream.Piece;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Buffers that circulate between the thread that reads a source and the threads that use the data: free, filled, handed
 * out, and free again once released. Thread-safe.
 */
public final class BufferRing {
    /** Pieces without a buffer are small, but many failures must not pile up before a slow reader. */
    private static final int MOST_WAITING = 1000;

    private final Deque<ByteBuffer> free = new ArrayDeque<>();
    private final Deque<Piece> waiting = new ArrayDeque<>();
    private int handedOut;
    private IOException end;
    private long changes;
    private boolean closed;

    /** @param buffers direct, of equal capacity, all free */
    public BufferRing(List<ByteBuffer> buffers) {
        free.addAll(buffers);
    }

    /** @param bytes the capacity of each buffer */
    public static BufferRing of(int buffers, int bytes) {
        return new BufferRing(Stream.generate(() -> ByteBuffer.allocateDirect(bytes))
                .limit(buffers)
                .toList());
    }

    /** Returns a buffer to fill, if more than the given number are free. */
    public synchronized Optional<ByteBuffer> buffer(int leave) {
        return free.size() > leave ? Optional.of(free.pop().clear()) : Optional.empty();
    }

    /** Waits for a free buffer; empty once the ring is closed. */
    public synchronized Optional<ByteBuffer> awaitBuffer() throws InterruptedException {
        while (free.isEmpty() && !closed) {
            wait();
        }
        return closed ? Optional.empty() : Optional.of(free.pop().clear());
    }

    /** Takes back a buffer that was not handed out. */
    public synchronized void putBack(ByteBuffer buffer) {
        free.push(buffer);
    }

    /** Hands out a filled buffer as the next bytes of a file. */
    public void give(String path, ByteBuffer filled) {
        give(new Bytes(path, filled, () -> release(filled)));
    }

    /** Hands out a piece, unless the ring is closed. The buffer of {@link Bytes} comes back by {@link #release}. */
    public synchronized void give(Piece piece) {
        if (!closed) {
            waiting.add(piece);
            notifyAll();
        }
    }

    /** Ends the pieces. */
    public synchronized void end(IOException reason) {
        end = reason;
        notifyAll();
    }

    /** Returns whether so many pieces wait that the source should pause. */
    public synchronized boolean isCrowded() {
        return waiting.size() >= MOST_WAITING;
    }

    /** Waits until the ring is no longer crowded; false once it is closed. */
    public synchronized boolean awaitRoom() throws InterruptedException {
        while (waiting.size() >= MOST_WAITING && !closed) {
            wait();
        }
        return !closed;
    }

    /** Returns how often a piece was taken or a buffer released so far. */
    public synchronized long changes() {
        return changes;
    }

    /** Waits until this number changes, or the ring is closed. */
    public synchronized void awaitChange(long seen) throws InterruptedException {
        while (changes == seen && !closed) {
            wait();
        }
    }

    /**
     * Waits for the next piece.
     *
     * @throws IOException after the last piece, the reason given to {@link #end}; or if the ring is closed
     */
    public synchronized Piece take() throws IOException {
        while (waiting.isEmpty()) {
            if (closed) {
                throw new IOException("The stream is closed.");
            }
            if (end != null) {
                throw end;
            }
            try {
                wait();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while waiting for the source.");
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

    /** Frees a buffer that was handed out. */
    public synchronized void release(ByteBuffer buffer) {
        handedOut--;
        free.push(buffer);
        changes++;
        notifyAll();
    }

    /** Returns whether a buffer that was handed out is still in use. */
    public synchronized boolean isInUse() {
        return handedOut > 0;
    }

    /** Drops pieces that were not taken, and wakes all waiting threads. */
    public synchronized void close() {
        closed = true;
        waiting.clear();
        notifyAll();
    }

    public synchronized boolean isClosed() {
        return closed;
    }
}
