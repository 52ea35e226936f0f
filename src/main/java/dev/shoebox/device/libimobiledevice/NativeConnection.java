package dev.shoebox.device.libimobiledevice;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.ServiceConnection;

import java.nio.ByteBuffer;
import java.time.Duration;

/** A cable through libimobiledevice and usbmuxd, with TLS where the phone wants it. Owns its {@code idevice_t}. */
final class NativeConnection implements ServiceConnection {
    private final LibIMobileDevice library;
    private final Pointer device;
    private final Pointer connection;
    private final int silenceMillis;
    private final Memory count = new Memory(Integer.BYTES);
    private boolean doubtful;
    private boolean closed;

    NativeConnection(LibIMobileDevice library, Pointer device, Pointer connection, Duration silence) {
        this.library = library;
        this.device = device;
        this.connection = connection;
        this.silenceMillis = Math.toIntExact(silence.toMillis());
    }

    @Override
    public void send(ByteBuffer data) throws DeviceException {
        Pointer start = Native.getDirectBufferPointer(data);
        while (data.hasRemaining()) {
            count.setInt(0, 0);
            int error = NativeTransfer.idevice_connection_send(
                    connection, start.share(data.position()), data.remaining(), count);
            advance(data, error, count.getInt(0));
        }
    }

    @Override
    public void receive(ByteBuffer into) throws DeviceException {
        Pointer start = Native.getDirectBufferPointer(into);
        while (into.hasRemaining()) {
            count.setInt(0, 0);
            int error = NativeTransfer.idevice_connection_receive_timeout(
                    connection, start.share(into.position()), into.remaining(), count, silenceMillis);
            advance(into, error, count.getInt(0));
        }
    }

    /** Success without a byte is how some versions report a peer that hung up. */
    private void advance(ByteBuffer buffer, int error, int moved) throws DeviceException {
        if (error != 0 || moved <= 0 || moved > buffer.remaining()) {
            doubtful = true;
            throw ServiceConnection.lost();
        }
        buffer.position(buffer.position() + moved);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        BackgroundFree.say(doubtful, () -> {
            library.idevice_disconnect(connection);
            library.idevice_free(device);
        });
    }
}
