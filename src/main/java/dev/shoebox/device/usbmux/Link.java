package dev.shoebox.device.usbmux;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes to and from the phone. One thread at a time; of no more use after an exception. */
public interface Link extends Closeable {
    /**
     * Reads what there is, waiting for the first byte.
     *
     * @return at least 1
     * @throws EOFException if the other end hung up
     * @throws IOException also if it stays silent for too long
     */
    int read(ByteBuffer into) throws IOException;

    /** Writes all that remains. */
    void write(ByteBuffer from) throws IOException;

    /** Reads until the buffer is full. */
    default void fill(ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            read(into);
        }
    }

    @Override
    void close();
}
