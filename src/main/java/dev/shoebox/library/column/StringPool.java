package dev.shoebox.library.column;

import dev.shoebox.text.SeededHash;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The texts of a library in bounded memory: each is stored once, as UTF-8 after its length, and identified by its
 * position.
 */
public final class StringPool {
    /** Represents an absent text. */
    public static final int NONE = -1;

    private static final int BLOCK = 1 << 18;
    private static final int LENGTH = Short.BYTES;
    private static final int LONGEST = 0xffff;

    private final SeededHash hash = new SeededHash();
    private final long most;
    private byte[][] blocks = new byte[16][];
    private int used;

    /** Positions, plus one; 0 for none. The length is a power of two. */
    private int[] slots = new int[1024];

    private int size;

    /** @param most the maximum number of bytes */
    public StringPool(long most) {
        this.most = Math.min(most, Integer.MAX_VALUE - 2L * BLOCK);
    }

    /** Returns the position of a text; {@link #NONE} if it is too long, or new and there is no room. */
    public int keep(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST) {
            return NONE;
        }
        int slot = slot(bytes);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        if (used + (long) LENGTH + bytes.length > most) {
            return NONE;
        }
        int place = append(bytes);
        slots[slot] = place + 1;
        size++;
        if (size * 2 > slots.length) {
            grow();
        }
        return place;
    }

    public Optional<String> get(int place) {
        return place == NONE ? Optional.empty() : Optional.of(text(place));
    }

    /** Returns the text at a position. */
    public String text(int place) {
        return new String(block(place), place % BLOCK + LENGTH, length(place), StandardCharsets.UTF_8);
    }

    private int append(byte[] bytes) {
        // No text crosses the end of a block.
        if (used % BLOCK + LENGTH + bytes.length > BLOCK) {
            used = (used / BLOCK + 1) * BLOCK;
        }
        int block = used / BLOCK;
        if (block >= blocks.length) {
            blocks = Arrays.copyOf(blocks, blocks.length * 2);
        }
        if (blocks[block] == null) {
            blocks[block] = new byte[BLOCK];
        }
        int place = used;
        int at = place % BLOCK;
        blocks[block][at] = (byte) (bytes.length >>> Byte.SIZE);
        blocks[block][at + 1] = (byte) bytes.length;
        System.arraycopy(bytes, 0, blocks[block], at + LENGTH, bytes.length);
        used = place + LENGTH + bytes.length;
        // No position is at the end of a block.
        if (used % BLOCK + LENGTH > BLOCK) {
            used = (used / BLOCK + 1) * BLOCK;
        }
        return place;
    }

    private byte[] block(int place) {
        return blocks[place / BLOCK];
    }

    private int length(int place) {
        byte[] block = block(place);
        return ((block[place % BLOCK] & 0xff) << Byte.SIZE) | (block[place % BLOCK + 1] & 0xff);
    }

    private void grow() {
        int[] old = slots;
        slots = new int[old.length * 2];
        for (int held : old) {
            if (held != 0) {
                int from = (held - 1) % BLOCK + LENGTH;
                slots[free(hash(block(held - 1), from, from + length(held - 1)))] = held;
            }
        }
    }

    private int free(int hash) {
        int slot = hash & slots.length - 1;
        while (slots[slot] != 0) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    /** Returns the slot of a text, or the slot in which it would be. */
    private int slot(byte[] bytes) {
        int slot = hash(bytes, 0, bytes.length) & slots.length - 1;
        while (slots[slot] != 0 && !lies(slots[slot] - 1, bytes)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private boolean lies(int place, byte[] bytes) {
        int from = place % BLOCK + LENGTH;
        return length(place) == bytes.length
                && Arrays.equals(block(place), from, from + bytes.length, bytes, 0, bytes.length);
    }

    private int hash(byte[] bytes, int from, int to) {
        return (int) hash.of(bytes, from, to);
    }
}
