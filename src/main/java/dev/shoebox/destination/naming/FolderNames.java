package dev.shoebox.destination.naming;

import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.records.Manifest;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The folded names in the folders in use, read once and kept up to date. */
public final class FolderNames {
    private static final int REMEMBERED_FOLDERS = 128;

    private final Disk disk;
    private final Map<String, Set<String>> folded = new LinkedHashMap<>(16, 0.75f, true);

    public FolderNames(Disk disk) {
        this.disk = disk;
    }

    /** Returns whether the folder of a path has this name. */
    public boolean has(String path) throws IOException {
        return of(Names.folder(path)).contains(Names.fold(Names.last(path)));
    }

    /** Adds all names that a file {@linkplain Disk#takenBy needs}. */
    void addAll(List<String> taken) throws IOException {
        for (String path : taken) {
            of(Names.folder(path)).add(Names.fold(Names.last(path)));
        }
    }

    /** Removes a name that was not used after all. */
    public void remove(String path) {
        Set<String> names = folded.get(Names.folder(path));
        if (names != null) {
            names.remove(Names.fold(Names.last(path)));
        }
    }

    private Set<String> of(String folder) throws IOException {
        Set<String> names = folded.get(folder);
        if (names == null) {
            names = new HashSet<>();
            for (String name : disk.names(folder)) {
                names.add(Names.fold(name));
            }
            if (folder.isEmpty()) {
                names.add(Names.fold(Manifest.FILE));
            }
            folded.put(folder, names);
            if (folded.size() > REMEMBERED_FOLDERS) {
                var eldest = folded.entrySet().iterator();
                eldest.next();
                eldest.remove();
            }
        }
        return names;
    }
}
