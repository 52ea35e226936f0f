package dev.shoebox.device;

import com.sun.jna.Native;
import dev.shoebox.TransportUnderTest;
import dev.shoebox.device.libimobiledevice.InstalledLibrary;
import dev.shoebox.device.libimobiledevice.NativeTransport;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.Transport;
import dev.shoebox.device.usbmux.MuxAddress;
import dev.shoebox.device.usbmux.MuxTransport;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import dev.shoebox.simulator.phone.SimulatedPhone;
import dev.shoebox.simulator.usb.SimulatedUsb;
import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** A simulated phone on a simulated cable, with the real libimobiledevice on our side. */
public final class Plugged implements AutoCloseable {
    /** Short, to keep tests fast: nothing simulated needs longer. */
    static final Timeouts PATIENCE = new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(20));

    /** Longer than anything simulated takes. */
    static final WaitForPerson WAIT = new WaitForPerson(Duration.ofSeconds(20), line -> {});

    private static final boolean REQUIRED = "1".equals(System.getenv("SHOEBOX_REQUIRE_DEVICE_TESTS"));

    final SimulatedUsb usb;
    public final SimulatedPhone phone;
    final Transport transport;
    private final Path socketFolder;

    private interface CRuntime extends com.sun.jna.Library {
        int setenv(String name, String value, int overwrite);
    }

    private Plugged(PhoneSettings settings) throws IOException {
        this.socketFolder = Files.createTempDirectory("usb");
        this.usb = SimulatedUsb.start("UNIX:" + socketFolder.resolve("mux"));
        this.phone = new SimulatedPhone(settings);
        connectTo(usb.address());
        usb.plug(phone);
        this.transport = transport(usb.address());
    }

    public static Plugged in(PhoneSettings settings) throws IOException {
        return new Plugged(settings);
    }

    /** A trusted phone that serves this folder, with TLS. */
    public static Plugged in(Path folder) throws IOException {
        return in(PhoneSettings.of(Libraries.folder(folder)).withPaired(true));
    }

    /**
     * libusbmuxd reads the environment of the C runtime at each connection, which Java's own view of it does not reach.
     */
    static void connectTo(String address) {
        Native.load("c", CRuntime.class).setenv("USBMUXD_SOCKET_ADDRESS", address, 1);
    }

    /** The transport under test. */
    static Transport transport(String address) {
        return TransportUnderTest.isJava()
                ? new MuxTransport(new MuxAddress(address), Duration.ofSeconds(5), InstantSource.system(), true)
                : new NativeTransport(installed());
    }

    static InstalledLibrary installed() {
        try {
            return InstalledLibrary.load();
        } catch (DeviceException missing) {
            if (REQUIRED) {
                throw new AssertionError("SHOEBOX_REQUIRE_DEVICE_TESTS=1, but " + missing.getMessage(), missing);
            }
            Assumptions.abort(missing.getMessage());
            throw new AssertionError(missing);
        }
    }

    Phones phones() {
        return phones(PATIENCE);
    }

    Phones phones(Timeouts patience) {
        return new Phones(transport, patience);
    }

    /** The only phone. */
    public Phone only() throws DeviceException {
        return phones().find(WantedPhone.ANY, WaitForPerson.NONE);
    }

    public MediaSource photos() throws DeviceException {
        return photos(PATIENCE);
    }

    public MediaSource photos(Timeouts patience) throws DeviceException {
        return phones(patience).find(WantedPhone.ANY, WaitForPerson.NONE).photos(WaitForPerson.NONE);
    }

    @Override
    public void close() throws IOException {
        usb.close();
        Files.deleteIfExists(socketFolder);
    }
}
