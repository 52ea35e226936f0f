package dev.shoebox.device.usbmux;

import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.system.OperatingSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** An absent daemon, one that ended, and one that this user may not access are distinguished. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "usbmuxd is a TCP service there")
class DaemonSocketTest {
    @TempDir
    private Path folder;

    private DeviceException unreachable(Path socket, boolean isPermitted) {
        return new DaemonSocket("UNIX:" + socket).unreachable(file -> isPermitted);
    }

    private Path socket() throws IOException {
        Path socket = folder.resolve("usbmuxd");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
        }
        assertTrue(Files.exists(socket), "it stays when the server is gone");
        return socket;
    }

    @Test
    void aSocketThatIsNotPermittedIsNoMissingDaemon() throws IOException {
        Path socket = socket();
        DeviceException refused = assertInstanceOf(DeviceException.NotPermitted.class, unreachable(socket, false));
        assertTrue(refused.getMessage().contains(socket.toString()), refused.getMessage());
        assertFalse(refused.getMessage().contains("install"), refused.getMessage());
    }

    @Test
    void aSocketWithoutADaemonBehindItIsNamed() throws IOException {
        Path socket = socket();
        DeviceException gone = assertInstanceOf(DeviceException.NoPhone.class, unreachable(socket, true));
        assertTrue(gone.getMessage().contains(socket.toString()), gone.getMessage());
    }

    @Test
    void anAbsentDaemonIsReportedAsSuch() {
        Path none = folder.resolve("none");
        assertTrue(unreachable(none, true).getMessage().contains("USBMUXD_SOCKET_ADDRESS"));
        assertInstanceOf(DeviceException.NoPhone.class, new DaemonSocket("127.0.0.1:1").unreachable(file -> true));
    }

    private static String silence(OperatingSystem system, String address, Path kernel) {
        DeviceException silence = DaemonSocket.noDaemon(system, new MuxAddress(address), kernel);
        assertInstanceOf(DeviceException.NoPhone.class, silence);
        return silence.getMessage();
    }

    @Test
    void eachSystemGetsItsOwnAdvice() throws IOException {
        Path wsl = Files.writeString(folder.resolve("wsl"), "Linux version 6.6.87.2-microsoft-standard-WSL2\n");
        String usual = "UNIX:/var/run/usbmuxd";
        assertTrue(silence(OperatingSystem.WINDOWS, "127.0.0.1:27015", folder).contains("Apple Devices"));
        assertTrue(silence(OperatingSystem.MACOS, usual, folder).contains("macOS"));
        assertTrue(silence(OperatingSystem.LINUX, usual, wsl).contains("USBMUXD_SOCKET_ADDRESS=127.0.0.1:27015"));
    }

    /** A user who set an address must check it, and need not install anything. */
    @Test
    void aConfiguredAddressIsReportedOnEverySystem() {
        for (OperatingSystem system : OperatingSystem.values()) {
            String words = silence(system, "127.0.0.1:4711", folder);
            assertTrue(words.contains("127.0.0.1:4711") && words.contains("USBMUXD_SOCKET_ADDRESS"), words);
        }
    }

    /** There, the phone is connected to Windows, and the daemon inside finds nothing. */
    @Test
    void linuxInsideWindowsIsRecognisedByItsKernel(@TempDir Path folder) throws IOException {
        Path kernel = folder.resolve("version");
        Files.writeString(kernel, "Linux version 6.6.87.2-microsoft-standard-WSL2 (root@x) (gcc 11.2.0)\n");
        assertTrue(DaemonSocket.isInsideWindows(kernel));

        Files.writeString(kernel, "Linux version 6.1.0-40-amd64 (debian-kernel@lists.debian.org)\n");
        assertFalse(DaemonSocket.isInsideWindows(kernel));
        assertFalse(DaemonSocket.isInsideWindows(folder.resolve("none")));
    }
}
