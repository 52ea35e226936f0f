package dev.shoebox.system.thread;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** Waits without reacting to interrupts, which would close the handles being written. They are set again afterwards. */
public final class Uninterrupted {
    private Uninterrupted() {}

    /** A wait that can be repeated after an interrupt. */
    public interface Wait<T> {
        T pass() throws InterruptedException;
    }

    /** Repeats a wait until no interrupt ends it. */
    public static <T> T get(Wait<T> wait) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return wait.pass();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Waits until a condition holds.
     *
     * @param monitor is held by the caller, and notified when the condition may have changed
     */
    public static void await(Object monitor, BooleanSupplier condition) {
        get(() -> {
            while (!condition.getAsBoolean()) {
                monitor.wait();
            }
            return true;
        });
    }

    /**
     * Waits for a task, and returns its result.
     *
     * @throws IllegalStateException if the task failed
     */
    public static <T> T result(Future<T> task) {
        return get(() -> {
            try {
                return task.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        });
    }
}
