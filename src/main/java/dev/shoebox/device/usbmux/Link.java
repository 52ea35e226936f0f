package dev.shoebox.device.usbmux;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A stream of bytes to and from the phone. Used by one thread at a time; unusable after an exception. */
public interface Link extends Closeable {
    /**
     * Reads available bytes, and waits for the first one.
     *
     * @return at least 1
     * @throws EOFException if the peer closed the connection
     * @throws IOException also if the peer is silent for too long
     */
    int read(ByteBuffer into) throws IOException;

    /** Writes all remaining bytes. */
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
