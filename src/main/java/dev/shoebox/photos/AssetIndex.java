package dev.shoebox.photos;

import dev.shoebox.text.SeededHash;

import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Finds assets of a table by a text derived from their paths, in eight bytes of memory for each: a map would keep every
 * text and an entry.
 */
final class AssetIndex {
    private final AssetTable assets;
    private final UnaryOperator<String> text;
    private final SeededHash hash = new SeededHash();

    /** Numbers of assets, plus one; 0 for none. The length is a power of two. */
    private final int[] slots;

    /**
     * @param text derives the text from a path
     * @param better chooses between two assets with the same text
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

    /** Returns the number of the asset that {@link #find} returns; -1 for none. */
    int number(String wanted) {
        return slots[slot(wanted)] - 1;
    }

    /** Returns the slot of a text, or the slot in which it would be. */
    private int slot(String wanted) {
        int slot = (int) hash.of(wanted) & (slots.length - 1);
        while (slots[slot] != 0 && !text.apply(assets.path(slots[slot] - 1)).equals(wanted)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }
}
