package dev.shoebox.simulator.wire;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A byte stream between a client and the phone, plain or encrypted. One thread may read while another writes. */
public interface Wire extends Closeable {
    /** Reads at least one byte, or returns -1 at the end. */
    int read(ByteBuffer into) throws IOException;

    /** Writes all remaining bytes of all buffers. */
    void write(ByteBuffer... from) throws IOException;

    @Override
    void close();

    /** @throws EOFException if the stream ends before the buffer is full */
    default void fill(ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            if (read(into) < 0) {
                throw new EOFException();
            }
        }
    }

    /** Returns whether there are bytes left to write. */
    default boolean hasRemaining(ByteBuffer... buffers) {
        for (ByteBuffer buffer : buffers) {
            if (buffer.hasRemaining()) {
                return true;
            }
        }
        return false;
    }

    /** The socket itself; {@code first} contains bytes that were read from it already. */
    record Plain(SocketChannel channel, ByteBuffer first) implements Wire {
        public Plain(SocketChannel channel) {
            this(channel, ByteBuffer.allocate(0));
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            if (!first.hasRemaining()) {
                return channel.read(into);
            }
            int count = Math.min(first.remaining(), into.remaining());
            into.put(into.position(), first, first.position(), count);
            into.position(into.position() + count);
            first.position(first.position() + count);
            return count;
        }

        @Override
        public void write(ByteBuffer... from) throws IOException {
            while (hasRemaining(from)) {
                channel.write(from);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                // The client has left already, and closing was all that remained.
            }
        }
    }
}
