package dev.shoebox.photos;

import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.PathIndex;

import java.util.Arrays;
import java.util.List;

/** Finds among assets those that have a file or a key, in some sixteen bytes for each. */
public final class AssetLookup {
    private final List<Asset> assets;

    /** The index of each asset's first file among all, and what the next one's would be. */
    private final int[] firsts;

    private final PathIndex byPath;

    /** Null before a key is asked for. */
    private PathIndex byKey;

    /** @param assets that are asked for by their numbers many times, and never change */
    public AssetLookup(List<Asset> assets) {
        this.assets = assets;
        this.firsts = new int[assets.size() + 1];
        for (int number = 0; number < assets.size(); number++) {
            firsts[number + 1] = firsts[number] + assets.get(number).resources().size();
        }
        this.byPath = new PathIndex(files(), index -> file(index).path());
    }

    /** How many files the assets have. */
    public int files() {
        return firsts[assets.size()];
    }

    /** The index of an asset's first file among all files of the assets, in their order. */
    public int firstOf(int asset) {
        return firsts[asset];
    }

    /** The index of a file among all files of the assets; -1 where none is equal. */
    public int indexOf(MediaFile file) {
        return byPath.find(file.path(), index -> file(index).equals(file));
    }

    /** The number of the asset with a file at that path; -1 for none. */
    public int at(String path) {
        int index = byPath.find(path);
        return index < 0 ? -1 : assetOf(index);
    }

    /** The number of the asset with that {@link Asset#key}; -1 for none. */
    public int withKey(String key) {
        if (byKey == null) {
            byKey = new PathIndex(assets.size(), number -> assets.get(number).key());
        }
        return byKey.find(key);
    }

    private int assetOf(int file) {
        int found = Arrays.binarySearch(firsts, file);
        return found >= 0 ? found : -found - 2;
    }

    private MediaFile file(int index) {
        int asset = assetOf(index);
        return assets.get(asset).resources().get(index - firsts[asset]).file();
    }
}
