package dev.shoebox.device.transport;

import java.io.Closeable;
import java.nio.ByteBuffer;

/**
 * A connection to a service on the phone. One thread at a time. After any exception nothing about it is known but that
 * it must be closed.
 */
public interface ServiceConnection extends Closeable {
    /** @param data direct; everything between its position and its limit is sent */
    void send(ByteBuffer data) throws DeviceException;

    /**
     * Fills the buffer from its position to its limit.
     *
     * @param into direct
     * @throws DeviceException.Lost if the phone falls silent or goes away first
     */
    void receive(ByteBuffer into) throws DeviceException;

    @Override
    void close();

    /** What an end of the connection means to the person. */
    static DeviceException.Lost lost() {
        return new DeviceException.Lost(
                "The connection to the iPhone was lost. Check the cable and plug the iPhone in again, then "
                        + "run the command again to continue.");
    }
}
