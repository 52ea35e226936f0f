package dev.shoebox.destination.ingest;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.system.thread.Uninterrupted;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Collects arriving assets into batches; each is published and catalogued on a separate thread while the next one
 * fills.
 */
final class BatchQueue {
    /**
     * The number of published files that share a transaction of the catalogue. The manifest has them already: after a
     * crash, the next opening reads some more lines, and no photo is lost.
     */
    private static final int CATALOGUED_FILES = 8 * Batch.MANY;

    /** So many files are published in small batches. */
    private static final int BEFORE_MANY = 8 * Batch.FEW;

    private static final long CATALOGUED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Disk disk;
    private final BatchCommitter committing;

    private final Object lock = new Object();
    private Batch filling = new Batch(Batch.FEW);

    /** The batch of the committer, used by no other thread. */
    private Batch taken = filling;

    /** The number of published files that are not catalogued, and since when there are any. */
    private int uncatalogued;

    private long uncataloguedSince;

    /** The number of files of this run that are published. */
    private long published;

    private boolean busy;
    private boolean flushing;
    private boolean ended;

    /** Null unless an action of the committer failed. */
    private Throwable failure;

    BatchQueue(Disk disk, BatchCommitter committing) {
        this.disk = disk;
        this.committing = committing;
        Thread committer = new Thread(this::commitBatches, "shoebox-commit");
        committer.setDaemon(true);
        committer.start();
    }

    /**
     * Adds an asset; blocks while the previous batch is being made durable and this one is full.
     *
     * @throws DestinationException also for a failure of an earlier batch; the asset is then discarded
     */
    void add(Arrival arrival) throws DestinationException {
        synchronized (lock) {
            Uninterrupted.await(lock, () -> failure != null || !filling.isFull());
            if (failure != null) {
                arrival.files().forEach(file -> file.staged().discard());
                rethrow();
            }
            boolean first = filling.isEmpty();
            if (first) {
                filling = nextBatch();
            }
            filling.add(arrival);
            if (first || filling.isFull()) {
                // Otherwise the committer has nothing to do, and waking it costs more than adding a small file.
                lock.notifyAll();
            }
        }
    }

    private Batch nextBatch() {
        return new Batch(published < BEFORE_MANY ? Batch.FEW : Batch.MANY);
    }

    /** Returns when every added file is durable, catalogued and reported. */
    void flush() throws DestinationException {
        synchronized (lock) {
            flushing = true;
            lock.notifyAll();
            Uninterrupted.await(lock, () -> failure != null || (filling.isEmpty() && uncatalogued == 0 && !busy));
            flushing = false;
            rethrow();
        }
    }

    /**
     * Starts no further batch. A batch in progress is completed, and published files are catalogued.
     *
     * @return files that were added and not published
     */
    List<Staged> end() {
        synchronized (lock) {
            ended = true;
            lock.notifyAll();
            Uninterrupted.await(lock, () -> !busy && (failure != null || uncatalogued == 0));
            List<Staged> left = new ArrayList<>();
            filling.arrivals().forEach(arrival -> arrival.files().forEach(file -> left.add(file.staged())));
            return left;
        }
    }

    /** Called after {@link #end}. */
    void close() {
        committing.close();
    }

    private void rethrow() throws DestinationException {
        if (failure != null) {
            if (failure instanceof DestinationException known) {
                throw known;
            }
            throw new IllegalStateException(failure);
        }
    }

    /** The next action of the committer. */
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
                done();
            } catch (IOException | RuntimeException | Error e) {
                // Any failure must reach the waiting threads.
                if (turn == Turn.PUBLISH) {
                    taken.arrivals().forEach(arrival -> arrival.files()
                            .forEach(file -> file.staged().discard()));
                    catalogueEarlierBatches(e);
                }
                failed(e instanceof IOException io ? DestinationException.of(io, disk) : e);
            }
        }
    }

    /** Waits for the next action. */
    private Turn nextTurn() {
        synchronized (lock) {
            while (failure == null) {
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
                    // This thread is never interrupted; close() ends it.
                }
            }
            return Turn.END;
        }
    }

    private void done() {
        synchronized (lock) {
            busy = false;
            lock.notifyAll();
        }
    }

    private void failed(Throwable problem) {
        synchronized (lock) {
            failure = problem;
            done();
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

    /** Catalogues earlier batches: they are durable, and are reported even if the disk accepts no more. */
    private void catalogueEarlierBatches(Throwable failed) {
        try {
            catalogue();
        } catch (IOException | RuntimeException | Error e) {
            failed.addSuppressed(e);
        }
    }
}
