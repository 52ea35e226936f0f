package dev.shoebox.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Folders of links to photos of a backup: relative symbolic links, else hard links, else a list of paths. What is made once is
 * made better by the next time: links that lead nowhere any more, or to what is no longer in the album, go. Nothing else is
 * ever removed, and no file that lies in the way is replaced.
 */
final class AlbumLinks {
    private static final int LONGEST_NAME = 100;

    private final Path root;
    private final Path folder;

    /** How the photos of an album are pointed at. */
    enum Kind {
        SYMBOLIC_LINKS,
        HARD_LINKS,
        LIST
    }

    /**
     * @param root of the backup
     * @param folder that the folders of albums go into
     */
    AlbumLinks(Path root, Path folder) {
        this.root = root.toAbsolutePath().normalize();
        this.folder = folder.toAbsolutePath().normalize();
    }

    Path folder() {
        return folder;
    }

    /** @param files of the album, relative to the root, joined by {@code /} */
    Kind make(String album, List<String> files) throws IOException {
        Path place = folder;
        for (String component : album.split("/", -1)) {
            place = place.resolve(safe(component));
        }
        requireInside(place);
        Files.createDirectories(place);
        Set<String> names = new HashSet<>();
        Kind kind = Kind.SYMBOLIC_LINKS;
        Set<Path> made = new HashSet<>();
        for (String file : files) {
            Path photo = root.resolve(file);
            Path link = place.resolve(unused(photo.getFileName().toString(), names));
            if (kind == Kind.SYMBOLIC_LINKS && !symbolic(link, photo)) {
                kind = Kind.HARD_LINKS;
            }
            if (kind == Kind.HARD_LINKS && !hard(link, photo)) {
                kind = Kind.LIST;
                break;
            }
            made.add(link);
        }
        if (kind == Kind.LIST) {
            list(place.resolve("photos.txt"), files);
        } else {
            removeStale(place, made);
        }
        return kind;
    }

    /** Nobody's link in this tree leads the folders somewhere else. */
    private void requireInside(Path place) throws IOException {
        for (Path at = place; at != null && at.startsWith(folder) && !at.equals(folder); at = at.getParent()) {
            if (Files.isSymbolicLink(at)) {
                throw new FileAlreadyExistsException(at.toString(), null, "a link is in the way; move it away");
            }
        }
    }

    private static boolean symbolic(Path link, Path photo) {
        Path target = link.getParent().relativize(photo);
        try {
            if (Files.isSymbolicLink(link)) {
                if (Files.readSymbolicLink(link).equals(target)) {
                    return true;
                }
                Files.delete(link);
            }
            Files.createSymbolicLink(link, target);
            return true;
        } catch (IOException | UnsupportedOperationException none) {
            return Files.exists(link, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static boolean hard(Path link, Path photo) {
        try {
            Files.createLink(link, photo);
            return true;
        } catch (IOException | UnsupportedOperationException none) {
            return Files.exists(link, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static void list(Path file, List<String> paths) throws IOException {
        if (Files.isSymbolicLink(file)) {
            throw new FileAlreadyExistsException(file.toString(), null, "a link is in the way; move it away");
        }
        Files.write(file, paths);
    }

    /** Symbolic links into the backup are ours; whatever else lies there is somebody's own. */
    private void removeStale(Path place, Set<Path> made) throws IOException {
        try (Stream<Path> all = Files.list(place)) {
            for (Path link : all.toList()) {
                boolean ours = Files.isSymbolicLink(link)
                        && place.resolve(Files.readSymbolicLink(link))
                                .normalize()
                                .startsWith(root);
                if (ours && !made.contains(link)) {
                    Files.delete(link);
                }
            }
        }
    }

    private static String unused(String name, Set<String> names) {
        int dot = name.lastIndexOf('.');
        String stem = dot <= 0 ? name : name.substring(0, dot);
        String extension = dot <= 0 ? "" : name.substring(dot);
        String free = name;
        for (int count = 2; !names.add(free.toLowerCase(Locale.ROOT)); count++) {
            free = stem + "-" + count + extension;
        }
        return free;
    }

    /** A title is a person's free text: as a folder it must be one component, on every disk. */
    private static String safe(String title) {
        String safe = title.replaceAll("[\"*/:<>?\\\\|\\p{Cntrl}]", "_").strip();
        safe = safe.replaceFirst("^\\.+", "_").replaceFirst("[. ]+$", "_");
        safe = safe.length() > LONGEST_NAME ? safe.substring(0, LONGEST_NAME) : safe;
        return safe.isEmpty() ? "_" : safe;
    }
}
