package dev.shoebox.destination;

import dev.shoebox.photos.Asset;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.naming.AlbumPath;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a source's Photos library said of one asset, and no file tells.
 *
 * @param path of the primary original on the source
 * @param albums that it is in
 * @param persons to whom the phone's owner gave a name, and who are on it
 * @param marks what its owner made of it: {@link Trait#HIDDEN}, {@link Trait#FAVOURITE}
 * @param absent originals that were not on the source
 * @param bytes of these
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

    /** The {@link Asset#key} of its files. */
    public String asset() {
        return Asset.keyOf(path);
    }
}
