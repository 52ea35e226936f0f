package dev.shoebox.simulator.wire;

import java.util.concurrent.locks.LockSupport;

/**
 * The schedule of one phone's link, in {@link System#nanoTime}. Slots are booked consecutively on an ideal time line,
 * so that a thread that wakes late delays one response but never lowers the rate.
 */
public final class SimulatedCable {
    /** The delay of a wake-up that is attributed to the timer; longer ones come from load. */
    private static final long LATEST_WAKE = 200_000;

    private final LinkSpeed link;
    private final boolean limited;
    private long deviceFree = System.nanoTime();
    private long lineFree = System.nanoTime();
    private volatile long lateness = 60_000;

    public SimulatedCable(LinkSpeed link) {
        this.link = link;
        this.limited = link.bytesPerSecond() != Long.MAX_VALUE;
    }

    /** Returns when the response to a request that arrived now may be sent. */
    public synchronized long ready(long arrival) {
        long work = link.deviceTimePerRequest().toNanos();
        if (work > 0) {
            deviceFree = Math.max(arrival, deviceFree) + work;
            return deviceFree + link.latencyPerRequest().toNanos();
        }
        return arrival + link.latencyPerRequest().toNanos();
    }

    /** Books the line for so many bytes, not before {@code ready}, and returns when the last of them arrives. */
    public long book(long ready, int bytes) {
        if (!limited) {
            return ready;
        }
        synchronized (this) {
            lineFree = Math.max(ready, lineFree) + (long) (bytes * 1e9 / link.bytesPerSecond());
            return lineFree;
        }
    }

    /** Returns whether there is time to sleep before that moment. */
    public boolean isAhead(long moment) {
        return moment - System.nanoTime() > lateness;
    }

    /**
     * Waits for a moment.
     *
     * @param exactly whether to spin for the last microseconds, which matters to clients that wait for each response
     */
    public void await(long moment, boolean exactly) throws InterruptedException {
        long rest = moment - System.nanoTime();
        while (rest > lateness) {
            long alarm = System.nanoTime() + rest - lateness;
            LockSupport.parkNanos(this, rest - lateness);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long now = System.nanoTime();
            if (now > alarm) {
                long known = lateness;
                lateness = known + (Math.min(now - alarm, LATEST_WAKE) - known) / 8;
            }
            rest = moment - now;
        }
        while (exactly && moment - System.nanoTime() > 0) {
            Thread.onSpinWait();
        }
    }
}
