package dev.shoebox.backup.event;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request to end a run soon. */
public final class StopSignal {
    private final CountDownLatch asked = new CountDownLatch(1);
    private Runnable interruption = () -> {};

    public synchronized void ask() {
        asked.countDown();
        interruption.run();
    }

    /** Work that may take long and reacts only to interruption of its thread. */
    public interface Lengthy<T> {
        T run() throws IOException;
    }

    /**
     * Runs the work in this thread, and interrupts the thread if a stop is requested. Restores the interrupt status
     * afterwards.
     */
    public <T> T interrupting(Lengthy<T> work) throws IOException {
        boolean before = Thread.currentThread().isInterrupted();
        interruptBy(Thread.currentThread()::interrupt);
        try {
            return work.run();
        } finally {
            interruptBy(() -> {});
            if (isAsked() && !before) {
                var unused = Thread.interrupted();
            }
        }
    }

    private synchronized void interruptBy(Runnable means) {
        interruption = means;
        if (isAsked()) {
            means.run();
        }
    }

    public boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Waits until a stop is requested, at most this long; returns whether it was. */
    public boolean await(Duration longest) {
        try {
            return asked.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
