package dev.shoebox.library.database;

import java.util.Arrays;

/** A set of numbers in eight bytes each. All must be added before the first lookup. */
public final class Keys {
    private long[] keys = new long[1024];
    private int size;

    public void add(long key) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size + size / 2);
        }
        keys[size++] = key;
    }

    public int size() {
        return size;
    }

    /** Prepares the set for lookups. */
    public Keys sorted() {
        keys = Arrays.copyOf(keys, size);
        Arrays.sort(keys);
        return this;
    }

    public boolean contains(long key) {
        return place(key) >= 0;
    }

    public long at(int place) {
        return keys[place];
    }

    /** Returns the index of the first number that is not less than a key; {@link #size} if there is none. */
    public int from(long key) {
        int place = place(key);
        if (place < 0) {
            return -place - 1;
        }
        while (place > 0 && keys[place - 1] == key) {
            place--;
        }
        return place;
    }

    /** Returns the index of a key in sorted order; negative if absent. */
    public int place(long key) {
        return Arrays.binarySearch(keys, 0, size, key);
    }
}
