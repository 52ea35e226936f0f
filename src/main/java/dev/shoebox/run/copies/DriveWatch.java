package dev.shoebox.run.copies;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.system.thread.Uninterrupted;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Waits for a drive as long as it answers. A drive that fails reports that, but a hanging one, such as a share whose
 * server is gone, may keep a call for ever, and no system can end such a call. Therefore calls are made on threads that
 * do not keep the process alive, and their result is no longer awaited once no call to the drive has returned for a
 * while.
 */
public final class DriveWatch {
    /** The rate of the slowest drives, in bytes per millisecond, at which a force empties the system's cache. */
    private static final long SLOWEST = 1000;

    private static final String ADVICE =
            "Check the drive and its cable, or the share and its server, and unmount it if it"
                    + " stays so. The next backup that reaches it brings what is missing.";

    private final DriveAccess drives;
    private final Consumer<Duration> waiting;
    private final AtomicInteger answers = new AtomicInteger();
    private final UnforcedBytes unforced = new UnforcedBytes();
    private boolean isWaitingTold;

    /** Set with this object locked, so that nothing is told afterwards. */
    private volatile boolean isSilent;

    /**
     * @param waiting called once, when a call takes longer than the first look at a drive may, with the time for which an
     *     answer is awaited in all
     */
    DriveWatch(DriveAccess drives, Consumer<Duration> waiting) {
        this.drives = drives;
        this.waiting = waiting;
    }

    /** Called when a call to the drive has returned, on any thread. */
    void answered() {
        answers.incrementAndGet();
    }

    /** Returns the same disk, of which every call that returns counts as an answer. May watch several disks. */
    Disk watched(Disk disk) {
        return WatchedDisk.of(disk, this::answered, unforced);
    }

    /** Returns whether the drive was given up. It stays so for the rest of the run. */
    boolean isSilent() {
        return isSilent;
    }

    /** Tells something about the drive, one at a time, unless it was given up. May be called from any thread. */
    synchronized void tell(Runnable telling) {
        if (!isSilent) {
            telling.run();
        }
    }

    private synchronized void giveUp() {
        isSilent = true;
    }

    /**
     * Looks at a second copy outside a run.
     *
     * @param waiting called once, when a call takes long, with the time for which an answer is awaited in all
     * @throws DestinationException.Lost if its drive does not answer
     */
    public static <T> T look(Path folder, Consumer<Duration> waiting, Looking<T> work) throws IOException {
        return look(folder, waiting, work, DriveAccess.OF_THIS_COMPUTER);
    }

    static <T> T look(Path folder, Consumer<Duration> waiting, Looking<T> work, DriveAccess drives) throws IOException {
        var watch = new DriveWatch(drives, waiting);
        watch.await(drives.longestLook(), () -> drives.real(folder));
        return watch.await(drives.longestCall(), () -> work.look(root -> watch.watched(drives.disk(root))));
    }

    /** Looks at the drive. */
    public interface Looking<T> {
        /** @param disks creates the disk for a real path; the drive is awaited as long as calls to it return */
        T look(Function<Path, Disk> disks) throws IOException;
    }

    /** Work with the drive. */
    interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Does work on a thread of its own.
     *
     * @param limit the longest time that a single call may take, apart from what is written but not forced
     * @throws DestinationException.Lost if the drive was given up; the thread may stay behind
     */
    <T> T await(Duration limit, Work<T> work) throws IOException {
        if (isSilent) {
            throw lost();
        }
        var result = new AtomicReference<T>();
        var failure = new AtomicReference<Throwable>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.set(work.run());
                    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError failed) {
                        failure.set(failed);
                    }
                },
                "shoebox-second-copy-update");
        thread.setDaemon(true);
        thread.start();
        if (!isEnded(thread, limit)) {
            throw lost();
        }
        Throwable failed = failure.get();
        if (failed instanceof IOException io) {
            throw io;
        } else if (failed instanceof RuntimeException bug) {
            throw bug;
        } else if (failed instanceof Error error) {
            throw error;
        }
        return result.get();
    }

    /** Returns what ends work with the drive once it was given up: what happened, and what to do. */
    private static DestinationException.Lost lost() {
        return new DestinationException.Lost("Its drive does not answer. " + ADVICE);
    }

    /**
     * Waits for a thread that uses the drive. Counts looks instead of reading a clock, which may have gone on while the
     * computer slept.
     *
     * @return false if the drive was given up
     */
    boolean isEnded(Thread thread) {
        return isEnded(thread, drives.longestCall());
    }

    private boolean isEnded(Thread thread, Duration limit) {
        int seen = answers.get();
        long unanswered = 0;
        while (thread.isAlive() && !isSilent) {
            Uninterrupted.get(() -> {
                drives.pause(thread);
                return true;
            });
            int now = answers.get();
            unanswered = now == seen ? unanswered + DriveAccess.BETWEEN_LOOKS.toMillis() : 0;
            seen = now;
            Duration longest = limit.plusMillis(unforced.total() / SLOWEST);
            if (unanswered >= longest.toMillis() && thread.isAlive()) {
                giveUp();
            } else if (!isWaitingTold && unanswered >= drives.longestLook().toMillis()) {
                isWaitingTold = true;
                waiting.accept(longest);
            }
        }
        return !thread.isAlive();
    }
}
