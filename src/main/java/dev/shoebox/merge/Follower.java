package dev.shoebox.merge;

import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.ingest.Arrival;
import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.destination.ingest.IngestListener;
import dev.shoebox.destination.ingest.IngestListener.StoredAsset;
import dev.shoebox.destination.ingest.IngestListener.StoredPart;
import dev.shoebox.destination.ingest.Staged;
import dev.shoebox.destination.ingest.StagedResource;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.system.thread.Uninterrupted;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Copies to a second backup what a run has just stored in the first, on its own thread, while the bytes are in the page
 * cache. Every file is hashed again, compared with the recorded hash, and stored like any other.
 *
 * <p>This is a head start for {@link Merge}, which decides on the result: what the follower leaves out because it lags,
 * fails or is stopped, the merge copies after the run. It takes nothing from the first backup: it never blocks the run,
 * and does not use a disk that may be too small for both.
 */
public final class Follower {
    /** The limit on queued bytes. Beyond it, files would have to be read from the busy disk of the first backup. */
    private static final long MOST_BYTES = 256L << 20;

    private static final int MOST_ASSETS = 4096;

    /** Space left free, since both copies may share a disk on which the first also writes its records. */
    private static final long SPARED = 8L << 20;

    private static final int BUFFERS = 4;
    private static final int BUFFER = 256 << 10;

    private final Destination first;
    private final SourceId source;
    private final Opener second;
    private final Layout layout;
    private final Consumer<Result> told;
    private final BlockingQueue<ByteBuffer> buffers = new ArrayBlockingQueue<>(BUFFERS);
    private final Thread thread = new Thread(this::run, "shoebox-second-copy");

    private final Object lock = new Object();
    private final Queue<Offered> waiting = new ArrayDeque<>();
    private long bytesWaiting;

    /** Bytes that the first backup has yet to receive. */
    private long ahead;

    private boolean ended;
    private boolean gone;
    private volatile boolean stopping;
    private volatile boolean begun;

    /** Null unless it failed. */
    private volatile Exception failure;

    private volatile Result stored = new Result(0, 0);

    /** Opens the second backup for writing. */
    public interface Opener {
        Destination open() throws IOException;
    }

    /** The number and size of the files that it stored. */
    public record Result(int copied, long bytes) {
        public Result plus(Result more) {
            return new Result(copied + more.copied, bytes + more.bytes);
        }
    }

    private record Offered(StoredAsset asset, Runnable release) {}

    /**
     * Creates a follower that has not started.
     *
     * @param first the first backup, open until {@link #finish}
     * @param source the source of the run
     * @param second opens the second backup, as soon as there is something to store
     * @param told receives after each file what is safe in the second backup, on another thread
     */
    public Follower(Destination first, SourceId source, Opener second, Layout layout, Consumer<Result> told) {
        this.first = first;
        this.source = source;
        this.second = second;
        this.layout = layout;
        this.told = told;
        this.thread.setDaemon(true);
    }

    /** @param bytes the number of bytes that the first backup has yet to receive */
    public void expect(long bytes) {
        synchronized (lock) {
            ahead = bytes;
        }
    }

    /**
     * Queues an asset. Never blocks.
     *
     * @param asset an asset stored in the first backup
     * @param release called once, when its bytes are no longer needed
     */
    public void offer(StoredAsset asset, Runnable release) {
        synchronized (lock) {
            ahead = Math.max(0, ahead - asset.bytes());
            if (isTaken(asset)) {
                if (thread.getState() == Thread.State.NEW) {
                    thread.start();
                }
                waiting.add(new Offered(asset, release));
                bytesWaiting += asset.bytes();
                lock.notifyAll();
                return;
            }
        }
        release.run();
    }

    /**
     * Leaves to the merge assets with a part that was there before, failed, or is a reduced copy: they need the second
     * backup's own records.
     */
    private boolean isTaken(StoredAsset asset) {
        return !gone
                && !ended
                && asset.parts().size() == asset.asset().resources().size()
                && asset.parts().stream().noneMatch(part -> part.resource().role() == Role.PREVIEW)
                && (waiting.isEmpty() || (waiting.size() < MOST_ASSETS && bytesWaiting + asset.bytes() <= MOST_BYTES));
    }

    /** Returns whether the second backup was opened, so that its drive was present. */
    public boolean isBegun() {
        return begun;
    }

    /** Returns why it stopped storing. This does not affect the run. */
    public Optional<Exception> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Ends it: afterwards everything queued is stored or skipped, and the second backup is closed.
     *
     * @param isEnded waits for the thread; returns false if it hangs. It is then left to itself, and stores nothing more.
     */
    public Result finish(Predicate<Thread> isEnded) {
        synchronized (lock) {
            ended = true;
            lock.notifyAll();
        }
        if (!isEnded.test(thread)) {
            stop();
            letGo();
        }
        return stored;
    }

    /** Asks it to end soon. Files that are completely staged are still made safe. May be called from any thread. */
    public void stop() {
        stopping = true;
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    private void run() {
        try (Destination to = second.open()) {
            begun = true;
            try (Ingest ingest = to.ingest(source, layout, new Counting())) {
                follow(to, ingest);
            }
        } catch (IOException | RuntimeException failed) {
            failure = failed;
        } finally {
            letGo();
        }
    }

    private void letGo() {
        List<Offered> left;
        synchronized (lock) {
            gone = true;
            left = List.copyOf(waiting);
            waiting.clear();
        }
        left.forEach(each -> each.release().run());
    }

    private void follow(Destination to, Ingest ingest) throws IOException {
        for (int i = 0; i < BUFFERS; i++) {
            buffers.add(ByteBuffer.allocateDirect(BUFFER));
        }
        Optional<Offered> next = take();
        while (next.isPresent()) {
            try {
                bring(next.get().asset(), to, ingest);
            } finally {
                next.get().release().run();
            }
            next = take();
            if (next.isEmpty()) {
                ingest.flush();
                next = await();
            }
        }
    }

    private Optional<Offered> take() {
        synchronized (lock) {
            Offered next = stopping ? null : waiting.poll();
            bytesWaiting -= next == null ? 0 : next.asset().bytes();
            return Optional.ofNullable(next);
        }
    }

    /** Returns empty at the end. */
    private Optional<Offered> await() {
        synchronized (lock) {
            Uninterrupted.await(lock, () -> !waiting.isEmpty() || ended || stopping);
            return take();
        }
    }

    private void bring(StoredAsset asset, Destination to, Ingest ingest) throws IOException {
        if (isKnown(asset, to) || !isRoomFor(asset, to)) {
            return;
        }
        List<Staged> staged = new ArrayList<>();
        List<StagedResource> files = new ArrayList<>();
        try {
            for (StoredPart part : asset.parts()) {
                Staged file = ingest.stage(part.resource().file());
                staged.add(file);
                if (!isCopied(part, file)) {
                    return;
                }
                files.add(new StagedResource(part.resource(), file, part.plausibility(), part.proof()));
            }
            ingest.store(new Arrival(asset.asset(), asset.captured(), asset.facts(), files));
            staged.clear();
        } finally {
            staged.forEach(Staged::close);
        }
    }

    /** If the second backup has one part, it may have all of them, and under other names. */
    private boolean isKnown(StoredAsset asset, Destination to) throws DestinationException {
        for (StoredPart part : asset.parts()) {
            MediaFile file = part.resource().file();
            if (to.memory().hasOriginal(source, file.path(), file.size())) {
                return true;
            }
        }
        return false;
    }

    private boolean isRoomFor(StoredAsset asset, Destination to) throws DestinationException {
        long free = to.freeBytes();
        synchronized (lock) {
            return free - asset.bytes() - SPARED >= ahead;
        }
    }

    /**
     * Copies a part.
     *
     * @return whether the copy has the recorded hash
     * @throws DestinationException if the second backup failed
     */
    private boolean isCopied(StoredPart part, Staged staged) throws DestinationException {
        SeekableByteChannel bytes;
        try {
            bytes = first.holdings().open(part.path());
        } catch (IOException unreadable) {
            return false;
        }
        try {
            Optional<ByteBuffer> read = read(bytes);
            while (read.isPresent() && read.get().hasRemaining()) {
                ByteBuffer buffer = read.get();
                staged.write(buffer, () -> buffers.add(buffer));
                read = stopping ? Optional.empty() : read(bytes);
            }
            read.ifPresent(buffers::add);
            return read.isPresent() && staged.sha256().equals(part.sha256());
        } finally {
            closeQuietly(bytes);
        }
    }

    private static void closeQuietly(SeekableByteChannel bytes) {
        try {
            bytes.close();
        } catch (IOException e) {
            // Opened for reading only: nothing is lost.
        }
    }

    /**
     * Reads the next bytes; an empty buffer at the end of the file. Returns empty if they cannot be read, which others
     * report for the first backup.
     */
    private Optional<ByteBuffer> read(SeekableByteChannel bytes) {
        ByteBuffer buffer = Uninterrupted.get(buffers::take).clear();
        try {
            int read = 0;
            while (read >= 0 && buffer.hasRemaining()) {
                read = bytes.read(buffer);
            }
            return Optional.of(buffer.flip());
        } catch (IOException unreadable) {
            buffers.add(buffer);
            return Optional.empty();
        }
    }

    /** Counts safe files. The merge handles the others. */
    private final class Counting implements IngestListener {
        @Override
        public void copied(Resource resource, String path) {
            stored = new Result(
                    stored.copied() + 1, stored.bytes() + resource.file().size());
            told.accept(stored);
        }

        @Override
        public void duplicate(Resource resource, String path) {}

        @Override
        public void unproven(Resource resource, String path) {}
    }
}
