package dev.shoebox.system.access;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A folder that only its owner may enter. */
public final class PrivateFolder {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    private PrivateFolder() {}

    /** Creates it as private. Leaves an existing folder as it is. */
    public static void makeIfAbsent(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            make(folder);
        }
    }

    /**
     * Creates it with its parents, or makes it private. On systems without such permissions, only creates it.
     *
     * @throws IOException if it cannot be created, is a link, or belongs to somebody else
     */
    public static void make(Path folder) throws IOException {
        boolean isPosix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (folder.getParent() != null) {
            Files.createDirectories(folder.getParent());
        }
        try {
            if (isPosix) {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
            } else {
                Files.createDirectory(folder);
            }
        } catch (FileAlreadyExistsException there) {
            // Its owner is checked below.
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(folder.toString(), null, "it is not a folder");
        }
        if (isPosix) {
            PosixFileAttributes attributes =
                    Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.permissions().equals(PRIVATE)) {
                // Only the owner and root may do this.
                Files.getFileAttributeView(folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setPermissions(PRIVATE);
            }
            if (!Owner.ofThisProcess().equals(attributes.owner())) {
                throw new AccessDeniedException(folder.toString(), null, "it belongs to " + attributes.owner());
            }
        }
    }
}
