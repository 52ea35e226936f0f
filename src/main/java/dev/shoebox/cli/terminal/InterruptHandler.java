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
 * Ctrl-C, and the system asking us to end: the first time what goes on is asked to end well, the second time
 * everything ends at once. Built on signals and not on shutdown hooks, which a second Ctrl-C cannot hurry and which run
 * against the end of {@code main}.
 */
public final class InterruptHandler {
    /**
     * The property of a process that is asked to end by the end of its standard input. Windows knows no signal that one program
     * sends another: what ends a program there ends it at once.
     */
    public static final String ENDS_WITH_INPUT = "shoebox.ends-with-input";

    private final Consumer<Runnable> signals;
    private final Consumer<Runnable> termination;
    private final Runnable end;
    private final AtomicBoolean once = new AtomicBoolean();
    private volatile Runnable action;

    /**
     * @param signals where to register what is to be done on each signal
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

    /** The signals of this process. One that it was started to ignore (nohup) stays ignored. */
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
                        // Nothing more can come of that either.
                    }
                    action.run();
                },
                "shoebox-input");
        waiting.setDaemon(true);
        waiting.start();
    }

    /** From here on the first signal means this. Until it is first called, the system's own rules apply. */
    public void onFirst(Runnable action) {
        boolean first = this.action == end;
        this.action = action;
        if (first) {
            signals.accept(this::signalled);
        }
    }

    /** From here on, being asked by the system to end means this, and not what Ctrl-C means. After {@link #onFirst}. */
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
