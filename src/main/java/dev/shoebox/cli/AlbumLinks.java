package dev.shoebox.cli;

import dev.shoebox.photos.AlbumPath;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Folders of links to photos of a backup: relative symbolic links, else hard links, else a list of paths. What was made is
 * written down beside it, and only that goes or is renewed when the album changes, and only while it is as it was made:
 * whatever a person put there or changed stays, and the next free name is taken.
 */
final class AlbumLinks {
    private static final int LONGEST_NAME = 100;
    private static final int DIGITS = 8;

    private final Path root;
    private final Path folder;
    private final Map<String, AlbumPath> places = new HashMap<>();

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
    Kind make(AlbumPath album, List<String> files) throws IOException {
        Path place = place(album);
        requireInside(place);
        Files.createDirectories(place);
        AlbumRecord record = AlbumRecord.read(place);
        Map<String, String> made = new TreeMap<>();
        Kind kind = Kind.SYMBOLIC_LINKS;
        for (String file : files) {
            Path photo = root.resolve(file);
            if (kind == Kind.SYMBOLIC_LINKS && !symbolic(place, photo, record, made)) {
                kind = Kind.HARD_LINKS;
            }
            if (kind == Kind.HARD_LINKS && !hard(place, photo, made)) {
                kind = Kind.LIST;
                break;
            }
        }
        if (kind == Kind.LIST) {
            list(place, files, record, made);
        }
        record.removeOthers(made);
        record.write(made);
        return kind;
    }

    /** Albums whose titles make the same safe name have a folder each. */
    private Path place(AlbumPath album) {
        Path place = folder;
        for (String title : album.titles()) {
            place = place.resolve(safe(title));
        }
        String digits = Sha256.hex(String.join("\0", album.titles())).substring(0, DIGITS);
        Path own = place.resolveSibling(place.getFileName() + "-" + digits);
        String key = folder.relativize(place).toString().toLowerCase(Locale.ROOT);
        return places.computeIfAbsent(key, first -> album).equals(album) ? place : own;
    }

    /** Nobody's link in this tree leads the folders somewhere else. */
    private void requireInside(Path place) throws IOException {
        for (Path at = place; at != null && at.startsWith(folder) && !at.equals(folder); at = at.getParent()) {
            if (Files.isSymbolicLink(at)) {
                throw new FileAlreadyExistsException(at.toString(), null, "a link is in the way; move it away");
            }
        }
    }

    private static boolean symbolic(Path place, Path photo, AlbumRecord record, Map<String, String> made)
            throws IOException {
        String target = place.relativize(photo).toString();
        Names names = new Names(photo.getFileName().toString());
        for (String name = names.next(); ; name = names.next()) {
            Path link = place.resolve(name);
            boolean isFree = !made.containsKey(name) && (record.isOurs(name) || !isThere(link));
            if (!made.containsKey(name) && AlbumRecord.leads(link, target)) {
                made.put(name, target);
                return true;
            }
            if (isFree) {
                try {
                    if (record.isOurs(name)) {
                        Files.delete(link);
                    }
                    Files.createSymbolicLink(link, place.getFileSystem().getPath(target));
                } catch (IOException | UnsupportedOperationException none) {
                    return false;
                }
                made.put(name, target);
                return true;
            }
        }
    }

    private static boolean hard(Path place, Path photo, Map<String, String> made) throws IOException {
        Names names = new Names(photo.getFileName().toString());
        for (String name = names.next(); ; name = names.next()) {
            Path link = place.resolve(name);
            boolean isIt = isThere(link) && Files.isSameFile(link, photo);
            if (!made.containsKey(name) && (isIt || !isThere(link))) {
                try {
                    if (!isIt) {
                        Files.createLink(link, photo);
                    }
                } catch (IOException | UnsupportedOperationException none) {
                    return false;
                }
                // Another name of a photo takes no room: none is ever removed, so nothing of it need be written down.
                made.put(name, "");
                return true;
            }
        }
    }

    private static boolean isThere(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static void list(Path place, List<String> paths, AlbumRecord record, Map<String, String> made)
            throws IOException {
        byte[] text = (String.join("\n", paths) + "\n").getBytes(StandardCharsets.UTF_8);
        made.keySet().removeIf(name -> made.get(name).isEmpty());
        Names names = new Names("photos.txt");
        for (String name = names.next(); ; name = names.next()) {
            Path file = place.resolve(name);
            if (record.isOurs(name)) {
                Files.delete(file);
            }
            if (!isThere(file)) {
                Files.write(file, text, StandardOpenOption.CREATE_NEW);
                made.put(name, AlbumRecord.digest(text));
                return;
            }
        }
    }

    /** {@code IMG_1.HEIC}, {@code IMG_1-2.HEIC} and so on. */
    private static final class Names {
        private final String stem;
        private final String extension;
        private int count;

        Names(String name) {
            int dot = name.lastIndexOf('.');
            stem = dot <= 0 ? name : name.substring(0, dot);
            extension = dot <= 0 ? "" : name.substring(dot);
        }

        String next() {
            count++;
            return count == 1 ? stem + extension : stem + "-" + count + extension;
        }
    }

    /** A title is a person's free text: as a folder it must be one component, on every disk. */
    private static String safe(String title) {
        String safe = title.replaceAll("[\"*/:<>?\\\\|\\p{Cntrl}]", "_").strip();
        safe = safe.replaceFirst("^\\.+", "_").replaceFirst("[. ]+$", "_");
        safe = safe.length() > LONGEST_NAME ? safe.substring(0, LONGEST_NAME) : safe;
        return safe.isEmpty() ? "_" : safe;
    }
}
