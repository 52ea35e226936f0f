package dev.shoebox.system;

import com.sun.jna.Platform;
import dev.shoebox.system.nativecode.JnaCode;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Instant;

/**
 * File operations that Linux has and Java lacks, or needs several calls for. Each returns whether it was done;
 * otherwise nothing has changed, and Java's own way remains.
 */
public final class LinuxFiles {
    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final long UTIME_OMIT = (1L << 30) - 2;
    private static final int O_CLOEXEC = 0x8_0000;

    /** Opening a pipe would wait for a writer. */
    private static final int O_NONBLOCK = 0x800;

    private static final int POSIX_FADV_DONTNEED = 4;
    private static final int RLIMIT_FSIZE = 1;

    private LinuxFiles() {}

    private static final class Calls {
        // The structures below are those of 64-bit systems.
        static final boolean ARE_BOUND = Platform.isLinux() && Platform.is64Bit() && JnaCode.bind(Calls.class);

        static native int open(String path, int flags);

        static native int close(int handle);

        static native int posix_fadvise(int handle, long from, long length, int advice);

        /** @param times seconds and nanoseconds of the last access, then of the last modification */
        static native int utimensat(int folder, String path, long[] times, int flags);

        /** @param limits receives the limit that applies, and the highest that this process may set */
        static native int getrlimit(int resource, long[] limits);
    }

    private static boolean areFor(Path file) {
        return file.getFileSystem().equals(FileSystems.getDefault()) && Calls.ARE_BOUND;
    }

    /** Sets the modification time without following links (utimensat(2)). Java would open the file for it. */
    public static boolean setModified(Path file, Instant time) {
        return areFor(file)
                && Calls.utimensat(
                                AT_FDCWD,
                                file.toString(),
                                new long[] {0, UTIME_OMIT, time.getEpochSecond(), time.getNano()},
                                AT_SYMLINK_NOFOLLOW)
                        == 0;
    }

    /**
     * Returns the size of the largest file that this process may write, in bytes ({@code ulimit -f}, systemd's
     * {@code LimitFSIZE}; getrlimit(2)); {@link Long#MAX_VALUE} if there is no limit.
     */
    public static long largestOfProcess() {
        long[] limits = {-1, -1};
        // No limit is the highest unsigned number.
        return Calls.ARE_BOUND && Calls.getrlimit(RLIMIT_FSIZE, limits) == 0 && limits[0] >= 0
                ? limits[0]
                : Long.MAX_VALUE;
    }

    /**
     * Drops the durable part of a file from the page cache (posix_fadvise(2)). A backup of many gigabytes would evict
     * the data of other programs, and finding memory for the next file can take longer than copying its bytes.
     */
    public static boolean forget(Path file) {
        if (!areFor(file)) {
            return false;
        }
        int handle = Calls.open(file.toString(), O_CLOEXEC | O_NONBLOCK);
        if (handle < 0) {
            return false;
        }
        boolean done = Calls.posix_fadvise(handle, 0, 0, POSIX_FADV_DONTNEED) == 0;
        return Calls.close(handle) == 0 && done;
    }
}
