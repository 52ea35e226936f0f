package dev.shoebox.photos;

import dev.shoebox.photos.LibraryAsset.Trait;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a phone's own Photos library tells: which assets it has, and whether iCloud Photos is in use. */
public final class Library {
    private final List<LibraryAsset> assets;
    private final Map<String, LibraryAsset> byPath;
    private final Map<String, LibraryAsset> byKey;
    private final Optional<Boolean> icloud;

    /** @param icloud whether iCloud Photos is on; empty where nothing tells */
    public Library(List<LibraryAsset> assets, Optional<Boolean> icloud) {
        this.assets = List.copyOf(assets);
        this.byPath = new HashMap<>(assets.size() * 2);
        this.byKey = new HashMap<>(assets.size() * 2);
        this.icloud = icloud;
        for (LibraryAsset asset : this.assets) {
            byPath.merge(asset.path(), asset, Library::livelier);
            byKey.merge(asset.key(), asset, Library::livelier);
        }
    }

    /** Of two entries for one place: what was thrown away is not what lies there now. */
    private static LibraryAsset livelier(LibraryAsset first, LibraryAsset second) {
        return first.is(Trait.TRASHED) && !second.is(Trait.TRASHED) ? second : first;
    }

    /** What the library knows of the asset that has this primary original, by {@link LibraryAsset#path}. */
    public Optional<LibraryAsset> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** What the library knows of an asset, by {@link Asset#key}: the first, where a still and a film share folder and name. */
    public Optional<LibraryAsset> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** What the library knows of the asset that these files are: by the original that it names, else by the key. */
    public Optional<LibraryAsset> find(Asset asset) {
        for (Resource resource : asset.resources()) {
            LibraryAsset named = byPath.get(resource.file().path());
            if (named != null) {
                return Optional.of(named);
            }
        }
        return find(asset.key());
    }

    /** In the order in which the library has them. */
    public List<LibraryAsset> assets() {
        return assets;
    }

    public int size() {
        return assets.size();
    }

    public Optional<Boolean> icloud() {
        return icloud;
    }
}
