package dev.shoebox.destination.ingest;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.fingerprint.ContentDigest.Extra;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * What one run brings into the destination: stages files, decides names and duplicates, publishes in batches, and
 * tells of each file once it is durable and catalogued. Used by one thread; batches are made durable by others while
 * the next files stream.
 */
public final class Ingest implements Closeable {
    /**
     * Published files that share a transaction of the catalogue, and how long the first may wait for it. The manifest has
     * them already: a crash in between costs the next opening some lines to read, and never a photo.
     */
    private static final int CATALOGUED_FILES = 8 * Batch.FILES;

    private static final long CATALOGUED_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Partial files that may hold a handle while they wait for the rest of their asset. */
    private static final int OPEN_PARTIALS = 32;

    /** What is left to others on the disk by what is only there in passing, in bytes. */
    private static final long LEAST_LEFT = 1L << 30;

    private final Disk disk;
    private final BatchCommitter committing;
    private final DiskCapabilities abilities;
    private final String run;
    private final SourceId source;
    private final Runnable whenClosed;
    private final Thread committer;
    private final ExecutorService hashing;
    private final ExecutorService noting;
    private final Staged.Setup staging;
    private final Partials partials;
    private final Set<Staged> waiting = new LinkedHashSet<>();
    private int staged;

    private final Object lock = new Object();
    private Batch filling = new Batch();

    /** What the committer works on, which nobody else touches. */
    private Batch taken = filling;

    /** Files that are published and not catalogued yet, and since when there are any. */
    private int uncatalogued;

    private long uncataloguedSince;
    private boolean busy;
    private boolean flushing;
    private boolean ended;
    private Optional<Throwable> failure = Optional.empty();

    /**
     * What an ingest works with.
     *
     * @param whenClosed told once
     */
    public record Setup(
            Disk disk,
            Publisher publisher,
            DiskCapabilities abilities,
            PathAllocator placer,
            String run,
            Runnable whenClosed) {}

    public Ingest(Setup setup, SourceId source, Listener listener) {
        this.disk = setup.disk();
        this.committing = new BatchCommitter(setup.publisher(), setup.placer(), source, setup.run(), listener);
        this.abilities = setup.abilities();
        this.run = setup.run();
        this.whenClosed = setup.whenClosed();
        this.source = source;
        this.hashing = Executors.newSingleThreadExecutor(work -> daemon(work, "shoebox-hash"));
        this.noting = Executors.newSingleThreadExecutor(work -> daemon(work, "shoebox-note"));
        this.staging = new Staged.Setup(disk, abilities, hashing, Set.of(), noting, this::forget);
        this.partials = new Partials(disk, source);
        this.committer = daemon(this::commitBatches, "shoebox-commit");
        this.committer.start();
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Opens a new partial file. */
    public Staged stage(MediaFile file) throws DestinationException {
        return stage(file, Set.of(Extra.FINGERPRINT));
    }

    /**
     * Opens a new partial file.
     *
     * @param extras what is computed of it beside SHA-256
     */
    public Staged stage(MediaFile file, Set<Extra> extras) throws DestinationException {
        try {
            parkIfManyWait();
            return awaited(new Staged(
                    staging.with(extras), Identity.STAGING + "/" + run + "-" + ++staged + ".part", source, file));
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    /** What was kept of a file that came in part, read back and found right; empty if there is nothing. */
    public Optional<Staged> takeUp(MediaFile file) throws DestinationException {
        return takeUp(file, Set.of(Extra.FINGERPRINT));
    }

    /**
     * {@link #takeUp(MediaFile)}.
     *
     * @param extras what is computed of it beside SHA-256
     */
    public Optional<Staged> takeUp(MediaFile file, Set<Extra> extras) throws DestinationException {
        try {
            Optional<PartialRecord.Known> known = partials.take(file);
            Optional<Staged> taken =
                    known.isEmpty() ? Optional.empty() : Staged.takenUp(staging.with(extras), known.get());
            if (taken.isEmpty() && known.isPresent()) {
                partials.remove(known.get());
            }
            return taken.map(this::awaited);
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    /** Whether so many bytes more can be staged for a while, in passing, and what is being stored meanwhile still fits. */
    public boolean canSpare(long bytes) {
        try {
            return disk.freeBytes() - bytes > LEAST_LEFT;
        } catch (IOException e) {
            return false;
        }
    }

    /** Keeps what came of a large file for {@link #takeUp}, by this run or a later one; throws away what is not worth it. */
    public void suspend(Staged incomplete) {
        incomplete.suspend().ifPresent(partials::add);
    }

    /** How much is kept of a file, in bytes. */
    public long kept(MediaFile file) throws DestinationException {
        try {
            return partials.bytes(file);
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    /** Throws away what is kept of any other file of this source. */
    public void keepOnly(Stream<MediaFile> wanted) throws DestinationException {
        try {
            partials.keepOnly(wanted);
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    private Staged awaited(Staged fresh) {
        synchronized (lock) {
            waiting.add(fresh);
        }
        return fresh;
    }

    /** Where assets come in pieces, as from an archive, thousands of files may wait for the rest of theirs. */
    private void parkIfManyWait() throws IOException {
        List<Staged> open;
        synchronized (lock) {
            open = waiting.stream().filter(Staged::isOpen).toList();
        }
        if (open.size() >= OPEN_PARTIALS) {
            for (Staged each : open) {
                each.park(abilities);
            }
        }
    }

    private void forget(Staged gone) {
        synchronized (lock) {
            waiting.remove(gone);
        }
    }

    /**
     * Hands over an asset whose given files are completely staged. May block while earlier batches are being made
     * durable. What becomes of each file is told to the listener, possibly on another thread.
     *
     * @throws DestinationException also on behalf of an earlier batch
     */
    public void store(Arrival arrival) throws DestinationException {
        if (arrival.files().isEmpty()) {
            return;
        }
        arrival.files().forEach(file -> file.staged().give());
        synchronized (lock) {
            arrival.files().forEach(file -> waiting.remove(file.staged()));
            await(() -> failure.isPresent() || !filling.isFull());
            if (failure.isPresent()) {
                arrival.files().forEach(file -> file.staged().discard());
                rethrow();
            }
            boolean first = filling.isEmpty();
            if (first) {
                filling = new Batch();
            }
            filling.add(arrival);
            if (first || filling.isFull()) {
                // In between there is nothing to do for whoever commits, and to wake it costs more than to add a small
                // file.
                lock.notifyAll();
            }
        }
    }

    /** Returns when everything handed over is durable, catalogued and told. */
    public void flush() throws DestinationException {
        synchronized (lock) {
            flushing = true;
            lock.notifyAll();
            await(() -> failure.isPresent() || (filling.isEmpty() && uncatalogued == 0 && !busy));
            flushing = false;
            rethrow();
        }
    }

    /** Flushes nothing: throws away what was staged and not stored, ends the threads. */
    @Override
    public void close() {
        List<Staged> left;
        synchronized (lock) {
            if (ended) {
                return;
            }
            ended = true;
            lock.notifyAll();
            // A batch that is half published is brought to its end, and what is published is catalogued.
            await(() -> !busy && (failure.isPresent() || uncatalogued == 0));
            left = new ArrayList<>(waiting);
            filling.arrivals().forEach(arrival -> arrival.files().forEach(file -> left.add(file.staged())));
        }
        left.forEach(Staged::discard);
        committing.close();
        hashing.shutdown();
        noting.shutdown();
        whenClosed.run();
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
                    filling = new Batch();
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

    /**
     * An asset, or what of it is new.
     *
     * @param asset the whole asset as the source has it, also where only some of its files arrive
     * @param captured already placed in a time zone; empty: it goes to {@code undated}
     */
    public record Arrival(Asset asset, Optional<CaptureTime> captured, Layout.Facts facts, List<StagedResource> files) {
        public Arrival {
            files = List.copyOf(files);
        }
    }

    /**
     * @param plausibility what its bytes, and what is claimed of them, make of it
     * @param proof how its bytes were found to be those of the source
     */
    public record StagedResource(Resource resource, Staged staged, Plausibility plausibility, Proof proof) {
        /** One that was read once. */
        public StagedResource(Resource resource, Staged staged, Plausibility plausibility) {
            this(resource, staged, plausibility, Proof.READ_ONCE);
        }
    }

    /** Told of each file once it is durable and catalogued. Calls come one at a time, in order of batches. */
    public interface Listener {
        /** @param path where its bytes now lie, relative to the destination */
        void copied(Resource resource, String path);

        /** @param path where the same bytes lay already */
        void duplicate(Resource resource, String path);

        /** Its owner deleted this content here on purpose, so it was not stored again. */
        default void forgotten(Resource resource) {}

        /** The disk did not give back what was written: nothing is stored, and the file is to be read once more. */
        void unproven(Resource resource, String path);
    }
}
