package dev.shoebox.destination;

import dev.shoebox.destination.CrashDisk.Step;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** When and how a disk fails: at the operation with this number, counted from 0 without those that only read. */
public final class Faults {
    /** What goes wrong. */
    public enum Kind {
        FAILS_ONCE,
        FAILS_FROM_THEN,
        /** Half of the bytes are written, then no more. */
        WRITES_SHORT,
        /** The power fails. */
        CRASHES_BEFORE,
        CRASHES_AFTER,
        /** The process is killed, and the system continues. */
        KILLED
    }

    /** The outcome of one operation. */
    enum Fate {
        NOTHING,
        FAILS,
        CRASHES_BEFORE,
        CRASHES_AFTER
    }

    private final Predicate<String> first;
    private volatile int at;
    private final Kind kind;
    private final Runnable whenDying;
    private final AtomicInteger operations = new AtomicInteger();
    private final List<String> steps = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<String> struck = new AtomicReference<>("nothing");
    private volatile boolean dead;

    /** @param whenDying called when the process dies */
    Faults(int at, Kind kind, Runnable whenDying) {
        this(at, operation -> false, kind, whenDying);
    }

    /** @param first the first operation that fails, as "step path" */
    Faults(Predicate<String> first, Kind kind, Runnable whenDying) {
        this(-1, first, kind, whenDying);
    }

    private Faults(int at, Predicate<String> first, Kind kind, Runnable whenDying) {
        this.at = at;
        this.first = first;
        this.kind = kind;
        this.whenDying = whenDying;
    }

    public static Faults none() {
        return new Faults(-1, Kind.FAILS_ONCE, () -> {});
    }

    /** The number of operations. */
    int operations() {
        return operations.get();
    }

    /** The operations in their order, each as "step path". */
    List<String> steps() {
        return List.copyOf(steps);
    }

    /** Whether any fault occurred. */
    boolean struck() {
        return at >= 0 && operations.get() > at;
    }

    boolean isDead() {
        return dead;
    }

    /** Whether only the process died, or nothing. */
    boolean isPowerLost() {
        return dead && kind != Kind.KILLED;
    }

    boolean isFull() {
        return at % 2 == 0;
    }

    /** Whether the next operation writes only half of its bytes. */
    boolean isShort() {
        return kind == Kind.WRITES_SHORT && operations.get() == at;
    }

    Fate next(Step step, String path) throws IOException {
        requireAlive();
        int operation;
        synchronized (steps) {
            operation = operations.getAndIncrement();
            steps.add(step + " " + path);
        }
        if (at < 0 && first.test(step + " " + path)) {
            at = operation;
        }
        if (operation == at) {
            struck.set(step + " " + path);
        }
        return switch (kind) {
            case FAILS_ONCE -> operation == at ? Fate.FAILS : Fate.NOTHING;
            case FAILS_FROM_THEN -> at >= 0 && operation >= at ? Fate.FAILS : Fate.NOTHING;
            case WRITES_SHORT -> operation == at && step == Step.WRITE ? Fate.FAILS : Fate.NOTHING;
            case CRASHES_BEFORE, KILLED -> operation == at ? Fate.CRASHES_BEFORE : Fate.NOTHING;
            case CRASHES_AFTER -> operation == at ? Fate.CRASHES_AFTER : Fate.NOTHING;
        };
    }

    IOException dies() {
        if (!dead) {
            dead = true;
            whenDying.run();
        }
        return new IOException("dead");
    }

    void requireAlive() throws IOException {
        if (dead) {
            throw new IOException("dead");
        }
    }

    @Override
    public String toString() {
        return kind + " at " + at + " (" + struck.get() + ")";
    }
}
