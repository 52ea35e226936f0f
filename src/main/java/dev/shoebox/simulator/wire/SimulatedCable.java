package dev.shoebox.simulator.wire;

import java.util.concurrent.locks.LockSupport;

/**
 * The timetable of one phone's link, in {@link System#nanoTime}. Slots are booked one after the other on an ideal time line, so that a thread
 * that wakes late delays one reply but never lowers the rate.
 */
public final class SimulatedCable {
    /** Longest that a wake-up is trusted to be late; longer ones are the computer's, not the timer's. */
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

    /** When the answer to a request that arrived now may start to travel. */
    public synchronized long ready(long arrival) {
        long work = link.deviceTimePerRequest().toNanos();
        if (work > 0) {
            deviceFree = Math.max(arrival, deviceFree) + work;
            return deviceFree + link.latencyPerRequest().toNanos();
        }
        return arrival + link.latencyPerRequest().toNanos();
    }

    /** Books the line for so many bytes, not before {@code ready}, and returns when the last of them has arrived. */
    public long book(long ready, int bytes) {
        if (!limited) {
            return ready;
        }
        synchronized (this) {
            lineFree = Math.max(ready, lineFree) + (long) (bytes * 1e9 / link.bytesPerSecond());
            return lineFree;
        }
    }

    /** Whether there is time to sleep before that moment. */
    public boolean isAhead(long moment) {
        return moment - System.nanoTime() > lateness;
    }

    /**
     * Waits for a moment.
     *
     * @param exactly whether to spend processor time on the last microseconds, which matters to a client that waits for each answer
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
