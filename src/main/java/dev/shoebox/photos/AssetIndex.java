package dev.shoebox.photos;

import dev.shoebox.text.SeededHash;

import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Finds assets of a table by a text that the path of each gives, in eight bytes of memory for each: a map would keep every
 * text and an entry for it.
 */
final class AssetIndex {
    private final AssetTable assets;
    private final UnaryOperator<String> text;
    private final SeededHash hash = new SeededHash();

    /** Numbers of assets, plus one; 0 where there is none. As long as a power of two. */
    private final int[] slots;

    /**
     * @param text what of the path of an asset it is found by
     * @param better which of two with the same text is to be found
     */
    AssetIndex(AssetTable assets, UnaryOperator<String> text, BinaryOperator<LibraryAsset> better) {
        this.assets = assets;
        this.text = text;
        this.slots = new int[Math.max(2, Integer.highestOneBit(Math.max(1, assets.size())) * 4)];
        for (int number = 0; number < assets.size(); number++) {
            int slot = slot(text.apply(assets.path(number)));
            boolean isFirst = slots[slot] == 0;
            if (isFirst || isBetter(assets.asset(number), assets.asset(slots[slot] - 1), better)) {
                slots[slot] = number + 1;
            }
        }
    }

    private static boolean isBetter(LibraryAsset one, LibraryAsset than, BinaryOperator<LibraryAsset> better) {
        return better.apply(than, one).equals(one);
    }

    Optional<LibraryAsset> find(String wanted) {
        int found = number(wanted);
        return found < 0 ? Optional.empty() : Optional.of(assets.asset(found));
    }

    /** The number of what {@link #find} gives; -1 for none. */
    int number(String wanted) {
        return slots[slot(wanted)] - 1;
    }

    /** Where the text is, or would be. */
    private int slot(String wanted) {
        int slot = (int) hash.of(wanted) & (slots.length - 1);
        while (slots[slot] != 0 && !text.apply(assets.path(slots[slot] - 1)).equals(wanted)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }
}
