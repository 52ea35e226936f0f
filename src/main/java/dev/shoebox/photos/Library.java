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

/** What a phone's own Photos library tells: which assets it has, and whether iCloud Photos is in use. */
public final class Library {
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

    /** A library that tells of uploads. */
    public Library(List<LibraryAsset> assets, Uploads uploads) {
        this(AssetTable.of(assets), uploads);
    }

    /** A library that may be large. */
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

    /** Of two entries for one place: what was thrown away is not what lies there now. */
    private static LibraryAsset livelier(LibraryAsset first, LibraryAsset second) {
        return first.is(Trait.TRASHED) && !second.is(Trait.TRASHED) ? second : first;
    }

    /** What the library knows of the asset that has this primary original, by {@link LibraryAsset#path}. */
    public Optional<LibraryAsset> at(String path) {
        return byPath.find(path);
    }

    /** Where among {@link #assets} that is which {@link #at} gives for a path; -1 for none. */
    public int numberAt(String path) {
        return byPath.number(path);
    }

    /** The path of one of {@link #assets}, which costs less than all of it. */
    public String path(int number) {
        return assets.path(number);
    }

    /** What the library knows of an asset, by {@link Asset#key}: the first, where a still and a film share folder and name. */
    public Optional<LibraryAsset> find(String key) {
        return byKey.find(key);
    }

    /** What the library knows of the asset that these files are: by the original that it names, else by the key. */
    public Optional<LibraryAsset> find(Asset asset) {
        for (Resource resource : asset.resources()) {
            Optional<LibraryAsset> named = byPath.find(resource.file().path());
            if (named.isPresent()) {
                return named;
            }
        }
        return find(asset.key());
    }

    /** In the order in which the library has them. Of a large library each is made when it is asked for: go through them once. */
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

    /** Whether iCloud Photos is on; empty where nothing tells. */
    public Optional<Boolean> icloud() {
        return Optional.ofNullable(icloud);
    }

    /** The same library, where something tells, or tells more surely, whether iCloud Photos is on. */
    public Library withICloud(boolean on) {
        return icloud != null && icloud == on ? this : new Library(this, on, claims, persons);
    }

    /** The same library, which also claims something of the bytes of its files. */
    public Library withClaims(Claims more) {
        return new Library(this, icloud, more, persons);
    }

    /**
     * The same library, which also knows who is on its photos.
     *
     * @param named by {@link LibraryAsset#path}, those to whom the phone's owner gave a name
     */
    public Library withPersons(Map<String, List<String>> named) {
        return new Library(this, icloud, claims, Map.copyOf(named));
    }

    /** Who is on the asset of that {@link LibraryAsset#path}, as far as they have a name. */
    public List<String> persons(String path) {
        return persons.getOrDefault(path, List.of());
    }

    public Claims claims() {
        return claims;
    }

    /** What is claimed of the bytes of a file of an asset; empty where the file is none that a library knows. */
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
