package dev.shoebox.system;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Platform;

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
 * A folder that stays the same whatever comes to stand at its path. {@link #path} leads to it through the handle (proc(5),
 * {@code /proc/self/fd}), so every call of Java's that is given a path below it works in that folder and in no other. On Linux
 * only.
 */
public final class FolderHandle implements Closeable {
    private static final Path HANDLES = Path.of("/proc/self/fd");
    private static final Cleaner CLEANER = Cleaner.create();

    /** Of asm/fcntl.h: the first two are the same everywhere, the others have two values. */
    private static final int O_PATH = 0x20_0000;

    private static final int O_CLOEXEC = 0x8_0000;
    private static final int ENOENT = 2;
    private static final int ENOTDIR = 20;
    private static final int ELOOP = 40;

    private final int number;
    private final Cleaner.Cleanable cleaning;

    private FolderHandle(int number, Library system) {
        this.number = number;
        var closed = new AtomicBoolean();
        this.cleaning = CLEANER.register(this, () -> {
            if (!closed.getAndSet(true)) {
                close(number, system);
            }
        });
    }

    private static void close(int number, Library system) {
        try {
            ((Linux) system).close(number);
        } catch (LastErrorException gone) {
            // It is only a number of ours.
        }
    }

    private interface Linux extends Library {
        int open(String path, int flags) throws LastErrorException;

        int close(int handle) throws LastErrorException;
    }

    private static final class Known {
        static final Linux SYSTEM = find().orElse(null);
        static final int NO_LINK = Platform.isIntel() ? 0x2_0000 : 0x8000;
        static final int FOLDER_NO_LINK = NO_LINK | (Platform.isIntel() ? 0x1_0000 : 0x4000);

        private static Optional<Linux> find() {
            boolean isKnown = Platform.isLinux() && (Platform.isIntel() || Platform.isARM());
            if (!isKnown || !Files.isDirectory(HANDLES)) {
                return Optional.empty();
            }
            return JnaCode.system(Linux.class);
        }
    }

    /**
     * Opens a folder by its path, whose last part must be no link.
     *
     * @return empty where the system has no such handles
     * @throws NoSuchFileException if nothing is there
     * @throws FileSystemException if it is a link, or no folder
     */
    public static Optional<FolderHandle> open(Path folder) throws IOException {
        if (!folder.getFileSystem().equals(FileSystems.getDefault()) || Known.SYSTEM == null) {
            return Optional.empty();
        }
        Linux system = Known.SYSTEM;
        try {
            int number = system.open(folder.toString(), O_PATH | O_CLOEXEC | Known.FOLDER_NO_LINK);
            return Optional.of(new FolderHandle(number, system));
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
     * Opens a file for reading whose path may be another thing by now: a pipe is not waited for and a device not touched, as it is
     * looked at through a handle that only stands for it before it is opened. A link is no file.
     *
     * @throws FileSystemException if it is no file
     */
    public static FileChannel openFile(Path file) throws IOException {
        Optional<FolderHandle> found = file.getFileSystem().equals(FileSystems.getDefault()) && Known.SYSTEM != null
                ? handle(file, Known.SYSTEM)
                : Optional.empty();
        if (found.isEmpty()) {
            // What the system refuses, Java is refused in words of its own.
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

    private static Optional<FolderHandle> handle(Path file, Linux system) {
        try {
            return Optional.of(
                    new FolderHandle(system.open(file.toString(), O_PATH | O_CLOEXEC | Known.NO_LINK), system));
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

    /** What {@link #open} gives as the reason where a link is. */
    public static final String LINK = "is a symbolic link";

    /** Leads to the folder for as long as this is open. */
    public Path path() {
        return HANDLES.resolve(Integer.toString(number));
    }

    /** Whether a path goes through a handle. */
    public static boolean leadsThrough(String path) {
        return path.startsWith(HANDLES + "/");
    }

    /** Whether the way through the handle can be gone here. */
    public boolean isUsable() {
        return Files.isDirectory(path().resolve("."), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() {
        cleaning.clean();
    }
}
