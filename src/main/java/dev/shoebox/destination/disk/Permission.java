package dev.shoebox.destination.disk;

import dev.shoebox.system.OperatingSystem;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Says whose a file is that may not be read, and what gives it back. That a file may not be read says nothing of its bytes. */
public final class Permission {
    private Permission() {}

    /** Whether a call failed because it is not permitted, and not because the disk failed. */
    public static boolean isDenied(IOException failure) {
        return failure instanceof AccessDeniedException;
    }

    /**
     * A folder that may not be looked into looks like one that is not there, and like one that holds no backup.
     *
     * @throws DestinationException.Lost if it, or what leads to it, is denied to this process
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
            // Whoever goes on to use it says so.
        }
    }

    /** What macOS denies, it denies by its own settings; the modes of files say nothing of it. */
    static String advice(Path folder, OperatingSystem system) {
        return system == OperatingSystem.MACOS
                ? "macOS lets scheduled programs read drives, Documents, Desktop and Pictures only with "
                        + "permission. In System Settings > Privacy & Security > Full Disk Access add "
                        + Path.of(System.getProperty("java.home"), "bin", "java") + "."
                : words(folder) + ".";
    }

    /** One sentence without a full stop, from a failure that {@link #isDenied}. */
    public static String words(IOException denied) {
        String file = ((AccessDeniedException) denied).getFile();
        return words(file == null ? "" : owner(Path.of(file)));
    }

    /** {@link #words(IOException)} of a file that somebody else may own. */
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

    /** Of the file, or of the folder around it that does not even let it be looked at; empty where nothing tells. */
    private static String owner(Path file) {
        for (Path path = file; path != null; path = path.getParent()) {
            try {
                return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
            } catch (IOException | UnsupportedOperationException hidden) {
                // The folder around it is what hides it.
            }
        }
        return "";
    }
}
