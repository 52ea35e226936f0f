package dev.shoebox.photos;

import dev.shoebox.photos.LibraryAsset.Original;
import dev.shoebox.photos.LibraryAsset.Place;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.LibraryAsset.Upload;
import dev.shoebox.photos.naming.AlbumPath;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Assets of a Photos library, made by hand. */
public final class LibraryAssets {
    private final String path;
    private final Role kind;
    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
    private final List<Original> originals = new ArrayList<>();
    private Optional<String> originalName = Optional.empty();
    private Optional<Instant> created = Optional.empty();
    private Optional<ZoneOffset> offset = Optional.empty();
    private Optional<String> title = Optional.empty();
    private Optional<String> caption = Optional.empty();
    private List<String> keywords = List.of();
    private List<AlbumPath> albums = List.of();
    private Optional<Place> place = Optional.empty();
    private Upload upload = Upload.UNKNOWN;

    private LibraryAssets(String path, Role kind) {
        this.path = path;
        this.kind = kind;
    }

    public static LibraryAssets photo(String path) {
        return new LibraryAssets(path, Role.PHOTO);
    }

    public static LibraryAssets video(String path) {
        return new LibraryAssets(path, Role.VIDEO);
    }

    public LibraryAssets is(Trait... are) {
        traits.addAll(List.of(are));
        return this;
    }

    public LibraryAssets originally(String name) {
        originalName = Optional.of(name);
        return this;
    }

    public LibraryAssets created(String instant) {
        created = Optional.of(Instant.parse(instant));
        return this;
    }

    public LibraryAssets offset(int hours) {
        offset = Optional.of(ZoneOffset.ofHours(hours));
        return this;
    }

    public LibraryAssets words(String newTitle, String newCaption, String... newKeywords) {
        title = Optional.of(newTitle);
        caption = Optional.of(newCaption);
        keywords = List.of(newKeywords);
        return this;
    }

    /** @param names with folders before them: {@code Travel/Oslo} */
    public LibraryAssets in(String... names) {
        return in(Stream.of(names).map(name -> AlbumPath.of(name.split("/"))).toArray(AlbumPath[]::new));
    }

    public LibraryAssets in(AlbumPath... paths) {
        albums = List.of(paths);
        return this;
    }

    public LibraryAssets at(double latitude, double longitude) {
        place = Optional.of(new Place(latitude, longitude));
        return this;
    }

    public LibraryAssets upload(Upload state) {
        upload = state;
        return this;
    }

    public LibraryAssets original(Role role, boolean here, boolean inCloud, long bytes) {
        originals.add(new Original(role, Optional.of(here), Optional.of(inCloud), OptionalLong.of(bytes)));
        return this;
    }

    public LibraryAsset build() {
        return new LibraryAsset(
                path,
                kind,
                traits,
                new LibraryAsset.Taken(created, offset, place, Optional.empty()),
                new LibraryAsset.Words(originalName, title, caption, keywords),
                new LibraryAsset.Membership(albums, Optional.empty()),
                new LibraryAsset.OriginalFiles(upload, originals));
    }
}
