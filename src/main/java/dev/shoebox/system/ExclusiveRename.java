package dev.shoebox.system;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Platform;
import dev.shoebox.system.nativecode.JnaCode;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Renames a file atomically, and fails if the target exists. Java checks first and renames afterwards, and replaces a
 * file created in between.
 *
 * <p>Linux has {@code renameat2} with {@code RENAME_NOREPLACE} (renameat2(2)), macOS {@code renamex_np} with {@code
 * RENAME_EXCL}. On Windows, a Java move without the option to replace is atomic already.
 */
public final class ExclusiveRename {
    private static final int AT_FDCWD = -100;
    private static final int RENAME_NOREPLACE = 1;
    private static final int RENAME_EXCL = 4;

    /** The same on all three systems. */
    private static final int EEXIST = 17;

    private ExclusiveRename() {}

    private interface Linux extends Library {
        int renameat2(int fromFolder, String from, int toFolder, String to, int flags) throws LastErrorException;
    }

    private interface MacOs extends Library {
        int renamex_np(String from, String to, int flags) throws LastErrorException;
    }

    private interface Call {
        void rename(String from, String to) throws LastErrorException;
    }

    /** Loaded on first use: few disks need it. */
    private static final class Known {
        static final Call CALL = find().orElse(null);

        private static Optional<Call> find() {
            if (Platform.isLinux()) {
                return JnaCode.system(Linux.class)
                        .map(system -> (from, to) -> system.renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE));
            }
            return Platform.isMac()
                    ? JnaCode.system(MacOs.class).map(system -> (from, to) -> system.renamex_np(from, to, RENAME_EXCL))
                    : Optional.empty();
        }
    }

    /**
     * Renames a file.
     *
     * @return false, with nothing changed, if the system or this file system has no such call, or refuses for another
     * reason, which Java's own move then reports
     * @throws FileAlreadyExistsException if the target exists, even as a dangling link
     */
    public static boolean rename(Path from, Path to) throws IOException {
        if (!from.getFileSystem().equals(FileSystems.getDefault()) || Known.CALL == null) {
            return false;
        }
        try {
            Known.CALL.rename(from.toString(), to.toString());
            return true;
        } catch (LastErrorException e) {
            if (e.getErrorCode() == EEXIST) {
                throw (IOException) new FileAlreadyExistsException(to.toString()).initCause(e);
            }
            return false;
        } catch (LinkageError absent) {
            return false;
        }
    }
}
