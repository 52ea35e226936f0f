package dev.shoebox.device.usbmux;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.TrustManager;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * TLS over a link. Ciphertext is in heap buffers, from which the JDK's AES decrypts faster while the code is not
 * compiled yet (measured with JDK 17: 1.5 instead of 2.3 CPU seconds for the first gigabyte).
 */
public final class TlsLink implements Link {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final int RECEIVED_BYTES = 256 << 10;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Link link;
    private final SSLEngine engine;
    private final ByteBuffer received = ByteBuffer.allocate(RECEIVED_BYTES).flip();
    private final ByteBuffer encrypted;

    /** Decrypted bytes that did not fit into the caller's buffer. */
    private final ByteBuffer rest;

    private TlsLink(Link link, SSLEngine engine) {
        this.link = link;
        this.engine = engine;
        this.encrypted = ByteBuffer.allocate(2 * engine.getSession().getPacketBufferSize());
        this.rest = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize())
                .flip();
    }

    /**
     * Performs the handshake as the client. Takes ownership of the link, and closes it on failure.
     *
     * @throws IOException if the phone refuses, or is not the one of the pair record
     */
    public static TlsLink over(Link link, SSLContext context) throws IOException {
        TlsLink secured = new TlsLink(link, client(context));
        try {
            LenientCertificates.during(secured::handshake);
            return secured;
        } catch (IOException | RuntimeException failed) {
            link.close();
            throw failed;
        }
    }

    private static SSLEngine client(SSLContext context) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(PROTOCOLS);
        // Without hardware support, ChaCha20 in Java costs four times as much as AES-GCM.
        engine.setEnabledCipherSuites(Arrays.stream(engine.getSupportedCipherSuites())
                .filter(suite -> suite.contains("_GCM_") && !suite.contains("_anon_"))
                .toArray(String[]::new));
        return engine;
    }

    /** Lets Java load and initialise the classes for the first handshake of a process. */
    static void prepare() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[0], null);
            client(context);
        } catch (GeneralSecurityException | RuntimeException unable) {
            // The handshake itself will show why.
        }
    }

    /** Returns protocol and cipher suite. */
    public String negotiated() {
        return engine.getSession().getProtocol() + " " + engine.getSession().getCipherSuite();
    }

    private void handshake() throws IOException {
        engine.beginHandshake();
        while (true) {
            HandshakeStatus status = engine.getHandshakeStatus();
            switch (status) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> wrap(NOTHING);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap();
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

    /** Reads one record of the handshake. */
    private void unwrap() throws IOException {
        rest.clear();
        SSLEngineResult result = engine.unwrap(received, rest);
        rest.flip();
        switch (result.getStatus()) {
            case BUFFER_UNDERFLOW -> receive();
            case CLOSED -> throw new EOFException("the iPhone closed the TLS connection");
            case BUFFER_OVERFLOW -> throw new IOException("a TLS record is larger than TLS allows");
            case OK -> {}
        }
    }

    private void receive() throws IOException {
        received.compact();
        try {
            link.read(received);
        } finally {
            received.flip();
        }
    }

    private void wrap(ByteBuffer plain) throws IOException {
        encrypted.clear();
        if (engine.wrap(plain, encrypted).getStatus() != Status.OK) {
            throw new EOFException("TLS has ended");
        }
        link.write(encrypted.flip());
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int before = into.position();
        while (into.position() == before) {
            if (rest.hasRemaining()) {
                int count = Math.min(rest.remaining(), into.remaining());
                into.put(into.position(), rest, rest.position(), count);
                into.position(into.position() + count);
                rest.position(rest.position() + count);
            } else if (into.remaining() >= rest.capacity()) {
                decrypt(into);
            } else {
                rest.clear();
                try {
                    decrypt(rest);
                } finally {
                    rest.flip();
                }
            }
        }
        return into.position() - before;
    }

    /**
     * Decrypts data. Messages after the handshake, such as new tickets or keys, need no response and are processed
     * here.
     */
    private void decrypt(ByteBuffer into) throws IOException {
        SSLEngineResult result = engine.unwrap(received, into);
        switch (result.getStatus()) {
            case BUFFER_UNDERFLOW -> receive();
            case CLOSED -> throw new EOFException("the iPhone closed the TLS connection");
            case BUFFER_OVERFLOW -> throw new IOException("a TLS record is larger than TLS allows");
            case OK -> {
                runTasks();
                if (result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                    wrap(NOTHING);
                }
            }
        }
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            wrap(from);
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
