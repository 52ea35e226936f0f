package dev.shoebox.destination.naming;

import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.Manifest;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds photos that {@code SHA256SUMS} lists with other content than they were stored with: somebody changed a line of
 * ours, or the photo and its line. Only reading the file shows which is right.
 */
public final class Contradictions {
    private Contradictions() {}

    /** Returns their paths. An unchanged part of the manifest that was read before has none. */
    public static Set<String> known(Disk disk, Catalogue catalogue) throws IOException {
        AppendOnlyLines.Position position = catalogue.position(Manifest.LINES);
        return read(disk, catalogue, AppendOnlyLines.isUnchanged(disk, Manifest.LINES, position) ? position.end() : 0);
    }

    /** Returns their paths after reading the whole manifest. */
    public static Set<String> read(Disk disk, Catalogue catalogue) throws IOException {
        return read(disk, catalogue, 0);
    }

    private static Set<String> read(Disk disk, Catalogue catalogue, long from) throws IOException {
        Set<String> paths = new HashSet<>();
        Manifest.read(disk, from, (line, end) -> {
            if (contradicts(line, catalogue)) {
                paths.add(line.path());
            }
        });
        return paths;
    }

    public static boolean contradicts(Manifest line, Catalogue catalogue) throws IOException {
        return catalogue
                .at(line.path())
                .filter(kept -> kept.role().isPresent() && !kept.sha256().equals(line.sha256()))
                .isPresent();
    }
}
