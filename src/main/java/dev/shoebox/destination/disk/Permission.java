package dev.shoebox.destination.disk;

import dev.shoebox.system.OperatingSystem;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Describes who owns a file that may not be read, and how to restore access. A denied file says nothing about its
 * bytes.
 */
public final class Permission {
    private Permission() {}

    /** Returns whether a call failed because it is not permitted, not because the disk failed. */
    public static boolean isDenied(IOException failure) {
        return failure instanceof AccessDeniedException;
    }

    /**
     * Rejects a folder that may not be read: it would look absent, or without a backup.
     *
     * @throws DestinationException.Lost if it, or a folder above it, is denied to this process
     */
    public static void requireLook(Path folder, OperatingSystem system) throws DestinationException.Lost {
        try {
            Files.readAttributes(folder, BasicFileAttributes.class);
            try (var entries = Files.newDirectoryStream(folder, entry -> false)) {
                entries.forEach(none -> {});
            }
        } catch (FileSystemException refusal) {
            if (isDenied(refusal) || String.valueOf(refusal.getReason()).contains("not permitted")) {
                throw new DestinationException.Lost(folder + " cannot be opened: " + advice(folder, system), refusal);
            }
        } catch (IOException unreadable) {
            // Later use shows the failure.
        }
    }

    /** Returns advice. macOS denies access by its own settings, independent of the modes of files. */
    static String advice(Path folder, OperatingSystem system) {
        return system == OperatingSystem.MACOS
                ? "macOS lets scheduled programs read drives, Documents, Desktop and Pictures only with "
                        + "permission. In System Settings > Privacy & Security > Full Disk Access add "
                        + Path.of(System.getProperty("java.home"), "bin", "java") + "."
                : words(folder) + ".";
    }

    /** Returns a sentence without a full stop for a failure that {@link #isDenied}. */
    public static String words(IOException denied) {
        String file = ((AccessDeniedException) denied).getFile();
        return words(file == null ? "" : owner(Path.of(file)));
    }

    /** As {@link #words(IOException)}, for a file that another user may own. */
    public static String words(Path file) {
        return words(owner(file));
    }

    private static String words(String owner) {
        String user = System.getProperty("user.name", "");
        if (owner.isEmpty() || owner.equals(user)) {
            return "its permissions do not let you read it; to fix that, run 'chmod -R u+rwX' on the backup's folder";
        }
        return "it belongs to " + owner + (owner.equals("root") ? ", perhaps after a run with sudo" : "")
                + ", and you cannot read it; to fix that, run 'sudo chown -R " + user + "' on the backup's folder";
    }

    /** Returns the owner of the file, or of the folder that hides it; empty if unknown. */
    private static String owner(Path file) {
        for (Path path = file; path != null; path = path.getParent()) {
            try {
                return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
            } catch (IOException | UnsupportedOperationException hidden) {
                // The folder around it hides it.
            }
        }
        return "";
    }
}
