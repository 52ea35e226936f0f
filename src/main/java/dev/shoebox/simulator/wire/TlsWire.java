package dev.shoebox.simulator.wire;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * The phone's end of a TLS connection. Does not request client certificates: libimobiledevice 1.3.0 signs them with
 * SHA-1.
 */
public final class TlsWire implements Wire {
    private static final String[] PROTOCOLS = {"TLSv1.2", "TLSv1.3"};

    /** The number of plain bytes encrypted before each write. */
    private static final int BATCH = 256 << 10;

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final ByteBuffer received;
    private final ByteBuffer decrypted;
    private final ByteBuffer encrypted;
    private boolean ended;

    private TlsWire(SocketChannel channel, SSLEngine engine) {
        this.channel = channel;
        this.engine = engine;
        int packet = engine.getSession().getPacketBufferSize();
        received = ByteBuffer.allocate(4 * packet).flip();
        decrypted = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize())
                .flip();
        encrypted = ByteBuffer.allocate(BATCH + 2 * packet);
    }

    /** Waits for the client's hello and completes the handshake. */
    public static TlsWire accept(SocketChannel channel, SSLContext context) throws IOException {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(PROTOCOLS);
        TlsWire wire = new TlsWire(channel, engine);
        engine.beginHandshake();
        wire.handshake();
        return wire;
    }

    private void handshake() throws IOException {
        ByteBuffer nothing = ByteBuffer.allocate(0);
        while (true) {
            HandshakeStatus status = engine.getHandshakeStatus();
            switch (status) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> {
                    engine.wrap(nothing, encrypted);
                    flush();
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    decrypted.clear();
                    SSLEngineResult result = engine.unwrap(received, decrypted);
                    decrypted.flip();
                    if (result.getStatus() == Status.BUFFER_UNDERFLOW && !receive()) {
                        throw new EOFException("The client left during the TLS handshake");
                    }
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    return;
                }
            }
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private boolean receive() throws IOException {
        received.compact();
        try {
            return channel.read(received) >= 0;
        } finally {
            received.flip();
        }
    }

    private void flush() throws IOException {
        encrypted.flip();
        while (encrypted.hasRemaining()) {
            channel.write(encrypted);
        }
        encrypted.clear();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        while (!decrypted.hasRemaining()) {
            if (ended) {
                return -1;
            }
            decrypted.clear();
            SSLEngineResult result = engine.unwrap(received, decrypted);
            decrypted.flip();
            switch (result.getStatus()) {
                case BUFFER_UNDERFLOW -> {
                    if (!receive()) {
                        throw new EOFException("The client left without closing TLS");
                    }
                }
                case CLOSED -> ended = true;
                case BUFFER_OVERFLOW -> throw new IOException("A TLS record larger than TLS allows");
                case OK -> runTasks();
            }
        }
        int count = Math.min(decrypted.remaining(), into.remaining());
        into.put(into.position(), decrypted, decrypted.position(), count);
        into.position(into.position() + count);
        decrypted.position(decrypted.position() + count);
        return count;
    }

    @Override
    public void write(ByteBuffer... from) throws IOException {
        while (hasRemaining(from)) {
            if (encrypted.remaining() < engine.getSession().getPacketBufferSize()) {
                flush();
            }
            if (engine.wrap(from, encrypted).getStatus() != Status.OK) {
                throw new EOFException("TLS is closed");
            }
        }
        flush();
    }

    /** Ends TLS in both directions and returns the bare socket, over which lockdown continues after StopSession. */
    public Wire plain() throws IOException {
        engine.closeOutbound();
        engine.wrap(ByteBuffer.allocate(0), encrypted);
        flush();
        return new Wire.Plain(channel, received);
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
