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
 * Where usbmuxd answers: a socket file, or a TCP port where the system has no such files.
 *
 * @param text {@code UNIX:/path} or {@code host:port}, as {@code USBMUXD_SOCKET_ADDRESS} has it for libusbmuxd
 */
public record MuxAddress(String text) {
    private static final String UNIX = "UNIX:";
    private static final String USUAL = UNIX + "/var/run/usbmuxd";

    /** Apple's service on Windows. */
    private static final String WINDOWS = "127.0.0.1:27015";

    /** Of this process. */
    public static MuxAddress of(Map<String, String> environment) {
        String named = environment.getOrDefault("USBMUXD_SOCKET_ADDRESS", "");
        return named.isEmpty() ? usual(OperatingSystem.current()) : new MuxAddress(named);
    }

    /** Where it answers if nothing names another place. */
    static MuxAddress usual(OperatingSystem system) {
        return new MuxAddress(system == OperatingSystem.WINDOWS ? WINDOWS : USUAL);
    }

    /** @throws IOException if nobody answers there now, or the address is none */
    public SocketChannel connect() throws IOException {
        try {
            return SocketChannel.open(socket());
        } catch (RuntimeException none) {
            throw new IOException("'" + text + "' is not a usbmuxd address", none);
        }
    }

    /** Newer phones have a hyphen in their UDID that their USB serial number lacks; libusbmuxd puts it in, too. */
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
