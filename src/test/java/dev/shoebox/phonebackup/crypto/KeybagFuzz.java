package dev.shoebox.phonebackup.crypto;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The keys of a backup, as stored in it. */
final class KeybagFuzz {
    private KeybagFuzz() {}

    static List<byte[]> seeds() {
        ByteArrayOutputStream bag = new ByteArrayOutputStream();
        put(bag, "VERS", 4);
        put(bag, "UUID", 16);
        put(bag, "WRAP", 4);
        put(bag, "SALT", 20);
        put(bag, "ITER", 4);
        put(bag, "DPIC", 4);
        put(bag, "DPSL", 20);
        for (int i = 0; i < 3; i++) {
            put(bag, "UUID", 16);
            put(bag, "CLAS", 4);
            put(bag, "WRAP", 4);
            put(bag, "KTYP", 4);
            put(bag, "WPKY", 40);
        }
        return List.of(bag.toByteArray());
    }

    private static void put(ByteArrayOutputStream bag, String tag, int length) {
        bag.writeBytes(tag.getBytes(StandardCharsets.US_ASCII));
        bag.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        byte[] value = new byte[length];
        value[length - 1] = 2;
        bag.writeBytes(value);
    }

    /** The keys are not unlocked: the number of rounds is bounded, and still takes seconds. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            Keybag bag = Keybag.of(bytes);
            if (!bag.equals(Keybag.of(bytes))) {
                throw new AssertionError("another each time");
            }
        } catch (IOException refused) {
            // As most are.
        }
    }
}
