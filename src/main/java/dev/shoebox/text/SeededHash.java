package dev.shoebox.text;

import java.util.SplittableRandom;

/**
 * Hashes text from a phone or a library with a random seed, because its author could choose a million strings with the
 * same Java hash code.
 */
public final class SeededHash {
    private final long seed = new SplittableRandom().nextLong();

    public long of(CharSequence text) {
        long hash = seed;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x9E37_79B9_7F4A_7C15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }
}
