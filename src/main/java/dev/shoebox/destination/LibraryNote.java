package dev.shoebox.destination;

import dev.shoebox.photos.Asset;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.naming.AlbumPath;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Facts about one asset from a source's Photos library that are not in any file.
 *
 * @param path of the primary original on the source
 * @param albums the albums that contain it
 * @param persons the persons on it who are named on the phone
 * @param marks {@link Trait#HIDDEN}, {@link Trait#FAVOURITE}
 * @param absent originals that were not on the source
 * @param bytes the size of these
 */
public record LibraryNote(
        String path,
        List<AlbumPath> albums,
        List<String> persons,
        Set<Trait> marks,
        List<Role> absent,
        OptionalLong bytes) {
    public LibraryNote {
        albums = List.copyOf(albums);
        persons = List.copyOf(persons);
        marks = Set.copyOf(marks);
        absent = List.copyOf(absent);
    }

    /** Returns the {@link Asset#key} of its files. */
    public String asset() {
        return Asset.keyOf(path);
    }
}
