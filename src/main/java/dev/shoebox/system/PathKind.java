package dev.shoebox.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The kind of file at a path, without following links. On Windows, Java calls every reparse point "other": up to Java
 * 25, a junction, which leads to another folder, counts as a folder as well, and a file whose blocks are deduplicated
 * or fetched on demand does not count as a file (JDK-8364277, JDK-8389112).
 */
public enum PathKind {
    FILE,
    FOLDER,
    /** A symbolic link, or a junction. */
    LINK,
    OTHER;

    /** @throws IOException if the file does not exist, or may not be inspected */
    public static PathKind of(Path path) throws IOException {
        return of(path, Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    }

    /** @param attributes of the path itself, without following links */
    public static PathKind of(Path path, BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return LINK;
        }
        if (attributes.isOther() && isOfWindows(path)) {
            return leadsElsewhere(path) ? LINK : Files.isDirectory(path) ? FOLDER : FILE;
        }
        return attributes.isDirectory() ? FOLDER : attributes.isRegularFile() ? FILE : OTHER;
    }

    /** Returns false if the file does not exist, or may not be inspected. */
    public static boolean isLink(Path path) {
        if (Files.isSymbolicLink(path)) {
            return true;
        }
        try {
            return isOfWindows(path) && of(path) == LINK;
        } catch (IOException unseen) {
            return false;
        }
    }

    private static boolean isOfWindows(Path path) {
        return path.getFileSystem().getSeparator().equals("\\");
    }

    /** Java resolves junctions although it does not report them as links. */
    private static boolean leadsElsewhere(Path path) {
        Path whole = path.toAbsolutePath();
        Path folder = whole.getParent();
        if (folder == null) {
            return false;
        }
        try {
            return !whole.toRealPath().equals(folder.toRealPath().resolve(whole.getFileName()));
        } catch (IOException unreachable) {
            // It leads to an absent drive, or beyond the user's permissions.
            return true;
        }
    }
}
