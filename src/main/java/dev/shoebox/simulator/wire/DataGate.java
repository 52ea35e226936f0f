package dev.shoebox.simulator.wire;

import java.time.Duration;

/** Counts file data on its way out, and shuts at a byte that was chosen. */
public final class DataGate {
    /** What happens at that byte. */
    public enum Event {
        NONE,
        UNPLUG,
        LOCK,
        STALL
    }

    /**
     * What has happened at that byte; {@link Event#NONE} for a silence that is over.
     *
     * @param pause for how long the cable is to be pulled
     */
    public record Shut(Event event, Duration pause) {}

    private Event event = Event.NONE;
    private long left = Long.MAX_VALUE;
    private Duration pause = Duration.ZERO;

    /** When a silence that was met is over, by {@link System#nanoTime}. */
    private long until;

    private boolean met;

    public synchronized void set(long bytes, Event newEvent, Duration newPause) {
        left = bytes;
        event = newEvent;
        pause = newPause;
        met = false;
    }

    public synchronized void release() {
        event = Event.NONE;
        left = Long.MAX_VALUE;
        notifyAll();
    }

    /** How many of these bytes may go. If fewer than all, {@link #shut} says what happens then. */
    public synchronized int admit(int bytes) {
        if (event == Event.NONE) {
            return bytes;
        }
        int admitted = (int) Math.min(bytes, left);
        left -= admitted;
        return admitted;
    }

    /** Called at the chosen byte; returns only after a silence. */
    public synchronized Shut shut() throws InterruptedException {
        if (event == Event.UNPLUG || event == Event.LOCK) {
            Shut shut = new Shut(event, pause);
            release();
            return shut;
        }
        // From the first connection that meets the silence: one that is made meanwhile waits only for the rest.
        if (!met) {
            met = true;
            until = System.nanoTime() + pause.toNanos();
        }
        long end = until;
        while (event == Event.STALL && end - System.nanoTime() > 0) {
            wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
        release();
        return new Shut(Event.NONE, Duration.ZERO);
    }
}
