package dev.shoebox.photos;

import java.util.List;

/**
 * The assets of a library by number, in its order. A million objects would not fit into Java's memory, so
 * {@link #asset} may create one on each call.
 */
public interface AssetTable {
    int size();

    /** Returns the {@link LibraryAsset#path} of an asset, which costs less than {@link #asset}. */
    String path(int number);

    /** Returns an asset; an equal one each time. */
    LibraryAsset asset(int number);

    /** Returns a table of existing objects. */
    static AssetTable of(List<LibraryAsset> assets) {
        List<LibraryAsset> kept = List.copyOf(assets);
        return new AssetTable() {
            @Override
            public int size() {
                return kept.size();
            }

            @Override
            public String path(int number) {
                return kept.get(number).path();
            }

            @Override
            public LibraryAsset asset(int number) {
                return kept.get(number);
            }
        };
    }
}
