package dev.shoebox.device.libimobiledevice;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;

/**
 * Enables TLS on a connection without a sleep: libimobiledevice sends its request, checks for the response at once, and
 * sleeps for 0.1 s because it has not arrived yet. On Linux the socket is made blocking meanwhile, and restored
 * afterwards.
 */
final class TlsHandshake {
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int O_NONBLOCK = 0x800;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;

    /** With a slower phone, the library sleeps and tries again, in microseconds. */
    private static final long LONGEST = 300_000;

    private TlsHandshake() {}

    /** Functions of the C library. */
    private static final class Sockets {
        static final boolean ARE_BOUND = bind();

        private static boolean bind() {
            // Other systems use other numbers and another structure.
            if (!Platform.isLinux() || !Platform.is64Bit() || !(Platform.isIntel() || Platform.isARM())) {
                return false;
            }
            try {
                Native.register(Sockets.class, NativeLibrary.getInstance("c"));
                return true;
            } catch (LinkageError | RuntimeException absent) {
                return false;
            }
        }

        static native int fcntl(int socket, int command, int flags);

        /** @param value seconds and microseconds */
        static native int setsockopt(int socket, int level, int option, long[] value, int bytes);
    }

    /** @return the C error code, 0 for success */
    static int enable(LibIMobileDevice library, Pointer connection) {
        int socket = socket(library, connection);
        int flags = socket < 0 ? -1 : Sockets.fcntl(socket, F_GETFL, 0);
        boolean sleeps = flags >= 0 && (flags & O_NONBLOCK) != 0 && limit(socket, LONGEST);
        if (!sleeps) {
            return library.idevice_connection_enable_ssl(connection);
        }
        Sockets.fcntl(socket, F_SETFL, flags & ~O_NONBLOCK);
        int error = library.idevice_connection_enable_ssl(connection);
        Sockets.fcntl(socket, F_SETFL, flags);
        limit(socket, 0);
        return error;
    }

    /** Returns the descriptor; negative if it is unknown, or cannot be made to wait. */
    private static int socket(LibIMobileDevice library, Pointer connection) {
        var socket = new IntByReference(-1);
        try {
            return Sockets.ARE_BOUND && library.idevice_connection_get_fd(connection, socket) == 0
                    ? socket.getValue()
                    : -1;
        } catch (UnsatisfiedLinkError older) {
            return -1;
        }
    }

    /** @param micros the timeout of a read; 0 for none */
    private static boolean limit(int socket, long micros) {
        long[] time = {0, micros};
        return Sockets.setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, time, time.length * Long.BYTES) == 0;
    }
}
