package dev.shoebox.photos;

import dev.shoebox.photos.source.MediaFile;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Finds among assets those that have a file or a key, in some sixteen bytes for each: a map would keep every path and an
 * entry for it. What is found by the hash of a path is compared with the path itself.
 */
public final class AssetLookup {
    private final List<Asset> assets;

    /** The index of each asset's first file among all, and what the next one's would be. */
    private final int[] firsts;

    /** Indexes of files, plus one; 0 where there is none. As long as a power of two. */
    private final int[] byPath;

    /** The same of assets; empty before a key is asked for. */
    private int[] byKey = {};

    private final long seed = new SplittableRandom().nextLong();

    /** @param assets that are asked for by their numbers many times, and never change */
    public AssetLookup(List<Asset> assets) {
        this.assets = assets;
        this.firsts = new int[assets.size() + 1];
        for (int number = 0; number < assets.size(); number++) {
            firsts[number + 1] = firsts[number] + assets.get(number).resources().size();
        }
        this.byPath = table(files());
        int index = 0;
        for (Asset asset : assets) {
            for (Resource resource : asset.resources()) {
                put(byPath, resource.file().path(), index++);
            }
        }
    }

    /** At least half of it stays empty. */
    private static int[] table(int entries) {
        return new int[Integer.highestOneBit(Math.max(1, entries)) * 4];
    }

    private void put(int[] table, String text, int index) {
        int slot = slot(table, text);
        while (table[slot] != 0) {
            slot = next(table, slot);
        }
        table[slot] = index + 1;
    }

    /** How many files the assets have. */
    public int files() {
        return firsts[assets.size()];
    }

    /** The index of a file among all files of the assets, in their order; -1 where none is equal. */
    public int indexOf(MediaFile file) {
        for (int slot = slot(byPath, file.path()); byPath[slot] != 0; slot = next(byPath, slot)) {
            int index = byPath[slot] - 1;
            if (file(index).equals(file)) {
                return index;
            }
        }
        return -1;
    }

    /** The number of the asset with a file at that path; -1 for none. */
    public int at(String path) {
        for (int slot = slot(byPath, path); byPath[slot] != 0; slot = next(byPath, slot)) {
            int index = byPath[slot] - 1;
            if (file(index).path().equals(path)) {
                return assetOf(index);
            }
        }
        return -1;
    }

    /** The number of the asset with that {@link Asset#key}; -1 for none. */
    public int withKey(String key) {
        if (byKey.length == 0) {
            int[] table = table(assets.size());
            for (int number = 0; number < assets.size(); number++) {
                put(table, assets.get(number).key(), number);
            }
            byKey = table;
        }
        for (int slot = slot(byKey, key); byKey[slot] != 0; slot = next(byKey, slot)) {
            int number = byKey[slot] - 1;
            if (assets.get(number).key().equals(key)) {
                return number;
            }
        }
        return -1;
    }

    private int assetOf(int file) {
        int found = Arrays.binarySearch(firsts, file);
        return found >= 0 ? found : -found - 2;
    }

    private MediaFile file(int index) {
        int asset = assetOf(index);
        return assets.get(asset).resources().get(index - firsts[asset]).file();
    }

    private int slot(int[] table, String text) {
        return (int) AssetIndex.hash(seed, text) & table.length - 1;
    }

    private static int next(int[] table, int slot) {
        return slot + 1 & table.length - 1;
    }
}
