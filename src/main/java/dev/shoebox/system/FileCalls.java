package dev.shoebox.system;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import dev.shoebox.system.nativecode.JnaCode;

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

/** File operations whose behaviour depends on the operating system. */
public final class FileCalls {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final OperatingSystem system;
    private final Pause pause;
    private final Flush flush;
    private final Flush volumeFlush;

    /**
     * Creates the operations.
     *
     * @param flush replaces the system's full flush on disks that do not support it
     * @param volumeFlush replaces the flush of a folder where that is impossible
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

    /** @param volumeFlush replaces the system's own */
    public static FileCalls of(OperatingSystem system, Flush volumeFlush) {
        return new FileCalls(system, FileCalls::rest, FileCalls::fsync, volumeFlush);
    }

    public static FileCalls of(OperatingSystem system) {
        return new FileCalls(system, FileCalls::rest, FileCalls::fsync, WindowsVolume::flush);
    }

    /** A call to the file system. */
    public interface Call<T> {
        T make() throws IOException;
    }

    /** An operation that makes written data durable. */
    public interface Force {
        void force() throws IOException;
    }

    /** How to wait between two attempts. */
    interface Pause {
        void rest(Duration time);
    }

    /** Flushes a file, like fsync(2). */
    public interface Flush {
        /** @return whether it was done */
        boolean flush(Path file);
    }

    /**
     * Makes a call that moves or deletes a file. On Windows, a virus scanner, an indexer or a sync client opens a new
     * file as soon as it is closed, and releases it after a while. There, this retries for up to half a minute.
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
     * Returns whether another program holds the file: Windows has a distinct error for that, but also denies access to
     * a file that is about to be deleted. An existing target is no such case.
     */
    private static boolean isHeld(FileSystemException refusal) {
        return refusal instanceof AccessDeniedException
                || (refusal.getClass() == FileSystemException.class
                        && refusal.getReason() != null
                        && refusal.getReason().toLowerCase(Locale.ROOT).contains("another process"));
    }

    /**
     * Makes written data durable. On macOS, Java requests a full flush (fcntl(2), {@code F_FULLFSYNC}), which some
     * drivers, such as that of exFAT, do not support. Then only fsync(2) is left, and the drive may keep data in its
     * cache.
     *
     * @param file the written file, requested only if needed
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

    /** The messages for ENOTTY, ENOTSUP and EINVAL. */
    private static boolean isUnknown(IOException refusal) {
        String words = String.valueOf(refusal.getMessage()).toLowerCase(Locale.ROOT);
        return words.contains("inappropriate ioctl")
                || words.contains("not supported")
                || words.contains("invalid argument");
    }

    /**
     * Makes the names in a folder durable where Java cannot: on FAT under Windows, together with everything else on the
     * volume.
     *
     * @return whether that was done
     */
    public boolean forceFolder(Path folder) {
        return system == OperatingSystem.WINDOWS && volumeFlush.flush(folder);
    }

    /**
     * Returns whether a file that was just written can be read from the disk itself. On macOS, Java uses {@code
     * F_NOCACHE}, which prevents caching, but still returns data that is cached already. So it proves nothing.
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

    /** A flush applies to the file, not the handle, so any handle will do. */
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

    /** A whole volume on Windows. */
    static final class WindowsVolume {
        /**
         * File systems whose driver flushes the whole volume when its root folder is flushed, and does nothing for
         * other folders (Microsoft's Windows-driver-samples, {@code fastfat/flush.c}). The driver of exFAT is not
         * published.
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
         * @return whether that was done, as far as is known about its driver
         */
        static boolean flush(Path folder) {
            Optional<Path> top = topOfFat(folder);
            return top.isPresent()
                    && JnaCode.of("kernel32", Kernel32.class)
                            .map(kernel -> flush(kernel, top.get()))
                            .orElse(false);
        }

        /** Returns empty if the volume is not that of the drive letter, or not FAT. */
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
