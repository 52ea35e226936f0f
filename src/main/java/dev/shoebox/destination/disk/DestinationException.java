package dev.shoebox.destination.disk;

import dev.shoebox.system.ExhaustedException;
import dev.shoebox.text.Amounts;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A failure that stops all work with a destination. The message is one line that says what happened and what to do. */
public abstract sealed class DestinationException extends IOException {
    /**
     * Less free space than this counts as none, in bytes: it would not hold a journal line and a page of the catalogue.
     */
    public static final int NO_ROOM = 64 * 1024;

    DestinationException(String message) {
        super(message);
    }

    DestinationException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Advice for a file system that was cut off: NTFS above all may refuse files until it was checked. */
    public static final String CHECK =
            "check the disk (after a power cut 'chkdsk /f' on Windows, First Aid on a Mac, fsck on Linux)";

    /** Returns the meaning of a failed call on the disk: {@link Full} or {@link Lost}. */
    public static DestinationException of(IOException cause, Disk disk) {
        if (cause instanceof DestinationException known) {
            return known;
        }
        Optional<ExhaustedException> exhausted = ExhaustedException.now(cause);
        if (exhausted.isPresent()) {
            return new Lost(exhausted.get().getMessage(), exhausted.get());
        }
        String reason = reason(cause);
        if (cause instanceof SymbolicLinkException) {
            return new Lost("The destination cannot be used (" + reason + ", then run the command again).", cause);
        }
        if (Permission.isDenied(cause)) {
            return new Lost(
                    ((AccessDeniedException) cause).getFile() + " cannot be used: " + Permission.words(cause)
                            + ". Nothing there was changed.",
                    cause);
        }
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("file too large")) {
            return new Full(
                    "The destination cannot hold a file this large; use a disk that is not formatted as FAT.", cause);
        }
        // The system's messages are in the user's language, so the free space is checked as well.
        if (lower.contains("no space left")
                || lower.contains("not enough space")
                || lower.contains("quota exceeded")
                || hasNoRoom(disk)) {
            return full(cause);
        }
        return new Lost(
                "The destination cannot be used (" + reason + "). Files already stored there are safe; " + CHECK
                        + " and its permissions, then run the command again.",
                cause);
    }

    /**
     * Returns the failure for another kind of item in place of one of our files or folders, which is never read or
     * written through.
     */
    public static Lost inTheWay(String path, String kind) {
        return new Lost(path + " is not an ordinary " + kind
                + " (symbolic links inside a backup are not followed; pipes and devices are not opened). "
                + "Move it elsewhere, then run the command again.");
    }

    public static Full full(Exception cause) {
        return new Full(
                "The destination is full. Files already stored are safe. Free some space, then run "
                        + "the command again.",
                cause);
    }

    public static Full full(long freeBytes, long neededBytes) {
        return new Full("The destination is full: it has " + Amounts.bytes(freeBytes) + " free, and "
                + Amounts.bytes(neededBytes)
                + " are still to be copied. Files already stored are safe. Free some space, then run the "
                + "command again.");
    }

    private static boolean hasNoRoom(Disk disk) {
        try {
            return disk.freeBytes() < NO_ROOM;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the system's own words, on one line. */
    public static String reason(IOException cause) {
        String words;
        if (cause instanceof SymbolicLinkException link) {
            words = link.getFile() + " " + link.getReason();
        } else if (cause instanceof FileSystemException failure && failure.getReason() != null) {
            words = failure.getFile() + ": " + failure.getReason();
        } else if (cause instanceof AccessDeniedException denied) {
            words = denied.getFile() + ": permission denied";
        } else if (cause instanceof NoSuchFileException missing) {
            words = missing.getFile() + " is gone";
        } else if (cause instanceof FileAlreadyExistsException there) {
            words = there.getFile() + ": something with this name already exists";
        } else if (cause instanceof FileSystemException failure) {
            words = failure.getFile() + ": " + failure.getClass().getSimpleName();
        } else {
            words = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        }
        return words.replaceAll("\\p{Cntrl}+", " ");
    }

    /** The folder does not exist and must not be created: the drive is absent. The user plugs it in. */
    public static final class Absent extends DestinationException {
        public Absent(String message) {
            super(message);
        }
    }

    /**
     * The folder is not a shoebox and must not become one unless requested. The user chooses another folder, or requests
     * this one with {@code OpenMode.INITIALISE}.
     */
    public static sealed class NotAShoebox extends DestinationException permits Newer {
        public NotAShoebox(String message) {
            super(message);
        }
    }

    /** The folder is a shoebox of a later format. The user updates Shoebox. */
    public static final class Newer extends NotAShoebox {
        public Newer() {
            super("This backup was made by a newer version of Shoebox; update Shoebox to use it.");
        }
    }

    /** Another run is writing to the destination. The user waits for it. */
    public static final class InUse extends DestinationException {
        public InUse(String message) {
            super(message);
        }
    }

    /** The disk is full. Files stored before are safe. The user makes room and runs again. */
    public static final class Full extends DestinationException {
        Full(String message) {
            super(message);
        }

        Full(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * The destination cannot be written or read any more: removed, read-only, failing. Files stored before are safe.
     * The user checks the disk and runs again.
     */
    public static final class Lost extends DestinationException {
        public Lost(String message) {
            super(message);
        }

        public Lost(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Files overwrite each other on the disk. The user checks the file system, then repairs the backup. */
    public static final class Disordered extends DestinationException {
        /** @param photos the number of wrong photos */
        public Disordered(int photos, List<String> records) {
            super("The drive was damaged by a power cut: files that were correct when written have changed ("
                    + Stream.concat(
                                    photos == 0
                                            ? Stream.empty()
                                            : Stream.of(
                                                    photos == 1
                                                            ? "1 file of the backup"
                                                            : photos + " files of the backup"),
                                    records.stream())
                            .collect(Collectors.joining(", "))
                    + ")."
                    + " Keep everything on the iPhone; check the drive ('chkdsk /f' on Windows, First Aid "
                    + "on a Mac, fsck on"
                    + " Linux), then run 'shoebox repair'.");
        }
    }

    /** SQLite's native code cannot run from any folder. The user names one that allows it. */
    public static final class NoNativeCode extends DestinationException {
        public NoNativeCode(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
