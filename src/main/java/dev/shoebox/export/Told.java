package dev.shoebox.export;

import dev.shoebox.photos.Asset;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Place;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.LibraryAsset.Upload;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.naming.AlbumPath;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an export says about one photo.
 *
 * @param name the original name of the file
 * @param albums the albums that contain it
 */
record Told(
        Optional<Instant> taken,
        Optional<String> name,
        Optional<String> description,
        Optional<Place> place,
        List<AlbumPath> albums,
        Set<Trait> traits) {
    /** For a photo of which only the folder says anything. */
    static final Told NOTHING =
            new Told(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Set.of());

    Told with(Trait trait) {
        Set<Trait> more = EnumSet.of(trait);
        more.addAll(traits);
        return new Told(taken, name, description, place, albums, more);
    }

    /** @param titles the titles of albums. No export has folders of albums */
    Told in(Set<String> titles) {
        List<AlbumPath> in = titles.stream().map(AlbumPath::of).toList();
        return new Told(taken, name, description, place, in, traits);
    }

    LibraryAsset asset(Asset files) {
        Set<Trait> all = EnumSet.of(Trait.EXPORTED);
        all.addAll(traits);
        return new LibraryAsset(
                files.primary().file().path(),
                files.primary().role() == Role.VIDEO ? Role.VIDEO : Role.PHOTO,
                all,
                new LibraryAsset.Taken(taken, Optional.empty(), place, Optional.empty()),
                new LibraryAsset.Words(name, Optional.empty(), description, List.of()),
                new LibraryAsset.Membership(albums, Optional.empty()),
                new LibraryAsset.OriginalFiles(Upload.UNKNOWN, List.of()));
    }
}
