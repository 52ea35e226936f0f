package dev.shoebox.photos;

import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.fingerprint.Claim;
import dev.shoebox.photos.fingerprint.Claims;
import dev.shoebox.photos.fingerprint.Claims.Part;

import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;

/** The facts of a phone's own Photos library: its assets, and whether iCloud Photos is in use. */
public final class Library {
    /** Stands for a library that does not exist or cannot be read: it has no assets. */
    public static final Library NONE = new Library(List.of());

    private final AssetTable assets;
    private final AssetIndex byPath;
    private final AssetIndex byKey;
    private final Boolean icloud; // or null
    private final Uploads uploads;
    private final Claims claims;
    private final Map<String, List<String>> persons;

    public Library(List<LibraryAsset> assets) {
        this(assets, Uploads.UNTOLD);
    }

    /** Creates a library with uploads. */
    public Library(List<LibraryAsset> assets, Uploads uploads) {
        this(AssetTable.of(assets), uploads);
    }

    /** Creates a library that may be large. */
    public Library(AssetTable assets, Uploads uploads) {
        this.assets = assets;
        this.byPath = new AssetIndex(assets, path -> path, Library::livelier);
        this.byKey = new AssetIndex(assets, LibraryAsset::keyOf, Library::livelier);
        this.icloud = null;
        this.uploads = uploads;
        this.claims = Claims.NONE;
        this.persons = Map.of();
    }

    private Library(Library same, Boolean icloudOrNull, Claims claims, Map<String, List<String>> persons) {
        this.assets = same.assets;
        this.byPath = same.byPath;
        this.byKey = same.byKey;
        this.icloud = icloudOrNull;
        this.uploads = same.uploads;
        this.claims = claims;
        this.persons = persons;
    }

    /** Chooses between two entries for one path: a deleted one is not the file there now. */
    private static LibraryAsset livelier(LibraryAsset first, LibraryAsset second) {
        return first.is(Trait.TRASHED) && !second.is(Trait.TRASHED) ? second : first;
    }

    /** Returns the asset with this primary original, by {@link LibraryAsset#path}. */
    public Optional<LibraryAsset> at(String path) {
        return byPath.find(path);
    }

    /** Returns the index in {@link #assets} of the asset that {@link #at} returns for a path; -1 for none. */
    public int numberAt(String path) {
        return byPath.number(path);
    }

    /** Returns the path of one of {@link #assets}, which costs less than the asset. */
    public String path(int number) {
        return assets.path(number);
    }

    /** Returns the asset with this {@link Asset#key}: the first, if a still and a film share folder and name. */
    public Optional<LibraryAsset> find(String key) {
        return byKey.find(key);
    }

    /** Returns the asset with these files: by its original, else by the key. */
    public Optional<LibraryAsset> find(Asset asset) {
        for (Resource resource : asset.resources()) {
            Optional<LibraryAsset> named = byPath.find(resource.file().path());
            if (named.isPresent()) {
                return named;
            }
        }
        return find(asset.key());
    }

    /** Returns the assets in the library's order. In a large library each is created on access: iterate once. */
    public List<LibraryAsset> assets() {
        return new AssetList(assets);
    }

    private static final class AssetList extends AbstractList<LibraryAsset> implements RandomAccess {
        private final AssetTable assets;

        AssetList(AssetTable assets) {
            this.assets = assets;
        }

        @Override
        public LibraryAsset get(int index) {
            return assets.asset(index);
        }

        @Override
        public int size() {
            return assets.size();
        }
    }

    public int size() {
        return assets.size();
    }

    /** Returns whether this is a library, possibly empty, and not {@link #NONE}. */
    public boolean isThere() {
        return this != NONE;
    }

    /** Returns whether iCloud Photos is on; empty if unknown. */
    public Optional<Boolean> icloud() {
        return Optional.ofNullable(icloud);
    }

    /** Returns this library with more certain knowledge of whether iCloud Photos is on. */
    public Library withICloud(boolean on) {
        return !isThere() || (icloud != null && icloud == on) ? this : new Library(this, on, claims, persons);
    }

    /** Returns this library with claims about the bytes of its files. */
    public Library withClaims(Claims more) {
        return new Library(this, icloud, more, persons);
    }

    /**
     * Returns this library with the persons on its photos.
     *
     * @param named the named persons, by {@link LibraryAsset#path}
     */
    public Library withPersons(Map<String, List<String>> named) {
        return new Library(this, icloud, claims, Map.copyOf(named));
    }

    /** Returns the named persons on the asset with that {@link LibraryAsset#path}. */
    public List<String> persons(String path) {
        return persons.getOrDefault(path, List.of());
    }

    public Claims claims() {
        return claims;
    }

    /** Returns the claim about a file of an asset; empty if the library does not know the file. */
    public Optional<Claim> claim(Asset asset, Resource resource) {
        String path = resource.file().path();
        if (claims.isEmpty()) {
            return Optional.empty();
        }
        if (resource.role().isOriginal() && byPath.find(path).isPresent()) {
            return claims.find(Part.ORIGINAL, path);
        }
        Optional<Part> part =
                switch (resource.role()) {
                    case PAIRED_VIDEO -> Optional.of(Part.FILM);
                    case ALTERNATE_PHOTO -> Optional.of(Part.RAW);
                    case FULL_SIZE_PHOTO, FULL_SIZE_VIDEO -> Optional.of(Part.EDIT);
                    default -> Optional.empty();
                };
        return part.flatMap(which ->
                find(asset).filter(known -> known.isOf(asset)).flatMap(known -> claims.find(which, known.path())));
    }

    public Uploads uploads() {
        return uploads;
    }
}
