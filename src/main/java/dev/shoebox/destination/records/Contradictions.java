package dev.shoebox.destination.records;

import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.Disk;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds the photos that {@code SHA256SUMS} lists with other content than they were stored with: somebody changed a line of ours, or the
 * photo and its line. Nobody can tell which of the two is right but by reading the file.
 */
public final class Contradictions {
    private Contradictions() {}

    /** Their paths, where the manifest is not as it was when it was taken in; empty where it is. */
    public static Set<String> known(Disk disk, Catalogue catalogue) throws IOException {
        AppendOnlyLines.Position position = catalogue.position(Manifest.LINES);
        boolean isAsTakenIn = position.check() >= 0
                && disk.look(Manifest.FILE)
                        .filter(file -> file.size() == position.end())
                        .isPresent();
        return isAsTakenIn ? Set.of() : read(disk, catalogue);
    }

    /** Their paths, found by reading the whole manifest. */
    public static Set<String> read(Disk disk, Catalogue catalogue) throws IOException {
        Set<String> paths = new HashSet<>();
        Manifest.read(disk, 0, (line, end) -> {
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
