package dev.shoebox.device.libimobiledevice;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.ServiceConnection;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection through libimobiledevice and usbmuxd, with TLS if the phone requires it. Owns its {@code idevice_t}. */
final class NativeConnection implements ServiceConnection {
    private final LibIMobileDevice library;
    private final Pointer device;
    private final Pointer connection;
    private final int silenceMillis;
    private final Memory count = new Memory(Integer.BYTES);
    private volatile boolean doubtful;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Active calls, plus one while the connection is open: it must not be freed while another thread uses it. */
    private final AtomicInteger uses = new AtomicInteger(1);

    NativeConnection(LibIMobileDevice library, Pointer device, Pointer connection, Duration silence) {
        this.library = library;
        this.device = device;
        this.connection = connection;
        this.silenceMillis = Math.toIntExact(silence.toMillis());
    }

    /**
     * Sends nothing after a failure: without TLS, libimobiledevice of 2023 and newer would retry forever on a
     * disconnected cable.
     */
    @Override
    public void send(ByteBuffer data) throws DeviceException {
        if (doubtful) {
            throw ServiceConnection.lost();
        }
        enter();
        try {
            Pointer start = Native.getDirectBufferPointer(data);
            while (data.hasRemaining()) {
                count.setInt(0, 0);
                int error = NativeTransfer.idevice_connection_send(
                        connection, start.share(data.position()), data.remaining(), count);
                advance(data, error, count.getInt(0));
            }
        } finally {
            leave();
        }
    }

    @Override
    public void receive(ByteBuffer into) throws DeviceException {
        enter();
        try {
            Pointer start = Native.getDirectBufferPointer(into);
            while (into.hasRemaining()) {
                count.setInt(0, 0);
                int error = NativeTransfer.idevice_connection_receive_timeout(
                        connection, start.share(into.position()), into.remaining(), count, silenceMillis);
                advance(into, error, count.getInt(0));
            }
        } finally {
            leave();
        }
    }

    /** Checks a transfer: some versions report success without a byte if the peer closed the connection. */
    private void advance(ByteBuffer buffer, int error, int moved) throws DeviceException {
        if (error != 0 || moved <= 0 || moved > buffer.remaining()) {
            doubtful = true;
            throw ServiceConnection.lost();
        }
        buffer.position(buffer.position() + moved);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            leave();
        }
    }

    private void enter() throws DeviceException {
        int before = uses.getAndUpdate(count -> count == 0 ? 0 : count + 1);
        if (before == 0) {
            throw ServiceConnection.lost();
        }
        if (closed.get()) {
            leave();
            throw ServiceConnection.lost();
        }
    }

    private void leave() {
        if (uses.decrementAndGet() == 0) {
            free();
        }
    }

    private void free() {
        BackgroundFree.say(doubtful, () -> {
            library.idevice_disconnect(connection);
            library.idevice_free(device);
        });
    }
}
