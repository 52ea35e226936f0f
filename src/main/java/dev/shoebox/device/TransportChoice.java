package dev.shoebox.device;

import dev.shoebox.device.libimobiledevice.InstalledLibrary;
import dev.shoebox.device.libimobiledevice.NativeTransport;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.Transport;
import dev.shoebox.device.usbmux.MuxAddress;
import dev.shoebox.device.usbmux.MuxTransport;

import java.time.InstantSource;
import java.util.Map;

/** Which way to take to the phones. */
public enum TransportChoice {
    /** Libimobiledevice where it loads, else Java. */
    AUTO,
    /** The installed libimobiledevice. */
    NATIVE,
    /** Java alone; needs the system's usbmuxd or Apple's service, and no library. */
    JAVA;

    /** Set to 1, the Java transport believes a phone whatever certificate it shows, as libimobiledevice does. */
    private static final String UNPINNED = "SHOEBOX_TLS_UNPINNED";

    /** @throws DeviceException.LibraryMissing if libimobiledevice was asked for and is not there */
    Transport open(Map<String, String> environment) throws DeviceException {
        if (this != JAVA) {
            try {
                return new NativeTransport(InstalledLibrary.load());
            } catch (DeviceException.LibraryMissing | LinkageError missing) {
                // Where JNA cannot unpack or load its own library, that is a LinkageError.
                if (this == NATIVE) {
                    throw missing;
                }
            }
        }
        boolean pinned = !"1".equals(environment.get(UNPINNED));
        return new MuxTransport(MuxAddress.of(environment), InstantSource.system(), pinned);
    }
}
