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

/** The transport to use. */
public enum TransportChoice {
    /** Libimobiledevice if it loads, else Java. */
    AUTO,
    /** The installed libimobiledevice. */
    NATIVE,
    /** Pure Java; needs the system's usbmuxd or Apple's service, and no library. */
    JAVA;

    /** If set to 1, the Java transport accepts any certificate of a phone, as libimobiledevice does. */
    private static final String UNPINNED = "SHOEBOX_TLS_UNPINNED";

    /** Returns the choice of this lower-case name; empty if there is none. */
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
     * The transport in use.
     *
     * @param refused why it is not libimobiledevice, if that was preferred
     */
    record Taken(Transport transport, Optional<String> refused) {}

    /** @throws DeviceException.LibraryMissing if libimobiledevice was requested and is absent */
    Taken open(Map<String, String> environment) throws DeviceException {
        return open(environment, () -> new NativeTransport(InstalledLibrary.load()));
    }

    Taken open(Map<String, String> environment, Loading installed) throws DeviceException {
        Optional<String> refused = Optional.empty();
        if (this != JAVA) {
            try {
                return new Taken(installed.load(), Optional.empty());
            } catch (DeviceException.LibraryMissing | LinkageError missing) {
                // If JNA cannot unpack or load its own library, it throws a LinkageError.
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
