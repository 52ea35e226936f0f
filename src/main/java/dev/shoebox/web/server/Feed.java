package dev.shoebox.web.server;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Publishes the whole state to all open pages whenever it changes. A page that is slow or was away misses intermediate
 * states, but never the last one.
 */
public final class Feed {
    private final Supplier<String> state;
    private long version = 1;
    private int listeners;
    private boolean closed;
    private long quietSince = System.nanoTime();

    /** @param state supplies the state as one line of JSON; called by many threads */
    public Feed(Supplier<String> state) {
        this.state = state;
    }

    /** Publishes a change of the state. */
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

    /** Returns for how long nobody has listened, in nanoseconds. */
    synchronized long quietNanos() {
        return listeners > 0 ? 0 : System.nanoTime() - quietSince;
    }

    /** Records a request that has no stream. */
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
     * @return the version; {@code seen} itself after a timeout or when the feed was closed
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
