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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * Stores in a second backup what a run has just stored in the first, on a thread of its own while the run goes on: the bytes are
 * still in the system's memory. What comes is hashed again, compared with what was listed, and stored as everything else is.
 *
 * <p>It is a head start for a {@link Merge} and has no say in the result. Whatever it leaves out, because it lags, fails, or is
 * stopped, the merge brings behind the run. It takes nothing from the first: it never blocks a run, and leaves alone a disk that
 * may be too small for both.
 */
public final class Follower {
    /** So much may wait, in bytes and in assets: beyond that it would be read from the disk of the first, which is busy. */
    private static final long MOST_BYTES = 256L << 20;

    private static final int MOST_ASSETS = 4096;

    /** Both copies may share a disk, on which the first also writes its records. */
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

    /** What the first is still to get, in bytes. */
    private long ahead;

    private boolean ended;
    private boolean gone;
    private volatile boolean stopping;
    private volatile boolean begun;

    /** Null while nothing went wrong. */
    private volatile Exception failure;

    private Result stored = new Result(0, 0);

    /** Opens the second backup for writing. */
    public interface Opener {
        Destination open() throws IOException;
    }

    /** What it stored, in files and bytes. */
    public record Result(int copied, long bytes) {}

    private record Offered(StoredAsset asset, Runnable release) {}

    /**
     * @param first which stays open until {@link #finish}
     * @param source from which the run backs up
     * @param second opened once there is something to store
     * @param told hears after each file what is safe in the second by now, on another thread
     */
    public Follower(Destination first, SourceId source, Opener second, Layout layout, Consumer<Result> told) {
        this.first = first;
        this.source = source;
        this.second = second;
        this.layout = layout;
        this.told = told;
        this.thread.setDaemon(true);
    }

    /** @param bytes that the first is to get from now on */
    public void expect(long bytes) {
        synchronized (lock) {
            ahead = bytes;
        }
    }

    /**
     * Never blocks.
     *
     * @param asset that was stored in the first
     * @param release run once, when its bytes are no longer needed
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

    /** An asset of which a part came before, failed, or is a reduced copy needs the second's own records: it is merged. */
    private boolean isTaken(StoredAsset asset) {
        return !gone
                && !ended
                && asset.parts().size() == asset.asset().resources().size()
                && asset.parts().stream().noneMatch(part -> part.resource().role() == Role.PREVIEW)
                && (waiting.isEmpty() || (waiting.size() < MOST_ASSETS && bytesWaiting + asset.bytes() <= MOST_BYTES));
    }

    /** Whether the second backup was opened: its drive was there. */
    public boolean isBegun() {
        return begun;
    }

    /** Why it stores nothing more; the run has nothing to do with it. */
    public Optional<Exception> failure() {
        return Optional.ofNullable(failure);
    }

    /** Returns once everything that was offered is stored, or is not going to be. The second backup is closed then. */
    public Result finish() {
        synchronized (lock) {
            ended = true;
            lock.notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return stored;
    }

    /** Ends soon; what is staged whole is still made safe. From any thread. */
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

    /** Empty at the end. */
    private Optional<Offered> await() {
        synchronized (lock) {
            while (waiting.isEmpty() && !ended && !stopping) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    // Nobody interrupts this thread; finish() and stop() end it.
                }
            }
            return take();
        }
    }

    private void bring(StoredAsset asset, Destination to, Ingest ingest) throws IOException {
        if (isKnown(asset, to) || !isRoomFor(asset, to)) {
            return;
        }
        List<StagedResource> files = new ArrayList<>();
        for (StoredPart part : asset.parts()) {
            Staged staged = ingest.stage(part.resource().file());
            if (!isCopied(part, staged)) {
                staged.close();
                files.forEach(file -> file.staged().close());
                return;
            }
            files.add(new StagedResource(part.resource(), staged, part.plausibility(), part.proof()));
        }
        ingest.store(new Arrival(asset.asset(), asset.captured(), asset.facts(), files));
    }

    /** Where the second has a part already, it may have all of it, and under other names. */
    private boolean isKnown(StoredAsset asset, Destination to) throws DestinationException {
        for (StoredPart part : asset.parts()) {
            MediaFile file = part.resource().file();
            if (to.memory().hasOriginal(source, file.path(), OptionalLong.of(file.size()))) {
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
     * @return whether it has the bytes that are listed
     * @throws DestinationException of the second
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
            // Opened for reading only: nothing is lost by it.
        }
    }

    /** The next bytes; none are left at the end of the file. Empty if they cannot be read: the first is for others to judge. */
    private Optional<ByteBuffer> read(SeekableByteChannel bytes) {
        ByteBuffer buffer = free().clear();
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

    private ByteBuffer free() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return buffers.take();
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

    /** Counts what is safe. What is not, the merge brings. */
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
