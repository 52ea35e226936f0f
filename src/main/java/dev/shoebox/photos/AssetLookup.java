package dev.shoebox.photos;

import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.PathIndex;

import java.util.List;

/** Finds assets by a file or a key, in some sixteen bytes for each. */
public final class AssetLookup {
    private final List<Asset> assets;

    private final GroupOffsets offsets;

    private final PathIndex byPath;

    /** Null until a key is looked up. */
    private PathIndex byKey;

    /** @param assets accessed many times by number; must not change */
    public AssetLookup(List<Asset> assets) {
        this.assets = assets;
        this.offsets = new GroupOffsets(
                assets.size(), number -> assets.get(number).resources().size());
        this.byPath = new PathIndex(files(), index -> file(index).path());
    }

    /** Returns the number of files. */
    public int files() {
        return offsets.total();
    }

    /** Returns the index of an asset's first file among all files, in order. */
    public int firstOf(int asset) {
        return offsets.firstOf(asset);
    }

    /** Returns the index of a file among all files; -1 if none is equal. */
    public int indexOf(MediaFile file) {
        return byPath.find(file.path(), index -> file(index).equals(file));
    }

    /** Returns the number of the asset with a file at that path; -1 for none. */
    public int at(String path) {
        int index = byPath.find(path);
        return index < 0 ? -1 : offsets.groupOf(index);
    }

    /** Returns the number of the asset with that {@link Asset#key}; -1 for none. */
    public int withKey(String key) {
        if (byKey == null) {
            byKey = new PathIndex(assets.size(), number -> assets.get(number).key());
        }
        return byKey.find(key);
    }

    private MediaFile file(int index) {
        int asset = offsets.groupOf(index);
        return assets.get(asset).resources().get(index - offsets.firstOf(asset)).file();
    }
}
