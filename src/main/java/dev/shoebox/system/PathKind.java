package dev.shoebox.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What lies at a path, without following it. On Windows Java calls everything "other" that has a reparse point: up to Java 25 a
 * junction, which leads to a folder elsewhere, is a folder besides, and a file whose blocks the system shares or fetches when they
 * are needed is no file (JDK-8364277, JDK-8389112).
 */
public enum PathKind {
    FILE,
    FOLDER,
    /** A symbolic link, or a junction. */
    LINK,
    OTHER;

    /** @throws IOException if nothing is there, or it may not be looked at */
    public static PathKind of(Path path) throws IOException {
        return of(path, Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    }

    /** @param attributes of the path itself, and not of what it leads to */
    public static PathKind of(Path path, BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return LINK;
        }
        if (attributes.isOther() && isOfWindows(path)) {
            return leadsElsewhere(path) ? LINK : Files.isDirectory(path) ? FOLDER : FILE;
        }
        return attributes.isDirectory() ? FOLDER : attributes.isRegularFile() ? FILE : OTHER;
    }

    /** False where nothing is, or where it may not be looked at. */
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

    /** Java resolves junctions although it does not call them links. */
    private static boolean leadsElsewhere(Path path) {
        Path whole = path.toAbsolutePath();
        Path folder = whole.getParent();
        if (folder == null) {
            return false;
        }
        try {
            return !whole.toRealPath().equals(folder.toRealPath().resolve(whole.getFileName()));
        } catch (IOException unreachable) {
            // To a drive that is away, or past what this person may see.
            return true;
        }
    }
}
