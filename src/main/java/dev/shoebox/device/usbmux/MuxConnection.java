package dev.shoebox.device.usbmux;

import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.ServiceConnection;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A connection to a service, over a link. */
final class MuxConnection implements ServiceConnection {
    private final Link link;

    MuxConnection(Link link) {
        this.link = link;
    }

    @Override
    public void send(ByteBuffer data) throws DeviceException {
        try {
            link.write(data);
        } catch (IOException | RuntimeException broken) {
            throw ServiceConnection.lost();
        }
    }

    @Override
    public void receive(ByteBuffer into) throws DeviceException {
        try {
            link.fill(into);
        } catch (IOException | RuntimeException broken) {
            throw ServiceConnection.lost();
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
