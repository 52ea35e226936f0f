package dev.shoebox.photos.fingerprint;

import dev.shoebox.text.SeededHash;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Claims by key, in some fifty bytes of memory for each: a library may have a million. Keys are numbers, or texts, of
 * which only a seeded 64-bit hash is kept: a collision costs a file a second read.
 */
public final class ClaimTable {
    private static final int SHA1_BYTES = 20;
    private static final long UNKNOWN_SIZE = -1;

    private final long seed = new SplittableRandom().nextLong();
    private final SeededHash texts = new SeededHash();
    private long[] keys = new long[16];
    private long[] sizes = new long[16];
    private byte[] hashes = new byte[16 * SHA1_BYTES];

    /** Second fingerprints, as long as {@link #hashes}; empty until a claim has one. */
    private byte[] others = {};

    private final BitSet disputed = new BitSet();

    /** Index + 1 of a claim, or 0; at least half are 0. The length is a power of two. */
    private int[] slots = new int[64];

    private int count;

    /** Adds a claim unless the key has one. */
    public void put(long key, Claim claim) {
        if (slots[slot(key)] == 0) {
            set(key, claim);
        }
    }

    /** Adds a claim, or combines it with that of the same key. */
    public void add(long key, Claim claim) {
        set(key, find(key).map(known -> known.and(claim)).orElse(claim));
    }

    /** Replaces the claim of a key. */
    public void set(long key, Claim claim) {
        int slot = slot(key);
        if (slots[slot] == 0) {
            if (count == keys.length) {
                grow();
                slot = slot(key);
            }
            keys[count] = key;
            slots[slot] = ++count;
        }
        int index = slots[slot] - 1;
        sizes[index] = claim.size().orElse(UNKNOWN_SIZE);
        System.arraycopy(claim.fingerprint().sha1(), 0, hashes, index * SHA1_BYTES, SHA1_BYTES);
        disputed.set(index, claim.isDisputed());
        if (claim.isDisputed()) {
            others = others.length == 0 ? new byte[hashes.length] : others;
            System.arraycopy(claim.other().orElseThrow().sha1(), 0, others, index * SHA1_BYTES, SHA1_BYTES);
        }
    }

    public void put(String key, Claim claim) {
        put(texts.of(key), claim);
    }

    public void set(String key, Claim claim) {
        set(texts.of(key), claim);
    }

    public Optional<Claim> find(long key) {
        int found = slots[slot(key)];
        if (found == 0) {
            return Optional.empty();
        }
        int index = found - 1;
        return Optional.of(new Claim(
                fingerprint(hashes, index),
                disputed.get(index) ? Optional.of(fingerprint(others, index)) : Optional.empty(),
                sizes[index] == UNKNOWN_SIZE ? OptionalLong.empty() : OptionalLong.of(sizes[index])));
    }

    private static Fingerprint fingerprint(byte[] hashes, int index) {
        return Fingerprint.ofSha1(Arrays.copyOfRange(hashes, index * SHA1_BYTES, (index + 1) * SHA1_BYTES));
    }

    public Optional<Claim> find(String key) {
        return find(texts.of(key));
    }

    public int size() {
        return count;
    }

    private void grow() {
        keys = Arrays.copyOf(keys, 2 * count);
        sizes = Arrays.copyOf(sizes, 2 * count);
        others = Arrays.copyOf(others, others.length == 0 ? 0 : 2 * count * SHA1_BYTES);
        hashes = ByteBuffer.allocate(2 * count * SHA1_BYTES).put(hashes).array();
        slots = new int[8 * count];
        for (int i = 0; i < count; i++) {
            slots[slot(keys[i])] = i + 1;
        }
    }

    /** Returns the slot of a key, or the slot in which it would be. */
    private int slot(long key) {
        long spread = (key ^ seed) * 0x9E37_79B9_7F4A_7C15L;
        int slot = (int) (spread >>> 32) & slots.length - 1;
        while (slots[slot] != 0 && keys[slots[slot] - 1] != key) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }
}
