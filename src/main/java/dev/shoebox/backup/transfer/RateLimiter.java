package dev.shoebox.backup.transfer;

import dev.shoebox.backup.event.StopSignal;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Holds a run back to a rate, by taking the next piece of a stream later: a source whose buffers are full asks its phone
 * for nothing. So the phone rests between pieces, and what the source may have read ahead (some megabytes, once) is all
 * that ever comes faster.
 */
public final class RateLimiter {
    private static final double NANOS = 1e9;

    private final OptionalLong bytesPerSecond;
    private final StopSignal stop;
    private long due;

    /** @param bytesPerSecond at least 1; empty for no limit */
    public RateLimiter(OptionalLong bytesPerSecond, StopSignal stop) {
        this.bytesPerSecond = bytesPerSecond;
        this.stop = stop;
        this.due = System.nanoTime();
    }

    /** Waits until so many bytes that came may be followed by more, or a stop is asked for. */
    void taken(int bytes) {
        if (bytesPerSecond.isEmpty()) {
            return;
        }
        // Time in which nothing came is not made up for; a pause that was cut short by the clock's grain is.
        due = Math.max(due, System.nanoTime()) + (long) (bytes * NANOS / bytesPerSecond.getAsLong());
        stop.await(Duration.ofNanos(due - System.nanoTime()));
    }
}
