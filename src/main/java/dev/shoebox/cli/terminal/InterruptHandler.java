package dev.shoebox.cli.terminal;

import dev.shoebox.history.RunEnding;
import org.jline.utils.Signals;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Handles Ctrl-C and requests to terminate: the first one asks the current work to end properly, the second one ends
 * the process. Uses signals rather than shutdown hooks, which a second Ctrl-C cannot hurry and which race with the end
 * of {@code main}.
 */
public final class InterruptHandler {
    /**
     * The system property of a process that ends when its standard input ends. On Windows, no program can signal
     * another, only kill it.
     */
    public static final String ENDS_WITH_INPUT = "shoebox.ends-with-input";

    private final Consumer<Runnable> signals;
    private final Consumer<Runnable> termination;
    private final Runnable end;
    private final AtomicBoolean once = new AtomicBoolean();
    private volatile Runnable action;

    /**
     * Creates a handler.
     *
     * @param signals registers an action for each signal
     * @param end ends the process at once
     */
    public InterruptHandler(Consumer<Runnable> signals, Runnable end) {
        this(signals, action -> {}, end);
    }

    private InterruptHandler(Consumer<Runnable> signals, Consumer<Runnable> termination, Runnable end) {
        this.signals = signals;
        this.termination = termination;
        this.end = end;
        this.action = end;
    }

    /** Handles the signals of this process. Signals that were ignored at its start (nohup) stay ignored. */
    public static InterruptHandler ofProcess() {
        return new InterruptHandler(
                onSignal -> {
                    List.of("INT", "TERM", "HUP").forEach(name -> Signals.register(name, onSignal));
                    if (Boolean.getBoolean(ENDS_WITH_INPUT)) {
                        atEnd(System.in, onSignal);
                    }
                },
                onSignal -> Signals.register("TERM", onSignal),
                () -> Runtime.getRuntime().halt(RunEnding.INTERRUPTED.number()));
    }

    private static void atEnd(InputStream input, Runnable action) {
        Thread waiting = new Thread(
                () -> {
                    try {
                        input.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException broken) {
                        // There is nothing else to try.
                    }
                    action.run();
                },
                "shoebox-input");
        waiting.setDaemon(true);
        waiting.start();
    }

    /**
     * Has the first signal end a run once its files in transit are safe.
     *
     * @param stop asks the run to end
     */
    public void finishOnFirst(Console console, Runnable stop) {
        onFirst(() -> {
            console.say("Finishing the files in transit. Press Ctrl-C again to stop immediately.");
            stop.run();
        });
    }

    /**
     * Has the first signal end a run that has not opened its source, and may wait for an iPhone.
     *
     * @param stop asks the run to end
     */
    public void stopOnFirst(Console console, Runnable stop) {
        onFirst(() -> {
            console.say("Stopping. Press Ctrl-C again to stop immediately.");
            stop.run();
        });
    }

    /** Sets the action for the first signal. Before the first call, the system's default applies. */
    public void onFirst(Runnable action) {
        boolean first = this.action == end;
        this.action = action;
        if (first) {
            signals.accept(this::signalled);
        }
    }

    /** Sets another action for the system's request to terminate than for Ctrl-C. Must follow {@link #onFirst}. */
    public void onTermination(Runnable action) {
        termination.accept(action);
    }

    /** Ends the process at once. */
    public void endNow() {
        end.run();
    }

    private void signalled() {
        if (once.compareAndSet(false, true)) {
            action.run();
        } else {
            end.run();
        }
    }
}
