package dev.shoebox.device.usbmux;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A socket that is not waited for without end: Unix sockets know no timeout of their own, so a selector waits. */
final class SocketLink implements Link {
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final long silenceMillis;

    /**
     * Owns the channel.
     *
     * @param silence without a byte moved, after which reading and writing fail
     */
    SocketLink(SocketChannel channel, Duration silence) throws IOException {
        this.channel = channel;
        this.silenceMillis = Math.max(1, silence.toMillis());
        try {
            channel.configureBlocking(false);
            this.selector = Selector.open();
            this.key = channel.register(selector, 0);
        } catch (IOException unusable) {
            channel.close();
            throw unusable;
        }
    }

    /** The same socket with another limit of silence; this link is of no more use. */
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
            // It is closed, which is what was wanted.
        }
    }
}
