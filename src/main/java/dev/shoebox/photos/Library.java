package dev.shoebox.photos;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a phone's own Photos library tells: which assets it has, and whether iCloud Photos is in use. */
public final class Library {
    private final Map<String, LibraryAsset> assets;
    private final Optional<Boolean> icloud;

    /** @param icloud whether iCloud Photos is on; empty where nothing tells */
    public Library(List<LibraryAsset> assets, Optional<Boolean> icloud) {
        this.assets = new HashMap<>(assets.size() * 2);
        this.icloud = icloud;
        assets.forEach(asset -> this.assets.putIfAbsent(asset.key(), asset));
    }

    /** What the library knows of an asset, by {@link Asset#key}. */
    public Optional<LibraryAsset> find(String key) {
        return Optional.ofNullable(assets.get(key));
    }

    /** In no particular order. */
    public Iterable<LibraryAsset> assets() {
        return assets.values();
    }

    public int size() {
        return assets.size();
    }

    public Optional<Boolean> icloud() {
        return icloud;
    }
}
