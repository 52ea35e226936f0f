package dev.shoebox.system;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.WString;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Calls to files that systems answer in ways of their own. */
public final class FileCalls {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final OperatingSystem system;
    private final Pause pause;
    private final Flush flush;
    private final Flush volumeFlush;

    /**
     * @param flush for where the system's own full flush is unknown to a disk
     * @param volumeFlush for where a folder cannot be flushed by itself
     */
    FileCalls(OperatingSystem system, Pause pause, Flush flush, Flush volumeFlush) {
        this.system = system;
        this.pause = pause;
        this.flush = flush;
        this.volumeFlush = volumeFlush;
    }

    public static FileCalls ofThisComputer() {
        return of(OperatingSystem.current());
    }

    /** @param volumeFlush in place of the system's own */
    public static FileCalls of(OperatingSystem system, Flush volumeFlush) {
        return new FileCalls(system, FileCalls::rest, FileCalls::fsync, volumeFlush);
    }

    public static FileCalls of(OperatingSystem system) {
        return new FileCalls(system, FileCalls::rest, FileCalls::fsync, WindowsVolume::flush);
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

    /** fsync(2) of a file, or its like. */
    public interface Flush {
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
     * Makes the names in a folder durable where Java cannot: on FAT under Windows, with all else on that volume.
     *
     * @return whether that was done
     */
    public boolean forceFolder(Path folder) {
        return system == OperatingSystem.WINDOWS && volumeFlush.flush(folder);
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

    /** A volume of Windows as a whole. */
    static final class WindowsVolume {
        /**
         * Their driver flushes a whole volume for whoever flushes its top folder, and does nothing for any other (Microsoft's
         * Windows-driver-samples, {@code fastfat/flush.c}). The driver of exFAT is not published.
         */
        private static final Set<String> FLUSHED_BY_TOP_FOLDER = Set.of("fat", "fat12", "fat16", "fat32");

        private static final int GENERIC_WRITE = 0x4000_0000;
        private static final int SHARE_ALL = 7;
        private static final int OPEN_EXISTING = 3;
        private static final int FILE_FLAG_BACKUP_SEMANTICS = 0x0200_0000;
        private static final Pointer INVALID_HANDLE = Pointer.createConstant(-1);

        private WindowsVolume() {}

        private interface Kernel32 extends Library {
            Pointer CreateFileW(
                    WString name,
                    int access,
                    int share,
                    Pointer security,
                    int disposition,
                    int flags,
                    Pointer template);

            boolean FlushFileBuffers(Pointer handle);

            boolean CloseHandle(Pointer handle);
        }

        /**
         * Makes everything on the volume of a folder durable.
         *
         * @return whether that was done, as far as is known of its driver
         */
        static boolean flush(Path folder) {
            Optional<Path> top = topOfFat(folder);
            return top.isPresent()
                    && JnaCode.of("kernel32", Kernel32.class)
                            .map(kernel -> flush(kernel, top.get()))
                            .orElse(false);
        }

        /** Empty where the volume is another than that of the letter, or no FAT. */
        static Optional<Path> topOfFat(Path folder) {
            try {
                Path top = folder.toRealPath().getRoot();
                FileStore store = Files.getFileStore(top);
                boolean isFat = FLUSHED_BY_TOP_FOLDER.contains(store.type().toLowerCase(Locale.ROOT));
                return isFat && store.equals(Files.getFileStore(folder)) ? Optional.of(top) : Optional.empty();
            } catch (IOException | RuntimeException unknown) {
                return Optional.empty();
            }
        }

        private static boolean flush(Kernel32 kernel, Path top) {
            Pointer handle = kernel.CreateFileW(
                    new WString(top.toString()),
                    GENERIC_WRITE,
                    SHARE_ALL,
                    null,
                    OPEN_EXISTING,
                    FILE_FLAG_BACKUP_SEMANTICS,
                    null);
            if (handle == null || handle.equals(INVALID_HANDLE)) {
                return false;
            }
            try {
                return kernel.FlushFileBuffers(handle);
            } finally {
                kernel.CloseHandle(handle);
            }
        }
    }
}
