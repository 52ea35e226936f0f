package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.records.BackupStatus;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.photos.source.SourceId;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Maps the notes of libraries to files of the backup. */
final class NotedFiles {
    private static final int PAGE = 2000;

    private final Catalogue catalogue;
    private final Function<SourceId, Optional<LibraryNotes>> libraries;

    NotedFiles(Catalogue catalogue, Function<SourceId, Optional<LibraryNotes>> libraries) {
        this.catalogue = catalogue;
        this.libraries = libraries;
    }

    /** Returns the files of each album, as paths relative to the root. */
    SortedMap<AlbumPath, SortedSet<String>> albums() throws DestinationException {
        SortedMap<AlbumPath, SortedSet<String>> albums = new TreeMap<>();
        forEach((path, note) -> {
            for (AlbumPath album : note.albums()) {
                albums.computeIfAbsent(album, name -> new TreeSet<>()).add(path);
            }
        });
        return albums;
    }

    /** Returns the persons on each file, by its path relative to the root. */
    Map<String, SortedSet<String>> persons() throws DestinationException {
        Map<String, SortedSet<String>> persons = new HashMap<>();
        forEach((path, note) -> {
            if (!note.persons().isEmpty()) {
                persons.computeIfAbsent(path, file -> new TreeSet<>()).addAll(note.persons());
            }
        });
        return persons;
    }

    private void forEach(BiConsumer<String, LibraryNote> take) throws DestinationException {
        for (BackupStatus status : catalogue.status()) {
            Map<String, LibraryNote> byAsset = new HashMap<>();
            libraries.apply(status.source()).ifPresent(kept -> kept.notes()
                    .forEach(note -> byAsset.put(note.asset(), note)));
            if (!byAsset.isEmpty()) {
                forEach(status.source(), byAsset, take);
            }
        }
    }

    /**
     * Visits the files of noted assets. A note is about the photo that has the name now; others may have had it before,
     * because phones restart their numbers.
     */
    private void forEach(SourceId source, Map<String, LibraryNote> byAsset, BiConsumer<String, LibraryNote> take)
            throws DestinationException {
        Map<String, List<StoredFile>> reused = new HashMap<>();
        for (String asset : reused(source, byAsset.keySet())) {
            reused.put(asset, new ArrayList<>());
        }
        forEach(source, row -> {
            LibraryNote note = byAsset.get(row.asset());
            List<StoredFile> several = reused.get(row.asset());
            if (several != null) {
                several.add(row);
            } else if (note != null) {
                take.accept(row.path(), note);
            }
        });
        reused.forEach((asset, rows) -> {
            LibraryNote note = byAsset.get(asset);
            latest(rows, note.path()).forEach(row -> take.accept(row.path(), note));
        });
    }

    /** Returns those of these assets that had several originals. */
    private Set<String> reused(SourceId source, Set<String> assets) throws DestinationException {
        Set<String> reused = new HashSet<>();
        StoredFile[] before = new StoredFile[1];
        // Sorted by path, so files of one asset are adjacent.
        forEach(source, row -> {
            if (isOriginal(row) && assets.contains(row.asset())) {
                if (before[0] != null
                        && before[0].asset().equals(row.asset())
                        && !before[0].path().equals(row.path())) {
                    reused.add(row.asset());
                }
                before[0] = row;
            }
        });
        return reused;
    }

    /** Returns the files of the photo whose original was modified last, among those that had it at that path. */
    private static List<StoredFile> latest(List<StoredFile> rows, String path) {
        return Asset.apart(rows, NotedFiles::resource, StoredFile::path, (original, file) -> false).stream()
                .filter(files -> files.get(0).file().path().equals(path))
                .max(Comparator.comparing(files -> files.get(0).file().modified()))
                .orElse(List.of());
    }

    private static boolean isOriginal(StoredFile row) {
        return resource(row).isPrimary();
    }

    private static Resource resource(StoredFile row) {
        return new Resource(row.file(), row.role());
    }

    private void forEach(SourceId source, Consumer<StoredFile> take) throws DestinationException {
        List<StoredFile> page = catalogue.stored(source, PAGE);
        while (!page.isEmpty()) {
            page.forEach(take);
            page = catalogue.storedAfter(page.get(page.size() - 1), source, PAGE);
        }
    }
}
