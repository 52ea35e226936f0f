package dev.shoebox.system;

import com.sun.jna.LastErrorException;
import com.sun.jna.Platform;
import dev.shoebox.system.nativecode.JnaCode;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A handle of a folder, which stays the same whatever replaces its path. {@link #path} leads through the handle ({@code
 * /proc/self/fd}, proc(5)), so every call with a path below it works in that folder and no other. Linux only.
 */
public final class FolderHandle implements Closeable {
    private static final Path HANDLES = Path.of("/proc/self/fd");
    private static final Cleaner CLEANER = Cleaner.create();

    /** From asm/fcntl.h: the first two are the same on all architectures, the others have two values. */
    private static final int O_PATH = 0x20_0000;

    private static final int O_CLOEXEC = 0x8_0000;
    private static final int ENOENT = 2;
    private static final int ENOTDIR = 20;
    private static final int ELOOP = 40;

    private final int number;
    private final Cleaner.Cleanable cleaning;

    private FolderHandle(int number) {
        this.number = number;
        var closed = new AtomicBoolean();
        this.cleaning = CLEANER.register(this, () -> {
            if (!closed.getAndSet(true)) {
                close(number);
            }
        });
    }

    private static void close(int number) {
        try {
            Linux.close(number);
        } catch (LastErrorException gone) {
            // It is only a number in this process.
        }
    }

    private static final class Linux {
        static final boolean IS_BOUND = Platform.isLinux()
                && (Platform.isIntel() || Platform.isARM())
                && Files.isDirectory(HANDLES)
                && JnaCode.bind(Linux.class);
        static final int NO_LINK = Platform.isIntel() ? 0x2_0000 : 0x8000;
        static final int FOLDER_NO_LINK = NO_LINK | (Platform.isIntel() ? 0x1_0000 : 0x4000);

        static native int open(String path, int flags) throws LastErrorException;

        static native int close(int handle) throws LastErrorException;
    }

    /**
     * Opens a folder. The last component of its path must not be a link.
     *
     * @return empty if the system has no such handles
     * @throws NoSuchFileException if it does not exist
     * @throws FileSystemException if it is a link, or not a folder
     */
    public static Optional<FolderHandle> open(Path folder) throws IOException {
        if (!folder.getFileSystem().equals(FileSystems.getDefault()) || !Linux.IS_BOUND) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new FolderHandle(Linux.open(folder.toString(), O_PATH | O_CLOEXEC | Linux.FOLDER_NO_LINK)));
        } catch (LastErrorException e) {
            throw switch (e.getErrorCode()) {
                case ENOENT -> new NoSuchFileException(folder.toString());
                case ENOTDIR, ELOOP ->
                    new FileSystemException(
                            folder.toString(), null, Files.isSymbolicLink(folder) ? LINK : "is no folder");
                default -> new FileSystemException(folder.toString(), null, e.getMessage());
            };
        }
    }

    /**
     * Opens a file for reading, whose path may have been replaced. It is inspected through an {@code O_PATH} handle
     * before it is opened, so a pipe does not block and a device is not touched. Links are refused.
     *
     * @throws FileSystemException if it is not a regular file
     */
    public static FileChannel openFile(Path file) throws IOException {
        Optional<FolderHandle> found = file.getFileSystem().equals(FileSystems.getDefault()) && Linux.IS_BOUND
                ? handle(file)
                : Optional.empty();
        if (found.isEmpty()) {
            // If the system refuses, Java is refused as well, with its own exception.
            requireFile(file, file);
            return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        }
        try (FolderHandle handle = found.get()) {
            requireFile(handle.path(), file);
            return FileChannel.open(handle.path(), StandardOpenOption.READ);
        } catch (AccessDeniedException denied) {
            throw (IOException) new AccessDeniedException(file.toString()).initCause(denied);
        }
    }

    private static Optional<FolderHandle> handle(Path file) {
        try {
            return Optional.of(new FolderHandle(Linux.open(file.toString(), O_PATH | O_CLOEXEC | Linux.NO_LINK)));
        } catch (LastErrorException refused) {
            return Optional.empty();
        }
    }

    private static void requireFile(Path looked, Path named) throws IOException {
        LinkOption[] how = looked.equals(named) ? new LinkOption[] {LinkOption.NOFOLLOW_LINKS} : new LinkOption[0];
        if (!Files.readAttributes(looked, BasicFileAttributes.class, how).isRegularFile()) {
            throw new FileSystemException(named.toString(), null, "is no file");
        }
    }

    /** The reason that {@link #open} gives for a link. */
    public static final String LINK = "is a symbolic link";

    /** Returns a path to the folder that is valid while this is open. */
    public Path path() {
        return HANDLES.resolve(Integer.toString(number));
    }

    /** Returns whether a path leads through a handle. */
    public static boolean leadsThrough(String path) {
        return path.startsWith(HANDLES + "/");
    }

    /** Returns whether paths through handles work here. */
    public boolean isUsable() {
        return Files.isDirectory(path().resolve("."), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() {
        cleaning.clean();
    }
}
