package dev.shoebox.device.libimobiledevice;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/**
 * The two C functions of libimobiledevice that every byte goes through, under their C names, bound one to one: through
 * {@link LibIMobileDevice} each of some ten thousand calls a backup would be put together by reflection.
 *
 * <p>Results are the C error codes, 0 for success.
 */
final class NativeTransfer {
    private NativeTransfer() {}

    /** To be called once the library is known, before anything else of this class. */
    static synchronized void bind(NativeLibrary library) {
        if (!Native.registered(NativeTransfer.class)) {
            Native.register(NativeTransfer.class, library);
        }
    }

    /** @param sent receives a 32-bit number of bytes */
    static native int idevice_connection_send(Pointer connection, Pointer data, int length, Pointer sent);

    /**
     * Without TLS one {@code recv}, which may bring less than asked for; with TLS everything asked for, and the timeout
     * holds for each wait within.
     *
     * @param received receives a 32-bit number of bytes
     * @param timeout in milliseconds
     */
    static native int idevice_connection_receive_timeout(
            Pointer connection, Pointer data, int length, Pointer received, int timeout);
}
