package dev.shoebox.simulator;

import java.io.Closeable;
import java.io.IOException;

/** A simulated usbmuxd: the cable socket that libimobiledevice talks to, with any number of phones plugged in. */
public final class SimulatedUsb implements Closeable {
    private SimulatedUsb() {}

    /** @param address {@code UNIX:/path} or {@code 127.0.0.1:port} (port 0 picks one) */
    public static SimulatedUsb start(String address) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** The value for {@code USBMUXD_SOCKET_ADDRESS}. */
    public String address() {
        throw new UnsupportedOperationException();
    }

    /** Attaches the phone with a new DeviceID. */
    public void plug(SimulatedPhone phone) {
        throw new UnsupportedOperationException();
    }

    /** Detaches the phone and cuts its connections at once. */
    public void unplug(SimulatedPhone phone) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
