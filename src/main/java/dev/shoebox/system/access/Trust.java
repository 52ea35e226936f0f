package dev.shoebox.system.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks whether anybody but the user and root could write a file that controls Shoebox, either directly or through a
 * folder above it. The configuration contains commands, so whoever can write it can run anything as that user. On
 * systems without such permissions, everything is trusted.
 */
public final class Trust {
    private static final String ROOT = "root";

    private Trust() {}

    /**
     * Says what is wrong, with the command that corrects it.
     *
     * @param path a file or folder, which need not exist yet
     * @return empty if it is trusted
     */
    public static Optional<String> complaint(Path path) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return Optional.empty();
        }
        try {
            UserPrincipal me = Owner.ofThisProcess();
            for (Path each : chain(path)) {
                Optional<String> complaint = complaint(each, me);
                if (complaint.isPresent()) {
                    return complaint;
                }
            }
        } catch (IOException unknown) {
            return Optional.of("Cannot determine who may write " + path + " (" + unknown + ").");
        }
        return Optional.empty();
    }

    /** Returns the file, its target if it is a link, and every folder above both. */
    private static Set<Path> chain(Path path) throws IOException {
        Set<Path> all = new LinkedHashSet<>();
        Path whole = path.toAbsolutePath().normalize();
        for (Path start : Files.exists(whole) ? List.of(whole, whole.toRealPath()) : List.of(whole)) {
            for (Path at = start; at != null; at = at.getParent()) {
                if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                    all.add(at);
                }
            }
        }
        return all;
    }

    private static Optional<String> complaint(Path path, UserPrincipal me) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        UserPrincipal owner = attributes.owner();
        if (!owner.equals(me) && !isRoot(path)) {
            return Optional.of(path + " belongs to " + owner.getName() + ", who could change what Shoebox does as "
                    + me.getName() + ". Run Shoebox as " + owner.getName() + ", or: sudo chown " + me.getName() + " "
                    + quoted(path));
        }
        if (attributes.isSymbolicLink() || isSticky(path)) {
            // A link has no permissions of its own, and in a folder like /tmp nobody can move the files of others.
            return Optional.empty();
        }
        boolean isOpen = attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
        boolean isGroups = attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                && !isPrivate(attributes.group().getName(), owner.getName());
        return isOpen || isGroups
                ? Optional.of(path + " may be written by "
                        + (isOpen
                                ? "everybody"
                                : "the group " + attributes.group().getName())
                        + ", who could make Shoebox run their commands. Fix it with: chmod "
                        + (isOpen && isGroups ? "go" : isOpen ? "o" : "g") + "-w " + quoted(path))
                : Optional.empty();
    }

    private static boolean isRoot(Path path) throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    }

    private static boolean isSticky(Path path) throws IOException {
        int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && (mode & 01000) != 0;
    }

    /** Many systems give each user a private group of the same name. */
    private static boolean isPrivate(String group, String owner) throws IOException {
        Path groups = Path.of("/etc/group");
        if (!group.equals(owner) || owner.equals(ROOT) || !Files.isReadable(groups)) {
            return false;
        }
        return Files.readAllLines(groups).stream()
                .map(line -> line.split(":", -1))
                .anyMatch(fields -> fields.length == 4
                        && fields[0].equals(group)
                        && (fields[3].isBlank() || fields[3].strip().equals(owner)));
    }

    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[\\p{L}\\p{N}._/@%+,=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
