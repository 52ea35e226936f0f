package dev.shoebox.web.server;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What all open pages are told: the whole state, each time it has changed. A page that was away or is slow misses steps
 * between, never the last state.
 */
public final class Feed {
    private final Supplier<String> state;
    private long version = 1;
    private int listeners;
    private boolean closed;
    private long quietSince = System.nanoTime();

    /** @param state as one line of JSON; called on many threads */
    public Feed(Supplier<String> state) {
        this.state = state;
    }

    /** The state is another now. */
    public synchronized void changed() {
        version++;
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** How many pages listen. */
    public synchronized int listeners() {
        return listeners;
    }

    /** For how long nobody has listened. */
    synchronized long quietNanos() {
        return listeners > 0 ? 0 : System.nanoTime() - quietSince;
    }

    /** Somebody asked for something that has no stream. */
    synchronized void touched() {
        quietSince = System.nanoTime();
    }

    synchronized void joined() {
        listeners++;
    }

    synchronized void left() {
        listeners--;
        quietSince = System.nanoTime();
    }

    /**
     * Waits for a version later than {@code seen}.
     *
     * @return the version; {@code seen} itself when the time was over or the feed was closed
     */
    synchronized long next(long seen, long milliseconds) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        while (version == seen && !closed) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return version;
    }

    String state() {
        return state.get();
    }
}
