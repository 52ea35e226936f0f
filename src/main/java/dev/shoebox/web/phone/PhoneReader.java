package dev.shoebox.web.phone;

import dev.shoebox.backup.thumbs.PhoneThumbnails;
import dev.shoebox.backup.thumbs.SmallFiles;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.web.thumbs.EmbeddedPreview;
import dev.shoebox.web.thumbs.PictureType;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads everything that the page needs of a phone over its one connection, one task at a time. Thumbnails are requested
 * in batches, the newest request first, because older ones mostly belong to tiles that were scrolled away.
 */
public final class PhoneReader implements Closeable {
    private static final int TOGETHER = 32;
    private static final int MOST_WAITING = 256;
    private static final int LARGEST_THUMBNAIL = 1 << 20;
    private static final int HEAD = 64 << 10;
    private static final long FIRST_LOOK_MILLIS = 400;
    private static final int FIRST_ROUNDS = 8;
    private static final long LONGEST_WAIT_SECONDS = 15;

    private final MediaSource source;
    private final PhoneThumbnails paths;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Deque<Wish> wishes = new ArrayDeque<>();
    private final Thread worker;
    private boolean resting;
    private boolean closed;

    PhoneReader(MediaSource source) {
        this.source = source;
        this.paths = new PhoneThumbnails(source);
        this.worker = new Thread(this::work, "shoebox-page-thumbnails");
        worker.setDaemon(true);
        worker.start();
    }

    /**
     * Returns whether whole files may be read to get a small picture: of anything but a phone, and of a phone that has no
     * thumbnails at all.
     */
    public boolean mayReadOriginals() {
        return source.id().kind() != SourceId.Kind.PHONE || paths.areMissing();
    }

    /** A task that needs the source to itself. */
    interface Work<T> {
        T with(MediaSource source) throws IOException;
    }

    /** Nothing is requested from the phone during a run. It is available again afterwards. */
    public static final class RestingException extends IOException {
        private static final long serialVersionUID = 1;

        RestingException() {
            super("a backup is running; try again afterwards");
        }
    }

    /** @param original the file on the source; empty if it has none */
    private record Wish(String path, Optional<MediaFile> original, CompletableFuture<Optional<byte[]>> answer) {}

    /** Runs a task with the source. */
    <T> T use(Work<T> work) throws IOException {
        turn.lock();
        try {
            return work.with(source);
        } finally {
            turn.unlock();
        }
    }

    /** Pauses or resumes requests: a run needs the whole phone. */
    public void rest(boolean value) {
        synchronized (wishes) {
            resting = value;
            wishes.notifyAll();
        }
    }

    /**
     * Returns the thumbnail of an asset.
     *
     * @param path the path of its primary original, whether or not the file is on the phone
     * @throws IOException if it is not available now
     */
    public Optional<byte[]> thumbnail(String path) throws IOException {
        return answer(new Wish(path, Optional.empty(), new CompletableFuture<>()));
    }

    /**
     * Returns the thumbnail of an asset, or the preview embedded in its original.
     *
     * @param path the path of its primary original
     * @throws IOException if it is not available now
     */
    public Optional<byte[]> thumbnail(String path, MediaFile original) throws IOException {
        return answer(new Wish(path, Optional.of(original), new CompletableFuture<>()));
    }

    private Optional<byte[]> answer(Wish wish) throws IOException {
        synchronized (wishes) {
            requireAwake();
            wishes.addFirst(wish);
            if (wishes.size() > MOST_WAITING) {
                wishes.removeLast().answer().completeExceptionally(new IOException("too many requests"));
            }
            wishes.notifyAll();
        }
        try {
            return wish.answer().get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RestingException) {
                throw new RestingException();
            }
            throw new IOException(failed.getCause().getMessage(), failed);
        } catch (TimeoutException late) {
            throw new IOException("the iPhone takes too long", late);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IOException("the page is closed", ended);
        }
    }

    /**
     * Returns a whole file.
     *
     * @param most the maximum size in bytes
     * @throws IOException if it is not available now, or is larger
     */
    public byte[] whole(MediaFile file, int most) throws IOException {
        synchronized (wishes) {
            requireAwake();
        }
        if (file.size() > most) {
            throw new IOException("it is too large to show");
        }
        return use(any -> Optional.ofNullable(
                        SmallFiles.read(source, List.of(file)).get(file.path())))
                .orElseThrow(() -> new IOException("the iPhone does not provide this file"));
    }

    /** Opens a file for random access. */
    public SeekableByteChannel open(MediaFile file) throws IOException {
        synchronized (wishes) {
            requireAwake();
        }
        return new SharedChannel(use(phone -> phone.open(file)), turn);
    }

    /** Serves the thumbnails requested so far before a long task starts. */
    void serveFirst() {
        try {
            synchronized (wishes) {
                wishes.wait(FIRST_LOOK_MILLIS);
            }
            for (int i = 0; i < FIRST_ROUNDS && isAskedFor(); i++) {
                TimeUnit.MILLISECONDS.sleep(FIRST_LOOK_MILLIS / FIRST_ROUNDS);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isAskedFor() {
        synchronized (wishes) {
            return !wishes.isEmpty();
        }
    }

    private void requireAwake() throws IOException {
        if (closed) {
            throw new IOException("the iPhone is no longer connected");
        }
        if (resting) {
            throw new RestingException();
        }
    }

    private void work() {
        try {
            while (true) {
                List<Wish> some = next();
                if (some.isEmpty()) {
                    return;
                }
                try {
                    use(any -> {
                        answer(some);
                        return true;
                    });
                } catch (IOException | RuntimeException lost) {
                    some.forEach(wish -> wish.answer().completeExceptionally(lost));
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return empty when the reader is closed */
    private List<Wish> next() throws InterruptedException {
        synchronized (wishes) {
            while (!closed && (wishes.isEmpty() || resting)) {
                if (resting) {
                    giveUp(new RestingException());
                }
                wishes.wait();
            }
            List<Wish> some = new ArrayList<>();
            while (!closed && some.size() < TOGETHER && !wishes.isEmpty()) {
                some.add(wishes.removeFirst());
            }
            return some;
        }
    }

    private void giveUp(IOException why) {
        while (!wishes.isEmpty()) {
            wishes.removeFirst().answer().completeExceptionally(why);
        }
    }

    private void answer(List<Wish> some) throws IOException {
        Map<String, MediaFile> own =
                paths.of(some.stream().map(Wish::path).distinct().toList());
        own.values().removeIf(file -> file.size() > LARGEST_THUMBNAIL || file.size() == 0);
        Map<String, byte[]> read = SmallFiles.read(source, List.copyOf(own.values()));
        for (Wish wish : some) {
            Optional<byte[]> found = Optional.ofNullable(own.get(wish.path()))
                    .map(file -> read.get(file.path()))
                    .filter(bytes -> PictureType.of(bytes).isPresent());
            wish.answer().complete(found.isPresent() ? found : embedded(wish));
        }
    }

    private Optional<byte[]> embedded(Wish wish) throws IOException {
        if (wish.original().isEmpty() || !PictureType.mayHavePreview(wish.path())) {
            return Optional.empty();
        }
        try (SeekableByteChannel bytes = source.open(wish.original().get())) {
            return EmbeddedPreview.of(bytes, wish.original().get().size(), HEAD);
        } catch (MediaSource.UnreadableException unreadable) {
            return Optional.empty();
        }
    }

    /** Closes the source. */
    @Override
    public void close() {
        synchronized (wishes) {
            closed = true;
            giveUp(new IOException("the iPhone is no longer connected"));
            wishes.notifyAll();
        }
        source.close();
    }
}
