package dev.shoebox.destination.ingest;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.naming.PathAllocator;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.photos.fingerprint.ContentDigest.Extra;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * The intake of one run: stages files, decides names and duplicates, publishes in batches, and reports each file once
 * it is durable and catalogued. Used by one thread; other threads make batches durable while the next files stream.
 */
public final class Ingest implements Closeable {
    /** The number of partial files that may keep a handle open while they wait for the rest of their asset. */
    private static final int OPEN_PARTIALS = 32;

    /** Temporary files leave at least this much free space, in bytes. */
    private static final long LEAST_LEFT = 1L << 30;

    private final Disk disk;
    private final BatchQueue batches;
    private final DiskCapabilities abilities;
    private final String run;
    private final SourceId source;
    private final Runnable whenClosed;
    private final ExecutorService hashing;
    private final ExecutorService noting;
    private final Staged.Setup staging;
    private final Partials partials;

    /** Staged files that were not handed over yet, in order of arrival; has its own lock. */
    private final Set<Staged> waiting = new LinkedHashSet<>();

    private int staged;
    private boolean closed;

    /**
     * The collaborators of an ingest.
     *
     * @param keepsInMemory whether stored files stay in the system's memory because they are read again soon
     * @param whenClosed called once
     */
    public record Setup(
            Disk disk,
            Publisher publisher,
            DiskCapabilities abilities,
            PathAllocator placer,
            String run,
            boolean keepsInMemory,
            Runnable whenClosed) {}

    public Ingest(Setup setup, SourceId source, IngestListener listener) {
        this.disk = setup.disk();
        this.batches = new BatchQueue(
                disk, new BatchCommitter(setup.publisher(), setup.placer(), source, setup.run(), listener));
        this.abilities = setup.abilities();
        this.run = setup.run();
        this.whenClosed = setup.whenClosed();
        this.source = source;
        this.hashing = Executors.newSingleThreadExecutor(work -> daemon(work, "shoebox-hash"));
        this.noting = Executors.newSingleThreadExecutor(work -> daemon(work, "shoebox-note"));
        this.staging =
                new Staged.Setup(disk, abilities, hashing, Set.of(), noting, setup.keepsInMemory(), this::forget);
        this.partials = new Partials(disk, source);
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
     * @param extras digests to compute in addition to SHA-256
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

    /**
     * Returns the kept part of a file, read back and verified; empty if there is none.
     *
     * @param extras digests to compute in addition to SHA-256
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

    /** Returns whether so many more bytes can be staged temporarily without displacing files being stored. */
    public boolean canSpare(long bytes) {
        try {
            return disk.freeBytes() - bytes > LEAST_LEFT;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Keeps the received part of a large file for {@link #takeUp}, in this run or a later one; discards small parts.
     */
    public void suspend(Staged incomplete) {
        incomplete.suspend().ifPresent(partials::add);
    }

    /** Returns how many bytes of a file are kept. */
    public long kept(MediaFile file) throws DestinationException {
        try {
            return partials.bytes(file);
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    /** Discards the kept parts of all other files of this source. */
    public void keepOnly(Stream<MediaFile> wanted) throws DestinationException {
        try {
            partials.keepOnly(wanted);
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    private Staged awaited(Staged fresh) {
        synchronized (waiting) {
            waiting.add(fresh);
        }
        return fresh;
    }

    /** Closes handles if many files wait: from an archive, thousands may wait for the rest of their assets. */
    private void parkIfManyWait() throws IOException {
        List<Staged> open;
        synchronized (waiting) {
            if (waiting.size() < OPEN_PARTIALS) {
                return;
            }
            open = waiting.stream().filter(Staged::isOpen).toList();
        }
        if (open.size() >= OPEN_PARTIALS) {
            for (Staged each : open) {
                each.park(abilities);
            }
        }
    }

    private void forget(Staged gone) {
        synchronized (waiting) {
            waiting.remove(gone);
        }
    }

    /**
     * Hands over an asset whose given files are completely staged. May block while earlier batches are being made
     * durable. The listener receives the outcome of each file, possibly on another thread.
     *
     * @throws DestinationException also for a failure of an earlier batch
     */
    public void store(Arrival arrival) throws DestinationException {
        if (arrival.files().isEmpty()) {
            return;
        }
        arrival.files().forEach(file -> file.staged().give());
        arrival.files().forEach(file -> forget(file.staged()));
        batches.add(arrival);
    }

    /** Returns when every file handed over is durable, catalogued and reported. */
    public void flush() throws DestinationException {
        batches.flush();
    }

    /** Discards staged files that were not stored, and ends the threads. Does not flush. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        List<Staged> left = batches.end();
        synchronized (waiting) {
            left.addAll(waiting);
        }
        left.forEach(Staged::discard);
        batches.close();
        hashing.shutdown();
        noting.shutdown();
        whenClosed.run();
    }
}
