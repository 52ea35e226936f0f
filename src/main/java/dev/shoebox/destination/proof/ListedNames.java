package dev.shoebox.destination.proof;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.records.Catalogue;

import java.io.IOException;
import java.text.Normalizer;
import java.util.Set;

/**
 * Which files of a shoebox are listed, or lie beside one that is.
 *
 * @param uncatalogued what only the manifest lists
 */
record ListedNames(Disk disk, Catalogue catalogue, Set<String> uncatalogued) {
    boolean has(String path) throws IOException {
        return isListed(path) || isListedComposed(path);
    }

    private boolean isListed(String path) throws DestinationException {
        return uncatalogued.contains(path) || catalogue.at(path).isPresent() || isSidecar(path);
    }

    /** Some disks give a name back with its accents apart from their letters: it is the same file under both forms. */
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
