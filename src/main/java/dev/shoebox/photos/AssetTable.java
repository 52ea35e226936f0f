package dev.shoebox.photos;

import java.util.List;

/**
 * The assets of a library by number, in the order in which the library has them. Whoever keeps them decides how: a million
 * of them as objects take more memory than Java is given, so {@link #asset} may make one each time it is asked.
 */
public interface AssetTable {
    int size();

    /** The {@link LibraryAsset#path} of an asset, which costs less than all of it. */
    String path(int number);

    /** Everything about an asset; each time an equal one. */
    LibraryAsset asset(int number);

    /** Keeps assets as they are. */
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
