package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.records.BackupStatus;
import dev.shoebox.destination.records.Catalogue;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.photos.source.SourceId;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Of which files that are here libraries said something when they were last read. */
final class NotedFiles {
    private static final int PAGE = 2000;

    private final Catalogue catalogue;
    private final Function<SourceId, Optional<LibraryNotes>> libraries;

    NotedFiles(Catalogue catalogue, Function<SourceId, Optional<LibraryNotes>> libraries) {
        this.catalogue = catalogue;
        this.libraries = libraries;
    }

    /** The files of each album, as paths relative to the root. */
    SortedMap<AlbumPath, SortedSet<String>> albums() throws DestinationException {
        SortedMap<AlbumPath, SortedSet<String>> albums = new TreeMap<>();
        forEach((path, note) -> {
            for (AlbumPath album : note.albums()) {
                albums.computeIfAbsent(album, name -> new TreeSet<>()).add(path);
            }
        });
        return albums;
    }

    /** Who is on which file, by its path relative to the root. */
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
            List<StoredFile> page = byAsset.isEmpty() ? List.of() : page(status.source(), Optional.empty());
            while (!page.isEmpty()) {
                for (StoredFile row : page) {
                    Optional.ofNullable(byAsset.get(row.asset())).ifPresent(note -> take.accept(row.path(), note));
                }
                page = page(status.source(), Optional.of(page.get(page.size() - 1)));
            }
        }
    }

    private List<StoredFile> page(SourceId source, Optional<StoredFile> after) throws DestinationException {
        return catalogue.stored(source, after, PAGE);
    }
}
