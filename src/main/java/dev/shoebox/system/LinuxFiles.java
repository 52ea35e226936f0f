package dev.shoebox.system;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * Calls to files that Linux has and Java lacks, or makes of several. Each says whether it was done: elsewhere, and where the system
 * refuses, nothing is, and Java's own way is left.
 */
public final class LinuxFiles {
    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final long UTIME_OMIT = (1L << 30) - 2;
    private static final int O_CLOEXEC = 0x8_0000;

    /** Whatever lies there: to open a pipe waits for whoever writes to it. */
    private static final int O_NONBLOCK = 0x800;

    private static final int POSIX_FADV_DONTNEED = 4;

    private LinuxFiles() {}

    /** The functions of the C library, bound one to one: a backup makes these calls for every file. */
    private static final class Calls {
        static final boolean ARE_BOUND = bind();

        private static boolean bind() {
            // The structures below are those of 64 bits.
            if (!Platform.isLinux() || !Platform.is64Bit()) {
                return false;
            }
            try {
                JnaCode.provide();
                Map<String, Object> options =
                        Map.of(Library.OPTION_STRING_ENCODING, System.getProperty("sun.jnu.encoding", "UTF-8"));
                Native.register(Calls.class, NativeLibrary.getInstance("c", options));
                return true;
            } catch (LinkageError | RuntimeException absent) {
                return false;
            }
        }

        static native int open(String path, int flags);

        static native int close(int handle);

        static native int posix_fadvise(int handle, long from, long length, int advice);

        /** @param times seconds and nanoseconds of the last access, then of the last change */
        static native int utimensat(int folder, String path, long[] times, int flags);
    }

    private static boolean areFor(Path file) {
        return file.getFileSystem().equals(FileSystems.getDefault()) && Calls.ARE_BOUND;
    }

    /** Sets when a file was changed, through no link (utimensat(2)): Java opens the file for it. */
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
     * Has the system forget what it keeps in memory of a file, as far as it is durable (posix_fadvise(2)). A backup of many gigabytes
     * would push out what other programs use; and to find memory for the next file can take longer than to copy its bytes there.
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
