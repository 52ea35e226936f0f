package dev.shoebox.cli;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The largest file that this process may write, as {@code ulimit -f} sets it (setrlimit(2)): every disk then refuses larger
 * files, as FAT32 refuses those of 4 GiB and more.
 */
final class FileSizeLimit {
    private static final int RLIMIT_FSIZE = 1;

    private FileSizeLimit() {}

    private interface Limits extends Library {
        int getrlimit(int resource, long[] limits);

        int setrlimit(int resource, long[] limits);
    }

    /** Does something under a limit; the test is skipped, with the reason, on systems where it cannot be set like this. */
    static void during(long bytes, Runnable work) {
        assumeTrue(Platform.isLinux() && Platform.is64Bit(), "the size of files is limited only on 64-bit Linux here");
        Limits calls = Native.load("c", Limits.class);
        long[] before = new long[2];
        assertEquals(0, calls.getrlimit(RLIMIT_FSIZE, before));
        assertEquals(0, calls.setrlimit(RLIMIT_FSIZE, new long[] {bytes, before[1]}));
        try {
            work.run();
        } finally {
            assertEquals(0, calls.setrlimit(RLIMIT_FSIZE, before));
        }
    }
}
