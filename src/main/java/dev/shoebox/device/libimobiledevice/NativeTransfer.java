package dev.shoebox.device.libimobiledevice;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/**
 * The two C functions of libimobiledevice that transfer every byte, under their C names, with direct mapping: through
 * {@link LibIMobileDevice}, each of some ten thousand calls of a backup would use reflection.
 *
 * <p>Results are the C error codes, 0 for success.
 */
final class NativeTransfer {
    private NativeTransfer() {}

    /** Must be called once the library is known, before any other function of this class. */
    static synchronized void bind(NativeLibrary library) {
        if (!Native.registered(NativeTransfer.class)) {
            Native.register(NativeTransfer.class, library);
        }
    }

    /** @param sent receives the number of bytes, 32 bits */
    static native int idevice_connection_send(Pointer connection, Pointer data, int length, Pointer sent);

    /**
     * Without TLS one {@code recv}, which may return fewer bytes than requested; with TLS all requested bytes, and the
     * timeout applies to each wait.
     *
     * @param received receives the number of bytes, 32 bits
     * @param timeout in milliseconds
     */
    static native int idevice_connection_receive_timeout(
            Pointer connection, Pointer data, int length, Pointer received, int timeout);
}
