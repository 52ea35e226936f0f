package dev.shoebox.destination.lock;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.records.Identity;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ensures that only one run at a time uses a destination.
 *
 * <p>The system's lock on {@code .shoebox/lock} ends with its process. {@code .shoebox/lock.json} names the holder; it
 * is a separate file because POSIX drops a lock as soon as its process closes any handle of the locked file. It is not
 * forced: no process survives a power cut, so if the record is missing or torn after one, there is no holder.
 *
 * <p>Some file systems keep a lock to one computer. So the record of another computer counts whatever the lock says,
 * and its run increments a count in it while it is alive. Watching the record shows whether the count changes; clocks
 * are not compared. A record that no longer changes is removed only at the request of the user.
 */
public final class RunLock implements Closeable {
    /** How often a run updates its record. */
    static final Duration BEAT = Duration.ofSeconds(5);

    /** How long a record is watched before it counts as unchanged. */
    public static final Duration WATCHED = BEAT.multipliedBy(4);

    private static final int LOOKS = 40;
    private static final int TORN_LOOKS = 3;
    private static final int TORN_MILLIS = 30;

    private static final LockRecord UNREADABLE =
            new LockRecord(new Computer("", "", ""), 0, Optional.empty(), Optional.empty(), "", Optional.empty());

    /** The active runs of this process, by name. */
    private static final Set<String> OPEN = ConcurrentHashMap.newKeySet();

    private final FileChannel channel;
    private final Path holder;
    private final Before before;
    private final LockRecord own;
    private final ScheduledThreadPoolExecutor beating;
    private long beats;
    private volatile boolean lost;

    // A beat handles its own failures; nobody waits for the future.
    @SuppressWarnings("FutureReturnValueIgnored")
    private RunLock(FileChannel channel, Path holder, Before before, LockRecord own, Duration beat) {
        this.channel = channel;
        this.holder = holder;
        this.before = before;
        this.own = own;
        OPEN.add(own.run());
        this.beating = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "shoebox-lock");
            thread.setDaemon(true);
            return thread;
        });
        beating.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        beating.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        var unused = beating.scheduleAtFixedRate(this::beat, beat.toMillis(), beat.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns whether a run of this process is active. */
    static boolean isOpen(String run) {
        return OPEN.contains(run);
    }

    /** Returns whether the lock is held now, or was not released. */
    public static boolean isHeldOrLeft(Disk disk) throws IOException {
        return disk.look(Identity.FOLDER + "/" + LockFile.HOLDER).isPresent();
    }

    /** Returns whether the previous run ended without releasing the lock. */
    public boolean wasLeft() {
        return before != Before.GAVE_IT_BACK;
    }

    /** Returns whether the previous run was killed on this computer, which has not been restarted since. */
    public boolean wasLeftSinceStart() {
        return before == Before.LEFT_IT_SINCE_START;
    }

    /** What the previous run did with the lock. */
    private enum Before {
        GAVE_IT_BACK,
        LEFT_IT,
        /** Was killed on this computer, which has not been restarted since. */
        LEFT_IT_SINCE_START;

        static Before of(LockRecord left, Computer here) {
            boolean sinceStart = left.computer().isSame(here)
                    && !here.boot().isEmpty()
                    && here.boot().equals(left.computer().boot());
            return sinceStart ? LEFT_IT_SINCE_START : LEFT_IT;
        }
    }

    /** The holder, as far as it is known. */
    public enum State {
        /** Nobody. */
        FREE,
        /** This process. */
        OWN,
        /** Another process of this computer, which holds its lock. */
        HELD_BESIDE,
        /** A run of another computer, or on a system without locks: we cannot see what it does. */
        UNSEEN
    }

    /**
     * Returns the state without taking or changing anything: whether the previous run ended well can still be
     * determined.
     *
     * @param folder {@code .shoebox}
     */
    public static State state(Path folder) {
        Computer here = Computer.here();
        Optional<LockRecord> other = LockFile.read(folder.resolve(LockFile.HOLDER));
        if (other.isEmpty()) {
            return State.FREE;
        }
        if (other.get().isThisProcess(here) && isOpen(other.get().run())) {
            return State.OWN;
        }
        if (other.get().isOfAnother(here)) {
            return State.UNSEEN;
        }
        // Its lock may be granted to anyone, or be a file that only another user can open.
        if (other.get().isAliveHere(here)) {
            return State.HELD_BESIDE;
        }
        Path lock = folder.resolve(LockFile.LOCK);
        if (!Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
            return State.FREE;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            return channel.tryLock() == null ? State.HELD_BESIDE : State.FREE;
        } catch (OverlappingFileLockException own) {
            return State.OWN;
        } catch (IOException noLocks) {
            return other.get().mayBeAlive(here) ? State.UNSEEN : State.FREE;
        }
    }

    /** Returns whether a run holds it, as far as it is known; see {@link #state}. */
    public static boolean isHeld(Path folder) {
        return state(folder) != State.FREE;
    }

    /**
     * Returns a sentence about a run of another computer that holds it.
     *
     * @param folder {@code .shoebox}
     */
    public static Optional<String> heldElsewhere(Path folder) {
        Computer here = Computer.here();
        return LockFile.read(folder.resolve(LockFile.HOLDER))
                .filter(record -> record.isOfAnother(here))
                .map(record -> inUse(record, here).getMessage());
    }

    /**
     * @param folder {@code .shoebox}
     * @throws DestinationException.InUse with a message that names the holder
     */
    public static RunLock take(Path folder, Instant now) throws IOException {
        return take(folder, now, Computer.here(), BEAT);
    }

    public static RunLock take(Path folder, Instant now, Computer here, Duration beat) throws IOException {
        return take(folder, now, here, beat, FileChannel::tryLock);
    }

    /** The answer of the system: true, false, or that it has no locks. */
    interface Locks {
        FileLock tryLock(FileChannel channel) throws IOException;

        /** Pauses while another run may be writing its record. */
        default void awaitRecord() throws DestinationException {
            pause(TORN_MILLIS);
        }
    }

    static RunLock take(Path folder, Instant now, Computer here, Duration beat, Locks locks) throws IOException {
        Path holder = folder.resolve(LockFile.HOLDER);
        LockFile.requireOrdinary(folder);
        Optional<LockRecord> other = settled(holder, locks);
        boolean isThere = Files.exists(holder, LinkOption.NOFOLLOW_LINKS);
        if (other.isPresent() && (other.get().isAliveHere(here) || other.get().isOfAnother(here))) {
            throw inUse(other.get(), here);
        }
        boolean mayBeAlive = other.isPresent() && other.get().mayBeAlive(here);
        FileChannel channel = LockFile.open(folder.resolve(LockFile.LOCK), StandardOpenOption.CREATE);
        try {
            if (!isLocked(channel, locks, mayBeAlive)) {
                throw other.isPresent() ? inUse(other.get(), here) : inUse("another process", "");
            }
            LockRecord seen = other.orElse(UNREADABLE);
            boolean existed = isThere && forget(holder, seen);
            var own = LockRecord.of(here, now);
            try (FileChannel writing = LockFile.open(holder, StandardOpenOption.CREATE_NEW)) {
                writing.write(LockFile.bytes(own));
            } catch (FileAlreadyExistsException another) {
                // Two runs started at the same moment: the one whose record exists continues.
                throw LockFile.read(holder)
                        .map(record -> inUse(record, here))
                        .orElseGet(() -> inUse("another process", ""));
            }
            Before before = existed ? Before.of(seen, here) : Before.GAVE_IT_BACK;
            return new RunLock(channel, holder, before, own, beat);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void beat() {
        Optional<LockRecord> now = LockFile.read(holder);
        if (now.isPresent() ? !now.get().run().equals(own.run()) : isRemoved()) {
            lost = true;
            return;
        }
        beats++;
        try (FileChannel writing = LockFile.open(holder, StandardOpenOption.WRITE)) {
            writing.write(LockFile.bytes(own.beaten(beats)));
        } catch (IOException e) {
            // A removed drive shows where it matters.
        }
    }

    /** Whether a run that took over removed the record at its end. A drive that is gone lacks the lock file, too. */
    private boolean isRemoved() {
        return Files.notExists(holder, LinkOption.NOFOLLOW_LINKS)
                && Files.exists(holder.resolveSibling(LockFile.LOCK), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Checks before anything is stored that the record was not removed, for example while this computer slept.
     *
     * @throws DestinationException.InUse if another run took over
     */
    public void requireHeld() throws DestinationException {
        if (lost) {
            throw new DestinationException.InUse(
                    "This run did not respond for a while, and another run took over the destination. Wait "
                            + "until that run ends, and start this one again.");
        }
    }

    /**
     * Returns whether the record names this run at this moment: {@link #requireHeld} learns of another run only with the
     * next beat.
     */
    public boolean isRecorded() {
        return LockFile.read(holder).filter(now -> now.run().equals(own.run())).isPresent();
    }

    /**
     * Removes the record of a dead run.
     *
     * @param folder {@code .shoebox}
     * @param watched how long it must be unchanged
     * @return the holder; empty if there was none
     * @throws DestinationException.InUse if that run is alive
     */
    public static Optional<String> unlock(Path folder, Computer here, Duration watched) throws IOException {
        LockFile.requireOrdinary(folder);
        Path holder = folder.resolve(LockFile.HOLDER);
        Optional<LockRecord> record = LockFile.read(holder);
        if (record.isPresent() && record.get().isOfAnother(here)) {
            for (int look = 0; look < LOOKS; look++) {
                pause(watched.toMillis() / LOOKS);
                if (!LockFile.read(holder).equals(record)) {
                    throw new DestinationException.InUse("The destination is in use by "
                            + record.get().who() + ", which is still running. Wait until it ends.");
                }
            }
        } else if (record.isPresent() && record.get().mayBeAlive(here) && !isFree(folder, record.get(), here)) {
            throw inUse(record.get(), here);
        }
        return LockFile.remove(holder)
                ? Optional.of(record.map(LockRecord::who).orElse("an unknown run"))
                : Optional.empty();
    }

    /** @param record of a run that may be alive */
    private static boolean isFree(Path folder, LockRecord record, Computer here) throws IOException {
        try (FileChannel channel = LockFile.open(folder.resolve(LockFile.LOCK), StandardOpenOption.CREATE)) {
            return !record.isAliveHere(here) && isLocked(channel, FileChannel::tryLock, true);
        }
    }

    private static void pause(long millis) throws DestinationException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DestinationException.InUse("Interrupted while the lock was watched; nothing was changed.");
        }
    }

    /** Reads the record; twice if it seems to be in the middle of a write. One that stays torn was left by a crash. */
    private static Optional<LockRecord> settled(Path holder, Locks locks) throws DestinationException {
        Optional<LockRecord> record = LockFile.read(holder);
        for (int i = 0; i < TORN_LOOKS && record.isEmpty() && Files.exists(holder, LinkOption.NOFOLLOW_LINKS); i++) {
            locks.awaitRecord();
            record = LockFile.read(holder);
        }
        return record;
    }

    /**
     * Removes only the record that was seen: if another run wrote one since, because both were granted the lock, it
     * stays.
     */
    private static boolean forget(Path holder, LockRecord seen) throws IOException {
        Optional<LockRecord> now = LockFile.read(holder);
        if (now.isPresent() && !now.get().equals(seen)) {
            throw inUse(now.get(), Computer.here());
        }
        return LockFile.remove(holder);
    }

    /** @param mayBeAlive whether the run that left a record may still run */
    private static boolean isLocked(FileChannel channel, Locks locks, boolean mayBeAlive) {
        try {
            FileLock lock = locks.tryLock(channel);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            // Some network drives have no locks: then only the record counts.
            return !mayBeAlive;
        }
    }

    private static DestinationException.InUse inUse(LockRecord other, Computer here) {
        String advice = other.isOfAnother(here)
                ? " If that run is dead (its computer was switched off, or the drive was unplugged from "
                        + "it), run 'shoebox unlock DEST' to remove its lock."
                : "";
        return inUse(other.who(), advice);
    }

    private static DestinationException.InUse inUse(String who, String advice) {
        return new DestinationException.InUse(
                "The destination is in use by " + who + ". Wait until that run ends." + advice);
    }

    @Override
    public void close() throws IOException {
        beating.shutdownNow();
        boolean ended = false;
        try {
            ended = beating.awaitTermination(BEAT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            if (!lost
                    && (!ended
                            || LockFile.read(holder)
                                    .map(LockRecord::run)
                                    .orElse(own.run())
                                    .equals(own.run()))) {
                LockFile.remove(holder);
            }
        } finally {
            OPEN.remove(own.run());
            channel.close();
        }
    }
}
