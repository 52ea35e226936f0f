package dev.shoebox.destination.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Says whose a file is that may not be read, and what gives it back. That a file may not be read says nothing of its bytes. */
public final class Permission {
    private Permission() {}

    /** Whether a call failed because it is not permitted, and not because the disk failed. */
    public static boolean isDenied(IOException failure) {
        return failure instanceof AccessDeniedException;
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
            return "its permissions do not let you read it: 'chmod -R u+rwX' on the backup's folder gives it back to you";
        }
        return "it belongs to " + owner + (owner.equals("root") ? ", as after one run with sudo" : "")
                + ", and you may not read it: 'sudo chown -R " + user + "' on the backup's folder gives it back to you";
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
