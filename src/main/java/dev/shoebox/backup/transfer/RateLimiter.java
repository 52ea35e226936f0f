package dev.shoebox.backup.transfer;

import dev.shoebox.backup.event.StopSignal;

import java.time.Duration;

/**
 * Limits the rate of a run by delaying the next piece of a stream: a source whose buffers are full requests nothing
 * from its phone. So the phone rests between pieces; only the read-ahead of the source (some megabytes, once) arrives
 * faster.
 */
public final class RateLimiter {
    /** A rate that limits nothing. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private static final double NANOS = 1e9;

    private final long bytesPerSecond;
    private final StopSignal stop;
    private long due;

    /** @param bytesPerSecond at least 1; {@link #UNLIMITED} for no limit */
    public RateLimiter(long bytesPerSecond, StopSignal stop) {
        this.bytesPerSecond = bytesPerSecond;
        this.stop = stop;
        this.due = System.nanoTime();
    }

    /** Waits until more bytes may follow these, or a stop is requested. */
    void taken(int bytes) {
        if (bytesPerSecond == UNLIMITED) {
            return;
        }
        // Idle time earns no credit, but a pause cut short by the granularity of the clock does.
        due = Math.max(due, System.nanoTime()) + (long) (bytes * NANOS / bytesPerSecond);
        stop.await(Duration.ofNanos(due - System.nanoTime()));
    }
}
