package dev.shoebox.backup.event;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Somebody's wish that a run end soon. */
public final class StopSignal {
    private final CountDownLatch asked = new CountDownLatch(1);
    private Optional<Thread> listening = Optional.empty();

    public synchronized void ask() {
        asked.countDown();
        listening.ifPresent(Thread::interrupt);
    }

    /** What may take long and looks at nothing but whether its thread is interrupted. */
    public interface Lengthy<T> {
        T run() throws IOException;
    }

    /** Runs the work in this thread, which is interrupted once a stop is asked for; afterwards it is as it was. */
    public <T> T interrupting(Lengthy<T> work) throws IOException {
        boolean before = Thread.currentThread().isInterrupted();
        listen(Optional.of(Thread.currentThread()));
        try {
            return work.run();
        } finally {
            listen(Optional.empty());
            if (isAsked() && !before) {
                var unused = Thread.interrupted();
            }
        }
    }

    private synchronized void listen(Optional<Thread> thread) {
        listening = thread;
        if (isAsked()) {
            thread.ifPresent(Thread::interrupt);
        }
    }

    public boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Waits until a stop is asked for, at most this long; answers whether it was. */
    public boolean await(Duration longest) {
        try {
            return asked.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
