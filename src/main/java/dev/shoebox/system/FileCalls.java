package dev.shoebox.system;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Calls to files that systems answer in ways of their own. */
public final class FileCalls {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final OperatingSystem system;
    private final Pause pause;
    private final Flush flush;

    /** @param flush for where the system's own full flush is unknown to a disk */
    FileCalls(OperatingSystem system, Pause pause, Flush flush) {
        this.system = system;
        this.pause = pause;
        this.flush = flush;
    }

    public static FileCalls ofThisComputer() {
        return of(OperatingSystem.current());
    }

    public static FileCalls of(OperatingSystem system) {
        return new FileCalls(system, FileCalls::rest, FileCalls::fsync);
    }

    /** What is asked of the file system. */
    public interface Call<T> {
        T make() throws IOException;
    }

    /** Something that makes what was written durable. */
    public interface Force {
        void force() throws IOException;
    }

    /** How time is let pass between two tries. */
    interface Pause {
        void rest(Duration time);
    }

    /** fsync(2) of a file. */
    interface Flush {
        /** @return whether it was done */
        boolean flush(Path file);
    }

    /**
     * Makes a call that takes a file away from its place. On Windows a virus scanner, an indexer or a cloud's program opens a new
     * file the moment it is closed, and lets it go again: there such a refusal is waited for, half a minute at most.
     */
    public <T> T untilLetGo(Call<T> call) throws IOException {
        Duration waited = Duration.ZERO;
        for (Duration next = FIRST_PAUSE; ; next = next.multipliedBy(2)) {
            try {
                return call.make();
            } catch (FileSystemException refusal) {
                if (system != OperatingSystem.WINDOWS || !isHeld(refusal) || waited.compareTo(PATIENCE) >= 0) {
                    throw refusal;
                }
                Duration time = next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
                pause.rest(time);
                waited = waited.plus(time);
            }
        }
    }

    /**
     * Whether another program has it, in words that Windows has for it in no other case, or a denial: that is what Windows says of a
     * file that waits to be deleted, too. A target that exists is no such case.
     */
    private static boolean isHeld(FileSystemException refusal) {
        return refusal instanceof AccessDeniedException
                || (refusal.getClass() == FileSystemException.class
                        && refusal.getReason() != null
                        && refusal.getReason().toLowerCase(Locale.ROOT).contains("another process"));
    }

    /**
     * Makes what was written to a file durable. Java asks macOS for a full flush (fcntl(2), {@code F_FULLFSYNC}), which drivers such as
     * that of exFAT do not know; fsync(2) is what there is then, and a drive may keep in a memory of its own what it took.
     *
     * @param file that was written, asked for where it is needed
     * @return whether the flush was a full one
     * @throws IOException if nothing was made durable
     */
    public boolean force(Force full, Call<Path> file) throws IOException {
        try {
            full.force();
            return true;
        } catch (IOException refusal) {
            if (system != OperatingSystem.MACOS || !isUnknown(refusal) || !flush.flush(file.make())) {
                throw refusal;
            }
            return false;
        }
    }

    /** In the system's words, ENOTTY, ENOTSUP and EINVAL. */
    private static boolean isUnknown(IOException refusal) {
        String words = String.valueOf(refusal.getMessage()).toLowerCase(Locale.ROOT);
        return words.contains("inappropriate ioctl")
                || words.contains("not supported")
                || words.contains("invalid argument");
    }

    /**
     * Whether a file that was just written can be read from the disk itself. macOS's {@code F_NOCACHE}, which Java uses, keeps what is
     * read from being kept, but still takes what is in memory already from there: it proves nothing.
     */
    public boolean readsPastMemory() {
        return system != OperatingSystem.MACOS;
    }

    private static void rest(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    private interface Posix extends Library {
        int open(String path, int flags) throws LastErrorException;

        int fsync(int handle) throws LastErrorException;

        int close(int handle) throws LastErrorException;
    }

    /** Of the file, not of the handle: any handle will do. */
    static boolean fsync(Path file) {
        Optional<Posix> calls = JnaCode.system(Posix.class);
        if (calls.isEmpty()) {
            return false;
        }
        try {
            int handle = calls.get().open(file.toString(), 0);
            try {
                return calls.get().fsync(handle) == 0;
            } finally {
                calls.get().close(handle);
            }
        } catch (LastErrorException refused) {
            return false;
        }
    }
}
