package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.disk.PathDisk;
import dev.shoebox.destination.records.Identity;
import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Folders of links to photos of a backup: relative symbolic links, else hard links, else a list of paths. A record
 * beside the links lists what was made. Only these links are removed or renewed when the album changes, and only while
 * they are unchanged: files that the user added or changed stay, and the next free name is used.
 */
public final class AlbumLinks {
    private static final int DIGITS = 8;

    private final Disk disk;
    private final String base;
    private final Photos photos;
    private final Map<String, AlbumPath> places = new HashMap<>();

    /** How photos of an album are linked. */
    public enum Kind {
        SYMBOLIC_LINKS,
        HARD_LINKS,
        LIST
    }

    /** The location of the photos as seen from album folders. A photo is a path relative to the root of the backup. */
    private interface Photos {
        /** Relative to that folder. */
        String target(String folder, String photo);

        boolean isSame(String photo, String path) throws IOException;

        void link(String photo, String path) throws IOException;
    }

    private AlbumLinks(Disk disk, String base, Photos photos) {
        this.disk = disk;
        this.base = base;
        this.photos = photos;
    }

    /** Returns links in the albums folder of a backup that is open for writing. */
    public static AlbumLinks in(Destination opened) {
        return within(writable(opened), Destination.ALBUMS);
    }

    /**
     * Returns links in any folder, which is created if necessary.
     *
     * @param opened open for writing, so that nothing moves the photos meanwhile
     * @param root of that backup
     */
    public static AlbumLinks in(Destination opened, Path root, Path folder) throws DestinationException {
        Disk disk = writable(opened);
        try {
            Path backup = root.toRealPath();
            Path wanted = folder.toAbsolutePath().normalize();
            if (wanted.startsWith(backup.resolve(Identity.FOLDER))
                    || wanted.startsWith(root.toAbsolutePath().normalize().resolve(Identity.FOLDER))) {
                throw ours();
            }
            Path real = Files.createDirectories(folder.toAbsolutePath()).toRealPath();
            if (!real.startsWith(backup)) {
                return new AlbumLinks(new PathDisk(real), "", new Elsewhere(backup, real));
            }
            String base = slashed(backup.relativize(real));
            if (base.equals(Identity.FOLDER) || base.startsWith(Identity.FOLDER + "/")) {
                throw ours();
            }
            return within(disk, base);
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        }
    }

    private static DestinationException ours() {
        return new DestinationException.Lost(
                "Album folders cannot be inside " + Identity.FOLDER + "; choose another folder.");
    }

    /** @param base relative to the root of the backup, empty for the root */
    static AlbumLinks within(Disk disk, String base) {
        return new AlbumLinks(disk, base, new Photos() {
            @Override
            public String target(String folder, String photo) {
                return "../".repeat(folder.split("/").length) + photo;
            }

            @Override
            public boolean isSame(String photo, String path) throws IOException {
                return disk.isSame(photo, path);
            }

            @Override
            public void link(String photo, String path) throws IOException {
                disk.link(photo, path);
            }
        });
    }

    private static Disk writable(Destination opened) {
        if (opened.opened().writing().isEmpty()) {
            throw new IllegalStateException("opened for looking only");
        }
        return opened.opened().disk();
    }

    private static String slashed(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    /** @param folder the folder for albums, outside the backup; both are real paths */
    private record Elsewhere(Path backup, Path folder) implements Photos {
        @Override
        public String target(String place, String photo) {
            Path file = backup.resolve(photo);
            try {
                return slashed(folder.resolve(place).relativize(file));
            } catch (IllegalArgumentException otherDrive) {
                return slashed(file);
            }
        }

        @Override
        public boolean isSame(String photo, String path) throws IOException {
            Path link = folder.resolve(path);
            return Files.isRegularFile(link, LinkOption.NOFOLLOW_LINKS)
                    && Files.isSameFile(link, backup.resolve(photo));
        }

        @Override
        public void link(String photo, String path) throws IOException {
            try {
                Files.createLink(folder.resolve(path), backup.resolve(photo));
            } catch (UnsupportedOperationException none) {
                throw new IOException("hard links are not supported", none);
            }
        }
    }

    /** @param files the files of the album, relative to the root of the backup, with {@code /} between components */
    public Kind make(AlbumPath album, Collection<String> files) throws DestinationException {
        try {
            String place = place(album);
            makeFolders(place);
            AlbumRecord record = AlbumRecord.read(disk, place);
            Map<String, String> made = new TreeMap<>();
            Kind kind = links(place, files, record, made);
            record.removeOthers(made);
            record.write(made);
            return kind;
        } catch (IOException e) {
            throw DestinationException.of(e, disk);
        } finally {
            disk.letGo();
        }
    }

    private Kind links(String place, Collection<String> files, AlbumRecord record, Map<String, String> made)
            throws IOException {
        Kind kind = Kind.SYMBOLIC_LINKS;
        for (String photo : files) {
            if (kind == Kind.SYMBOLIC_LINKS && !symbolic(place, photo, record, made)) {
                kind = Kind.HARD_LINKS;
            }
            if (kind == Kind.HARD_LINKS && !hard(place, photo, made)) {
                list(place, files, record, made);
                return Kind.LIST;
            }
        }
        return kind;
    }

    /** Returns the folder of an album. Albums whose titles make the same safe name get separate folders. */
    private String place(AlbumPath album) {
        var place = new StringBuilder(base);
        for (String title : album.titles()) {
            place.append(place.isEmpty() ? "" : "/").append(Names.safe(title, Names.STEM_BYTES));
        }
        AlbumPath first = places.computeIfAbsent(Names.fold(place.toString()), fresh -> album);
        return first.equals(album)
                ? place.toString()
                : place + "-" + Sha256.hex(String.join("\0", album.titles())).substring(0, DIGITS);
    }

    private void makeFolders(String place) throws IOException {
        for (int end = place.indexOf('/'); ; end = place.indexOf('/', end + 1)) {
            String folder = end < 0 ? place : place.substring(0, end);
            Optional<Disk.Entry> there = disk.look(folder);
            if (there.isEmpty()) {
                disk.makeFolder(folder);
            } else if (there.get().kind() != Disk.Entry.Kind.FOLDER) {
                throw DestinationException.inTheWay(folder, "folder");
            }
            if (end < 0) {
                return;
            }
        }
    }

    private boolean symbolic(String place, String photo, AlbumRecord record, Map<String, String> made)
            throws IOException {
        String target = photos.target(place, photo);
        FreeNames names = new FreeNames(Names.last(photo));
        for (String name = names.next(); ; name = names.next()) {
            String link = place + "/" + name;
            if (made.containsKey(name)) {
                continue;
            }
            boolean isOurs = record.isOurs(name);
            if (disk.leadsTo(link).equals(Optional.of(target))) {
                // The same link made by the user serves as well, and stays theirs.
                made.put(name, isOurs ? target : "");
                return true;
            }
            if (isOurs || !isThere(link)) {
                try {
                    if (isOurs) {
                        disk.delete(link);
                    }
                    disk.symbolicLink(target, link);
                } catch (IOException none) {
                    return false;
                }
                made.put(name, target);
                return true;
            }
        }
    }

    private boolean hard(String place, String photo, Map<String, String> made) throws IOException {
        FreeNames names = new FreeNames(Names.last(photo));
        for (String name = names.next(); ; name = names.next()) {
            String link = place + "/" + name;
            if (made.containsKey(name)) {
                continue;
            }
            boolean isIt = isThere(link) && photos.isSame(photo, link);
            if (isIt || !isThere(link)) {
                try {
                    if (!isIt) {
                        photos.link(photo, link);
                    }
                } catch (IOException none) {
                    return false;
                }
                // A second name of a photo takes no space and is never removed, so it is not recorded.
                made.put(name, "");
                return true;
            }
        }
    }

    private void list(String place, Collection<String> files, AlbumRecord record, Map<String, String> made)
            throws IOException {
        byte[] text = (String.join("\n", files) + "\n").getBytes(StandardCharsets.UTF_8);
        made.values().removeIf(String::isEmpty);
        FreeNames names = new FreeNames("photos.txt");
        for (String name = names.next(); ; name = names.next()) {
            String file = place + "/" + name;
            if (record.isOurs(name)) {
                disk.delete(file);
            }
            if (!isThere(file)) {
                AlbumRecord.write(disk, file, text);
                made.put(name, AlbumRecord.digest(text));
                return;
            }
        }
    }

    private boolean isThere(String path) throws IOException {
        return disk.look(path).isPresent();
    }

    /** Finds free names: {@code IMG_1.HEIC}, {@code IMG_1-2.HEIC} and so on. */
    private static final class FreeNames {
        private final String stem;
        private final String extension;
        private int count;

        FreeNames(String name) {
            int dot = name.lastIndexOf('.');
            stem = dot <= 0 ? name : name.substring(0, dot);
            extension = dot <= 0 ? "" : name.substring(dot);
        }

        String next() {
            count++;
            return count == 1 ? stem + extension : stem + "-" + count + extension;
        }
    }
}
