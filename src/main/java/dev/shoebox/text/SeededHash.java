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
            hash = mix(hash, text.charAt(i));
        }
        return hash;
    }

    /** Hashes encoded text. The result differs from that of the same text as characters. */
    public long of(byte[] text, int from, int to) {
        long hash = seed;
        for (int i = from; i < to; i++) {
            hash = mix(hash, text[i]);
        }
        return hash;
    }

    private static long mix(long hash, int next) {
        long mixed = (hash ^ next) * 0x9E37_79B9_7F4A_7C15L;
        return mixed ^ mixed >>> 32;
    }
}
