package dev.shoebox.destination.ingest;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Gathers what arrives into batches, and has each published and catalogued on a thread of its own while the next one fills. */
final class BatchQueue {
    /**
     * Published files that share a transaction of the catalogue, and how long the first may wait for it. The manifest has
     * them already: a crash in between costs the next opening some lines to read, and never a photo.
     */
    private static final int CATALOGUED_FILES = 8 * Batch.MANY;

    /** So many files are published in small batches. */
    private static final int BEFORE_MANY = 8 * Batch.FEW;

    private static final long CATALOGUED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Disk disk;
    private final BatchCommitter committing;

    private final Object lock = new Object();
    private Batch filling = new Batch(Batch.FEW);

    /** What the committer works on, which nobody else touches. */
    private Batch taken = filling;

    /** Files that are published and not catalogued yet, and since when there are any. */
    private int uncatalogued;

    private long uncataloguedSince;

    /** Files of this run that have their names. */
    private long published;

    private boolean busy;
    private boolean flushing;
    private boolean ended;
    private Optional<Throwable> failure = Optional.empty();

    BatchQueue(Disk disk, BatchCommitter committing) {
        this.disk = disk;
        this.committing = committing;
        Thread committer = new Thread(this::commitBatches, "shoebox-commit");
        committer.setDaemon(true);
        committer.start();
    }

    /**
     * Hands over an asset; blocks while the batch before is being made durable and this one is full.
     *
     * @throws DestinationException also on behalf of an earlier batch; then what arrived is thrown away
     */
    void add(Arrival arrival) throws DestinationException {
        synchronized (lock) {
            await(() -> failure.isPresent() || !filling.isFull());
            if (failure.isPresent()) {
                arrival.files().forEach(file -> file.staged().discard());
                rethrow();
            }
            boolean first = filling.isEmpty();
            if (first) {
                filling = nextBatch();
            }
            filling.add(arrival);
            if (first || filling.isFull()) {
                // In between there is nothing to do for whoever commits, and to wake it costs more than to add a small
                // file.
                lock.notifyAll();
            }
        }
    }

    private Batch nextBatch() {
        return new Batch(published < BEFORE_MANY ? Batch.FEW : Batch.MANY);
    }

    /** Returns when everything handed over is durable, catalogued and told. */
    void flush() throws DestinationException {
        synchronized (lock) {
            flushing = true;
            lock.notifyAll();
            await(() -> failure.isPresent() || (filling.isEmpty() && uncatalogued == 0 && !busy));
            flushing = false;
            rethrow();
        }
    }

    /**
     * Begins no other batch. One that is half published is brought to its end, and what is published is catalogued.
     *
     * @return what was handed over and is not published
     */
    List<Staged> end() {
        synchronized (lock) {
            ended = true;
            lock.notifyAll();
            await(() -> !busy && (failure.isPresent() || uncatalogued == 0));
            List<Staged> left = new ArrayList<>();
            filling.arrivals().forEach(arrival -> arrival.files().forEach(file -> left.add(file.staged())));
            return left;
        }
    }

    /** After {@link #end}. */
    void close() {
        committing.close();
    }

    /** Not to be interrupted: interrupting would close the handles that are being written. */
    private void await(BooleanSupplier condition) {
        boolean interrupted = false;
        while (!condition.getAsBoolean()) {
            try {
                lock.wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void rethrow() throws DestinationException {
        if (failure.isPresent()) {
            if (failure.get() instanceof DestinationException known) {
                throw known;
            }
            throw new IllegalStateException(failure.get());
        }
    }

    /** What the committer does next. */
    private enum Turn {
        PUBLISH,
        CATALOGUE,
        END
    }

    private void commitBatches() {
        for (Turn turn = nextTurn(); turn != Turn.END; turn = nextTurn()) {
            try {
                if (turn == Turn.PUBLISH) {
                    publish();
                } else {
                    catalogue();
                }
                done(Optional.empty());
            } catch (IOException | RuntimeException | Error e) {
                // Whatever it is: whoever waits for this thread must hear of it.
                if (turn == Turn.PUBLISH) {
                    taken.arrivals().forEach(arrival -> arrival.files()
                            .forEach(file -> file.staged().discard()));
                    catalogueEarlierBatches(e);
                }
                done(Optional.of(e instanceof IOException io ? DestinationException.of(io, disk) : e));
            }
        }
    }

    /** Blocks until there is something to do. */
    private Turn nextTurn() {
        synchronized (lock) {
            while (failure.isEmpty()) {
                long now = System.nanoTime();
                boolean due = !ended && !filling.isEmpty() && (flushing || filling.nanosLeft(now) <= 0);
                if (due && uncatalogued < CATALOGUED_FILES) {
                    taken = filling;
                    filling = nextBatch();
                    busy = true;
                    lock.notifyAll();
                    return Turn.PUBLISH;
                }
                long age = now - uncataloguedSince;
                if (uncatalogued > 0 && (due || flushing || ended || age >= CATALOGUED_NANOS)) {
                    busy = true;
                    return Turn.CATALOGUE;
                }
                if (ended) {
                    return Turn.END;
                }
                long left =
                        Math.min(filling.nanosLeft(now), uncatalogued == 0 ? Long.MAX_VALUE : CATALOGUED_NANOS - age);
                try {
                    lock.wait(left == Long.MAX_VALUE ? 0 : TimeUnit.NANOSECONDS.toMillis(left) + 1);
                } catch (InterruptedException e) {
                    // Nobody interrupts this thread; close() ends it.
                }
            }
            return Turn.END;
        }
    }

    private void done(Optional<Throwable> outcome) {
        synchronized (lock) {
            busy = false;
            failure = outcome;
            lock.notifyAll();
        }
    }

    private void publish() throws IOException {
        int files = committing.publish(taken.arrivals());
        synchronized (lock) {
            if (uncatalogued == 0) {
                uncataloguedSince = System.nanoTime();
            }
            uncatalogued += files;
            published += files;
        }
    }

    private void catalogue() throws IOException {
        committing.catalogue();
        synchronized (lock) {
            uncatalogued = 0;
        }
    }

    /** What was published before is durable, and is told so even where the disk takes no more. */
    private void catalogueEarlierBatches(Throwable failed) {
        try {
            catalogue();
        } catch (IOException | RuntimeException | Error e) {
            failed.addSuppressed(e);
        }
    }
}
