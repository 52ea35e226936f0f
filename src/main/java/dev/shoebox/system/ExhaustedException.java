package dev.shoebox.system;

import dev.shoebox.text.Amounts;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/**
 * Neither source nor destination failed: this process ran out of file handles or memory. Close programs or raise the
 * limit.
 */
public final class ExhaustedException extends IOException {
    private static final Path NOTHING = Path.of("/dev/null");

    private static final int A_FEW = 16;

    /** Causes may be circular. */
    private static final int MOST_CAUSES = 30;

    private ExhaustedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Returns whether a failure was caused by this. Cheap: tries nothing. */
    public static Optional<ExhaustedException> behind(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
            if (cause instanceof ExhaustedException known) {
                return Optional.of(known);
            } else if (cause instanceof OutOfMemoryError) {
                return Optional.of(new ExhaustedException(
                        "There is not enough memory: Shoebox may use "
                                + Amounts.bytes(Runtime.getRuntime().maxMemory())
                                + ", or the computer has none left. Files already stored are safe. Close "
                                + "other programs, then run the command again.",
                        failure));
            } else if (saysSo(cause)) {
                return Optional.of(handles(failure));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /**
     * Returns whether a failure that just happened was caused by this. Messages are localised, and some do not mention
     * files, so this also tries to open a file that always exists.
     */
    public static Optional<ExhaustedException> now(Throwable failure) {
        Optional<ExhaustedException> known = behind(failure);
        return known.isPresent() || !isOutOfHandles() ? known : Optional.of(handles(failure));
    }

    private static boolean saysSo(Throwable failure) {
        String words =
                String.valueOf(failure instanceof FileSystemException file ? file.getReason() : failure.getMessage());
        return failure instanceof IOException && words.toLowerCase(Locale.ROOT).contains("too many open files");
    }

    /** Returns whether few handles are left: the failed operation may have held one and released it since. */
    private static boolean isOutOfHandles() {
        var channels = new ArrayList<FileChannel>();
        try {
            while (channels.size() < A_FEW) {
                channels.add(FileChannel.open(NOTHING, StandardOpenOption.READ));
            }
            return false;
        } catch (NoSuchFileException | AccessDeniedException otherSystem) {
            return false;
        } catch (IOException | LinkageError none) {
            return true;
        } finally {
            channels.forEach(ExhaustedException::close);
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // It was opened for reading only.
        }
    }

    private static ExhaustedException handles(Throwable cause) {
        return new ExhaustedException(
                "The system has no more file handles for Shoebox: too many files are open, here or in other "
                        + "programs ('ulimit -n' shows the limit). Files already stored are safe. Close "
                        + "other programs or raise the limit, then run the command again.",
                cause);
    }

    /** Loads this class and its dependencies, which cannot be loaded once file handles are exhausted. */
    public static void prepare() {
        var unused = isOutOfHandles();
        var said = handles(new IOException("too many open files"));
        unused |= saysSo(said) && behind(said).isEmpty();
    }
}
