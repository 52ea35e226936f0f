package dev.shoebox.device.usbmux;

import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.LinuxPackages;
import dev.shoebox.system.OperatingSystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The socket of usbmuxd on Linux, and why it does not respond: libimobiledevice has one code for all reasons.
 *
 * @param address {@code UNIX:/path} or {@code host:port}, as in {@code USBMUXD_SOCKET_ADDRESS} of libusbmuxd
 */
public record DaemonSocket(String address) {
    private static final String UNIX = "UNIX:";
    private static final String USUAL = UNIX + "/var/run/usbmuxd";
    private static final Path KERNEL = Path.of("/proc/version");

    /**
     * Returns the meaning of a failed connection.
     *
     * @param permitted whether this user may write to a file, which is needed to connect to a socket
     */
    public DeviceException unreachable(Predicate<Path> permitted) {
        Optional<Path> file = file();
        if (file.isPresent() && isHidden(file.get())) {
            return new DeviceException.NotPermitted("You do not have permission to look for usbmuxd in "
                    + file.get().getParent() + ": correct its permissions, or ask the administrator.");
        }
        if (file.isPresent() && Files.exists(file.get()) && !permitted.test(file.get())) {
            return new DeviceException.NotPermitted(
                    "usbmuxd, the service that connects iPhones, is running, but you do not have permission "
                            + "to use it: " + file.get()
                            + " is not writable. Add the user to the group that owns it, or run:"
                            + " sudo chmod a+rw " + file.get());
        }
        if (file.isPresent() && Files.exists(file.get())) {
            return new DeviceException.NoPhone("No iPhone found: usbmuxd has stopped and left its socket "
                    + file.get()
                    + ", or does not answer. Start it again (sudo systemctl restart usbmuxd), or unplug the"
                    + " iPhone and plug it in again.");
        }
        if (!address.equals(USUAL)) {
            return new DeviceException.NoPhone(
                    "No iPhone found: usbmuxd is not running at " + address + " (set by USBMUXD_SOCKET_ADDRESS).");
        }
        return new DeviceException.NoPhone(
                "No iPhone found: usbmuxd is not running. It starts when an iPhone is plugged in; if one is, "
                        + LinuxPackages.here().daemon() + ".");
    }

    /** Returns whether the existence of the file is unknown, because a folder above it is closed. */
    private static boolean isHidden(Path file) {
        return !Files.exists(file) && !Files.notExists(file);
    }

    private Optional<Path> file() {
        try {
            return address.startsWith(UNIX) ? Optional.of(Path.of(address.substring(UNIX.length()))) : Optional.empty();
        } catch (InvalidPathException none) {
            return Optional.empty();
        }
    }

    /** @param kernel the file with the version of the Linux kernel; in WSL it names Microsoft */
    static boolean isInsideWindows(Path kernel) {
        try {
            return Files.readString(kernel).toLowerCase(Locale.ROOT).contains("microsoft");
        } catch (IOException notLinux) {
            return false;
        }
    }

    /** Returns the failure if no daemon responds at that address. */
    public static DeviceException noDaemon(MuxAddress address) {
        return noDaemon(OperatingSystem.current(), address, KERNEL);
    }

    /** @param kernel as in {@link #isInsideWindows} */
    static DeviceException noDaemon(OperatingSystem system, MuxAddress address, Path kernel) {
        boolean isUsual = address.equals(MuxAddress.usual(system));
        if (isUsual && system == OperatingSystem.MACOS) {
            return new DeviceException.NoPhone(
                    "The iPhone service of macOS does not answer. Unplug the iPhone and plug it in again.");
        }
        if (isUsual && system == OperatingSystem.WINDOWS) {
            return new DeviceException.NoPhone("The iPhone service is not running. Install Apple Devices from the"
                    + " Microsoft Store or iTunes, then plug the iPhone in again.");
        }
        if (isUsual && isInsideWindows(kernel)) {
            return new DeviceException.NoPhone(
                    "No iPhone found: in WSL, Windows owns the USB connection. Install Apple Devices or "
                            + "iTunes in Windows, set 'networkingMode=mirrored' in .wslconfig and "
                            + "USBMUXD_SOCKET_ADDRESS=127.0.0.1:27015, then try again.");
        }
        return new DaemonSocket(address.text()).unreachable(Files::isWritable);
    }
}
