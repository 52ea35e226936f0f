package dev.shoebox.simulator.wire;

import java.time.Duration;

/** Counts outgoing file data, and stops them at a chosen byte. */
public final class DataGate {
    /** What happens at that byte. */
    public enum Event {
        NONE,
        UNPLUG,
        LOCK,
        STALL
    }

    /**
     * The event at that byte; {@link Event#NONE} after a pause.
     *
     * @param pause how long to pull the cable
     */
    public record Shut(Event event, Duration pause) {}

    private Event event = Event.NONE;
    private long left = Long.MAX_VALUE;
    private Duration pause = Duration.ZERO;

    /** The end of a pause in progress, as {@link System#nanoTime}. */
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

    /** Returns how many of these bytes may be sent. If fewer than all, {@link #shut} says what happens then. */
    public synchronized int admit(int bytes) {
        if (event == Event.NONE) {
            return bytes;
        }
        int admitted = (int) Math.min(bytes, left);
        left -= admitted;
        return admitted;
    }

    /** Called at the chosen byte; returns at the end of a pause, if it is one. */
    public synchronized Shut shut() throws InterruptedException {
        if (event == Event.UNPLUG || event == Event.LOCK) {
            Shut shut = new Shut(event, pause);
            release();
            return shut;
        }
        // The pause starts with the first connection that reaches it; later ones wait for the rest of it.
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
