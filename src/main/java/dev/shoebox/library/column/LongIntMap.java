package dev.shoebox.library.column;

import java.util.SplittableRandom;

/** A map from keys of tables to non-negative numbers, in some twenty bytes for each. */
public final class LongIntMap {
    private static final int NONE = -1;

    private final long seed = new SplittableRandom().nextLong();
    private long[] keys = new long[16];
    /** Values, plus one; 0 for none. */
    private int[] values = new int[16];

    private int size;

    /** @return -1 for none */
    public int get(long key) {
        return values[slot(key)] - 1;
    }

    /** Sets or replaces a value. */
    public void put(long key, int value) {
        if (size * 2 >= keys.length) {
            grow();
        }
        int slot = slot(key);
        size += values[slot] == 0 ? 1 : 0;
        keys[slot] = key;
        values[slot] = value + 1;
    }

    public void putIfAbsent(long key, int value) {
        if (get(key) == NONE) {
            put(key, value);
        }
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new int[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    /**
     * Returns the slot of a key, or the slot in which it would be. The seed prevents a phone from choosing keys that
     * collide.
     */
    private int slot(long key) {
        long mixed = (key ^ seed) * 0x9E37_79B9_7F4A_7C15L;
        mixed = (mixed ^ mixed >>> 32) * 0xD6E8_FEB8_6659_FD93L;
        int slot = (int) (mixed ^ mixed >>> 32) & keys.length - 1;
        while (values[slot] != 0 && keys[slot] != key) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }
}
