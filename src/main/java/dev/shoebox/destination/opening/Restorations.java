package dev.shoebox.destination.opening;

import dev.shoebox.destination.aside.LeftFiles;
import dev.shoebox.destination.aside.SetAside;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.parts.LeftParts;
import dev.shoebox.destination.records.Journal.Restoring;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The files that an interrupted repair was about to restore. */
final class Restorations {
    private final Disk disk;
    private final LeftFiles left;
    private final Map<String, Restoring> byPath = new LinkedHashMap<>();

    Restorations(Disk disk, LeftFiles left) {
        this.disk = disk;
        this.left = left;
    }

    void add(Restoring file) {
        byPath.put(file.path(), file);
    }

    /** These files are durable: a repair verifies a file only then, and other commands recover first. */
    void areVerified(List<String> paths) {
        paths.forEach(byPath::remove);
    }

    /** All files so far are durable. */
    void clear() {
        byPath.clear();
    }

    boolean isEmpty() {
        return byPath.isEmpty();
    }

    /**
     * Forces the files. They look right until the system stops, but may never have been forced, or may share their bytes with
     * their partial files.
     */
    void secure() throws IOException {
        Set<Long> sizes = byPath.values().stream().map(Restoring::size).collect(Collectors.toSet());
        Map<String, List<String>> partials = left.partials(sizes, SetAside::isOfRepair);
        for (Restoring file : byPath.values()) {
            if (!isThere(file)) {
                continue;
            }
            List<String> twins = partials.getOrDefault(file.sha256(), List.of());
            if (!twins.isEmpty()) {
                left.setAsideTwins(file.path(), twins);
            } else if (!left.isKept(file.path(), file.modified())) {
                left.setAside(file.path());
            }
            left.forceFolder(Names.folder(file.path()));
        }
    }

    /** Returns whether the restored file is there; an incomplete file in parts is set aside. */
    private boolean isThere(Restoring file) throws IOException {
        if (!left.mayBeInParts(file.path(), file.size())) {
            return disk.hasFile(file.path());
        }
        LeftParts.Left found;
        try {
            found = left.inParts(file.path(), file.sha256(), file.size(), SetAside::isOfRepair);
        } catch (IOException unreadable) {
            return false;
        }
        left.setAside(found);
        return found.isWhole();
    }
}
