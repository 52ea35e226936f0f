package dev.shoebox.device.usbmux;

import dev.shoebox.system.OperatingSystem;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;

/**
 * The address of usbmuxd: a socket file, or a TCP port on systems without such files.
 *
 * @param text {@code UNIX:/path} or {@code host:port}, as in {@code USBMUXD_SOCKET_ADDRESS} of libusbmuxd
 */
public record MuxAddress(String text) {
    private static final String UNIX = "UNIX:";
    private static final String USUAL = UNIX + "/var/run/usbmuxd";

    /** Apple's service on Windows. */
    private static final String WINDOWS = "127.0.0.1:27015";

    /** Returns the address for this process. */
    public static MuxAddress of(Map<String, String> environment) {
        String named = environment.getOrDefault("USBMUXD_SOCKET_ADDRESS", "");
        return named.isEmpty() ? usual(OperatingSystem.current()) : new MuxAddress(named);
    }

    /** Returns the default address. */
    static MuxAddress usual(OperatingSystem system) {
        return new MuxAddress(system == OperatingSystem.WINDOWS ? WINDOWS : USUAL);
    }

    /** @throws IOException if nothing listens there, or the address is invalid */
    public SocketChannel connect() throws IOException {
        try {
            return SocketChannel.open(socket());
        } catch (RuntimeException none) {
            throw new IOException("'" + text + "' is not a usbmuxd address", none);
        }
    }

    /**
     * Returns the UDID for a USB serial number: newer phones have a hyphen in their UDID, which the serial number
     * lacks; libusbmuxd inserts it, too.
     */
    public static String udid(String serial) {
        int hyphen = 8;
        int whole = 24;
        return serial.length() == whole && serial.indexOf('-') < 0
                ? serial.substring(0, hyphen) + "-" + serial.substring(hyphen)
                : serial;
    }

    private SocketAddress socket() {
        if (text.startsWith(UNIX)) {
            return UnixDomainSocketAddress.of(Path.of(text.substring(UNIX.length())));
        }
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, colon).replaceAll("^\\[|\\]$", "");
        return new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
    }
}
