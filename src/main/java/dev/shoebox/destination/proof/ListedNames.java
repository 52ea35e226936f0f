package dev.shoebox.destination.proof;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.records.Catalogue;

import java.io.IOException;
import java.text.Normalizer;
import java.util.Set;

/**
 * The files of a shoebox that are listed, or are companions of listed ones.
 *
 * @param uncatalogued files that only the manifest lists
 */
record ListedNames(Disk disk, Catalogue catalogue, Set<String> uncatalogued) {
    boolean has(String path) throws IOException {
        return isListed(path) || isListedComposed(path);
    }

    private boolean isListed(String path) throws DestinationException {
        return uncatalogued.contains(path) || catalogue.at(path).isPresent() || isSidecar(path);
    }

    /** Returns whether the name is listed in composed form: some disks return names with decomposed accents. */
    private boolean isListedComposed(String path) throws IOException {
        String composed = Normalizer.normalize(path, Normalizer.Form.NFC);
        return !composed.equals(path)
                && isListed(composed)
                && disk.look(composed).isPresent()
                && disk.key(composed).equals(disk.key(path));
    }

    private boolean isSidecar(String path) throws DestinationException {
        return (path.endsWith(".xmp") || path.endsWith(".json"))
                && catalogue.at(Names.withoutExtension(path)).isPresent();
    }
}
