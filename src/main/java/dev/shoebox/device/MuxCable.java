package dev.shoebox.device;

import dev.shoebox.device.usbmux.Link;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A link as the connection to a service. */
final class MuxCable implements Cable {
    private final Link link;

    MuxCable(Link link) {
        this.link = link;
    }

    @Override
    public void send(ByteBuffer data) throws DeviceException {
        try {
            link.write(data);
        } catch (IOException | RuntimeException broken) {
            throw Cable.lost();
        }
    }

    @Override
    public void receive(ByteBuffer into) throws DeviceException {
        try {
            link.fill(into);
        } catch (IOException | RuntimeException broken) {
            throw Cable.lost();
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
