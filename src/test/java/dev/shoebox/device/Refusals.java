package dev.shoebox.device;

import dev.shoebox.device.libimobiledevice.InstalledLibrary;
import dev.shoebox.device.libimobiledevice.NativeTransport;
import dev.shoebox.device.transport.DeviceException;

import java.util.List;

/** Failures before any phone is found, as the real parts report them. */
public final class Refusals {
    private Refusals() {}

    /** Searches for libimobiledevice under names that no computer has. */
    public static void noLibrary() throws DeviceException {
        InstalledLibrary.load(List.of("no-such-library"), List.of("no-such-library"));
    }

    /** Searches for phones where no usbmuxd answers. */
    public static void noDaemon() throws DeviceException {
        InstalledLibrary library = Plugged.installed();
        Plugged.connectTo("UNIX:/nonexistent/usbmuxd");
        new Phones(new NativeTransport(library), Plugged.PATIENCE).list();
    }
}
