package dev.shoebox.device.usbmux;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A socket with a timeout. Unix sockets have none of their own, so a selector waits. */
final class SocketLink implements Link {
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final long silenceMillis;

    /**
     * Takes ownership of the channel.
     *
     * @param silence the time without progress after which reads and writes fail
     */
    SocketLink(SocketChannel channel, Duration silence) throws IOException {
        this.channel = channel;
        this.silenceMillis = Math.max(1, silence.toMillis());
        try {
            if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
                // On Windows, a small request would wait up to 0.2 s for the acknowledgement of the one before.
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            channel.configureBlocking(false);
            this.selector = Selector.open();
            this.key = channel.register(selector, 0);
        } catch (IOException unusable) {
            channel.close();
            throw unusable;
        }
    }

    /** Returns the same socket with another timeout; this link becomes unusable. */
    SocketLink within(Duration silence) throws IOException {
        selector.close();
        return new SocketLink(channel, silence);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        while (true) {
            int count = channel.read(into);
            if (count > 0) {
                return count;
            }
            if (count < 0) {
                throw new EOFException("the connection was closed");
            }
            await(SelectionKey.OP_READ);
        }
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            if (channel.write(from) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    private void await(int operation) throws IOException {
        key.interestOps(operation);
        long deadline = System.nanoTime() + Duration.ofMillis(silenceMillis).toNanos();
        while (true) {
            long left = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
            int ready = selector.select(left);
            selector.selectedKeys().clear();
            if (ready > 0) {
                return;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while waiting for the iPhone");
            }
            if (System.nanoTime() >= deadline) {
                throw new SocketTimeoutException("the iPhone does not answer");
            }
        }
    }

    @Override
    public void close() {
        try (selector) {
            channel.close();
        } catch (IOException gone) {
            // It is closed, as intended.
        }
    }
}
