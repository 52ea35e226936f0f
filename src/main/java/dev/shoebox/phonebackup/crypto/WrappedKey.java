package dev.shoebox.phonebackup.crypto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** The key of one file, wrapped with the key of its protection class. */
public final class WrappedKey {
    private static final int WRAPPED = 40;

    private final int protectionClass;
    private final byte[] wrapped;

    private WrappedKey(int protectionClass, byte[] wrapped) {
        this.protectionClass = protectionClass;
        this.wrapped = wrapped;
    }

    /** @param bytes the number of the class as four bytes, little-endian, and 40 bytes; empty if the length differs */
    public static Optional<WrappedKey> of(byte[] bytes) {
        if (bytes.length != Integer.BYTES + WRAPPED) {
            return Optional.empty();
        }
        int number = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
        return Optional.of(new WrappedKey(number, Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length)));
    }

    int protectionClass() {
        return protectionClass;
    }

    byte[] wrapped() {
        return wrapped;
    }
}
