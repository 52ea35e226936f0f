package dev.shoebox.cli.terminal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs work whose result is only useful if it arrives in time. */
public final class TimeLimit {
    /** How long to wait for the work to notice its cancellation. */
    private static final long PATIENCE_MILLIS = 500;

    private TimeLimit() {}

    /**
     * Runs the work on its own thread, which is interrupted at the end of the time.
     *
     * @return empty after a timeout
     * @throws IOException if the work threw it in time
     */
    public static <T> Optional<T> run(Callable<T> work, Duration longest) throws IOException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "shoebox-in-time");
        thread.setDaemon(true);
        thread.start();
        try {
            return Optional.of(task.get(longest.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            end(thread);
            return Optional.empty();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException ended) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("Interrupted.").initCause(ended);
        }
    }

    private static void end(Thread thread) {
        thread.interrupt();
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
