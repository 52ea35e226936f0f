package dev.shoebox.device.libimobiledevice;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.Lockdown;
import dev.shoebox.device.transport.Transport;
import dev.shoebox.device.usbmux.DaemonSocket;
import dev.shoebox.device.usbmux.MuxAddress;

import java.util.LinkedHashSet;
import java.util.Set;

/** The transport over the installed libimobiledevice, through JNA. */
public final class NativeTransport implements Transport {
    private final InstalledLibrary library;

    public NativeTransport(InstalledLibrary library) {
        this.library = library;
    }

    @Override
    public String description() {
        return library.description();
    }

    @Override
    public String whereTlsFails() {
        return "The installed libimobiledevice may use a TLS library that cannot (such as mbedTLS); "
                + "'--transport java' does not need it.";
    }

    @Override
    public Attached attached() throws DeviceException {
        PointerByReference devices = new PointerByReference();
        IntByReference count = new IntByReference();
        if (library.device().idevice_get_device_list_extended(devices, count) != 0) {
            throw DaemonSocket.noDaemon(MuxAddress.of(System.getenv()));
        }
        Set<String> onCable = new LinkedHashSet<>();
        Set<String> wireless = new LinkedHashSet<>();
        if (devices.getValue() != null) {
            for (Pointer device : devices.getValue().getPointerArray(0, count.getValue())) {
                boolean isOnCable = device.getInt(Native.POINTER_SIZE) == LibIMobileDevice.CONNECTION_USBMUXD;
                (isOnCable ? onCable : wireless).add(device.getPointer(0).getString(0, "UTF-8"));
            }
            library.device().idevice_device_list_extended_free(devices.getValue());
        }
        return Attached.of(onCable, wireless);
    }

    @Override
    public Lockdown asStranger(String udid) throws Lockdown.Refused, DeviceException {
        return NativeLockdown.asStranger(library, udid);
    }

    @Override
    public Lockdown trusted(String udid) throws Lockdown.Refused, DeviceException {
        return NativeLockdown.trusted(library, udid);
    }
}
