package dev.shoebox.destination.proof;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Manifest;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The files of a shoebox that are listed, or are companions of listed ones.
 *
 * @param uncatalogued files that only the manifest lists
 * @param byFolded these, by {@link Names#fold}
 */
record ListedNames(Disk disk, Catalogue catalogue, Set<String> uncatalogued, Map<String, String> byFolded) {
    static ListedNames of(Disk disk, Catalogue catalogue, Set<String> uncatalogued) {
        Map<String, String> byFolded = new HashMap<>();
        uncatalogued.forEach(path -> byFolded.putIfAbsent(Names.fold(path), path));
        return new ListedNames(disk, catalogue, uncatalogued, byFolded);
    }

    boolean has(String path) throws IOException {
        return isListed(path) || isListedOtherwise(path);
    }

    private boolean isListed(String path) throws DestinationException {
        return uncatalogued.contains(path) || catalogue.at(path).isPresent() || isSidecar(path);
    }

    /** Returns whether another form of the name is listed: some disks return names in another case, or decomposed. */
    private boolean isListedOtherwise(String path) throws IOException {
        String folded = Names.fold(path);
        for (String listed : catalogue.folded(folded)) {
            if (isSame(listed, path)) {
                return true;
            }
        }
        String photo = Names.withoutExtension(path);
        String ending = path.substring(photo.length());
        for (String listed : catalogue.folded(Names.fold(photo))) {
            if (isSidecar(listed + ending) && isSame(listed + ending, path)) {
                return true;
            }
        }
        String alone = byFolded.get(folded);
        if (alone != null) {
            return isSame(alone, path);
        }
        return folded.equals(Names.fold(Manifest.FILE)) && isSame(Manifest.FILE, path);
    }

    private boolean isSame(String listed, String path) throws IOException {
        return !listed.equals(path)
                && disk.look(listed).isPresent()
                && disk.key(listed).equals(disk.key(path));
    }

    private boolean isSidecar(String path) throws DestinationException {
        return (path.endsWith(".xmp") || path.endsWith(".json"))
                && catalogue.at(Names.withoutExtension(path)).isPresent();
    }
}
