package dev.shoebox.photos.source;

import dev.shoebox.text.SeededHash;

import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * Finds the number of a path, in eight to sixteen bytes for each: a map would keep every path and an entry. A match of
 * hashes is verified against the path itself, which is requested by number.
 */
public final class PathIndex {
    private final IntFunction<String> paths;

    /** Numbers, plus one; 0 for none. At least half are 0. The length is a power of two. */
    private final int[] slots;

    private final SeededHash hash = new SeededHash();

    /**
     * @param count the number of paths
     * @param paths returns each path by its number from 0 on, always the same
     */
    public PathIndex(int count, IntFunction<String> paths) {
        this.paths = paths;
        this.slots = new int[Integer.highestOneBit(Math.max(1, count)) * 4];
        for (int number = 0; number < count; number++) {
            int slot = slot(paths.apply(number));
            while (slots[slot] != 0) {
                slot = next(slot);
            }
            slots[slot] = number + 1;
        }
    }

    /** Returns the first number with that path; -1 for none. */
    public int find(String path) {
        return find(path, number -> true);
    }

    /** Returns the first number with that path that fulfils a condition; -1 for none. */
    public int find(String path, IntPredicate also) {
        for (int slot = slot(path); slots[slot] != 0; slot = next(slot)) {
            int number = slots[slot] - 1;
            if (paths.apply(number).equals(path) && also.test(number)) {
                return number;
            }
        }
        return -1;
    }

    /** Returns the last number with that path; -1 for none. */
    public int findLast(String path) {
        int[] last = {-1};
        find(path, number -> {
            last[0] = number;
            return false;
        });
        return last[0];
    }

    private int slot(String path) {
        return (int) hash.of(path) & slots.length - 1;
    }

    private int next(int slot) {
        return slot + 1 & slots.length - 1;
    }
}
