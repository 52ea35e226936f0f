package dev.shoebox.device;

import dev.shoebox.device.libimobiledevice.InstalledLibrary;
import dev.shoebox.device.libimobiledevice.NativeTransport;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.Transport;
import dev.shoebox.device.usbmux.MuxAddress;
import dev.shoebox.device.usbmux.MuxTransport;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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

    /** By its name, in small letters; empty where it is the name of none. */
    public static Optional<TransportChoice> named(String name) {
        return Arrays.stream(values())
                .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(name))
                .findAny();
    }

    /** Loads libimobiledevice. */
    interface Loading {
        Transport load() throws DeviceException;
    }

    /**
     * The way that was taken.
     *
     * @param refused why it is not libimobiledevice, where that would have come first
     */
    record Taken(Transport transport, Optional<String> refused) {}

    /** @throws DeviceException.LibraryMissing if libimobiledevice was asked for and is not there */
    Taken open(Map<String, String> environment) throws DeviceException {
        return open(environment, () -> new NativeTransport(InstalledLibrary.load()));
    }

    Taken open(Map<String, String> environment, Loading installed) throws DeviceException {
        Optional<String> refused = Optional.empty();
        if (this != JAVA) {
            try {
                return new Taken(installed.load(), Optional.empty());
            } catch (DeviceException.LibraryMissing | LinkageError missing) {
                // Where JNA cannot unpack or load its own library, that is a LinkageError.
                if (this == NATIVE) {
                    throw missing;
                }
                refused = Optional.of(String.valueOf(missing.getMessage()));
            }
        }
        boolean pinned = !"1".equals(environment.get(UNPINNED));
        return new Taken(new MuxTransport(MuxAddress.of(environment), InstantSource.system(), pinned), refused);
    }
}
