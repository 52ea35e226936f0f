package dev.shoebox.device.transport;

import java.io.Closeable;
import java.nio.ByteBuffer;

/** A connection to a service on the phone. Used by one thread at a time. After any exception it can only be closed. */
public interface ServiceConnection extends Closeable {
    /** @param data a direct buffer; everything between its position and its limit is sent */
    void send(ByteBuffer data) throws DeviceException;

    /**
     * Fills the buffer from its position to its limit.
     *
     * @param into a direct buffer
     * @throws DeviceException.Lost if the phone falls silent or is disconnected first
     */
    void receive(ByteBuffer into) throws DeviceException;

    @Override
    void close();

    /** Returns the failure for the end of a connection. */
    static DeviceException.Lost lost() {
        return new DeviceException.Lost(
                "The connection to the iPhone was lost. Check the cable and plug the iPhone in again, then "
                        + "run the command again to continue.");
    }
}
