package dev.shoebox.device.libimobiledevice;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.device.transport.LinuxPackages;
import dev.shoebox.system.nativecode.JnaCode;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The libimobiledevice and libplist that are installed on this computer.
 *
 * @param device the {@code idevice_} and {@code lockdownd_} functions
 * @param plist the {@code plist_} functions
 */
public record InstalledLibrary(LibIMobileDevice device, LibIMobileDevice plist) {
    /** In this order: development links, the exact file of runtime packages, the name in MSYS2, names of old builds. */
    private static final List<String> DEVICE_NAMES =
            List.of("imobiledevice-1.0", "libimobiledevice-1.0.so.6", "libimobiledevice-1.0", "imobiledevice");

    private static final List<String> PLIST_NAMES =
            List.of("plist-2.0", "libplist-2.0.so.4", "libplist-2.0.so.3", "libplist-2.0", "plist");

    /** The folders of Homebrew and MacPorts, which the loader does not search. */
    private static final List<String> MORE_FOLDERS = List.of("/opt/homebrew/lib", "/usr/local/lib", "/opt/local/lib");

    /** How loaders report that a file does not exist; for one that exists and does not fit, they give a reason. */
    private static final Pattern ABSENT = Pattern.compile(
            "(?i)^Unable to load library|no such file|image not found|not found in resource path|module "
                    + "could not be found");

    /** File names are bytes and device names UTF-8, whatever the platform's encoding. */
    private static final Map<String, Object> OPTIONS = Map.of(Library.OPTION_STRING_ENCODING, "UTF-8");

    public static InstalledLibrary load() throws DeviceException {
        return load(DEVICE_NAMES, PLIST_NAMES);
    }

    public static InstalledLibrary load(List<String> deviceNames, List<String> plistNames) throws DeviceException {
        requireNativeCode();
        LibIMobileDevice device = first(deviceNames);
        NativeTransfer.bind(((Library.Handler) Proxy.getInvocationHandler(device)).getNativeLibrary());
        return new InstalledLibrary(device, first(plistNames));
    }

    /**
     * @throws DeviceException.LibraryMissing if native code cannot run at all, whether or not libimobiledevice is
     *     installed
     */
    private static void requireNativeCode() throws DeviceException {
        JnaCode.provide();
        try {
            if (Native.POINTER_SIZE <= 0) {
                throw new UnsatisfiedLinkError("no pointers");
            }
        } catch (LinkageError unusable) {
            throw new DeviceException.LibraryMissing(JnaCode.advice(unusable));
        }
    }

    private static LibIMobileDevice first(List<String> names) throws DeviceException {
        Optional<String> unfit = Optional.empty();
        for (String name : names) {
            MORE_FOLDERS.forEach(folder -> NativeLibrary.addSearchPath(name, folder));
            try {
                return Native.load(name, LibIMobileDevice.class, OPTIONS);
            } catch (UnsatisfiedLinkError absent) {
                // The next name may exist.
                unfit = unfit.or(() -> unfit(absent.getMessage()));
            }
        }
        throw new DeviceException.LibraryMissing(unfit.map(why -> "libimobiledevice is installed, but this Java (for "
                        + System.getProperty("os.arch") + ") cannot load it: " + why
                        + ". Both must be for the same processor architecture. '--transport java' does not need it.")
                .orElseGet(InstalledLibrary::advice));
    }

    /**
     * Returns why an existing library does not load.
     *
     * @param message the failure to load it, with a line for each searched place
     */
    static Optional<String> unfit(String message) {
        return message.lines()
                .filter(line -> line.contains("incompatible architecture")
                        || !ABSENT.matcher(line).find())
                .findFirst();
    }

    /** Returns a short description: its version, which 1.4.0 and newer provide, and its file. */
    String description() {
        NativeLibrary library = ((Library.Handler) Proxy.getInvocationHandler(device)).getNativeLibrary();
        String version;
        try {
            version = " " + library.getFunction("libimobiledevice_version").invokeString(new Object[0], false);
        } catch (UnsatisfiedLinkError untold) {
            version = "";
        }
        return "libimobiledevice" + version + " (" + (library.getFile() == null ? library.getName() : library.getFile())
                + ")";
    }

    private static String advice() {
        if (Platform.isMac()) {
            return "libimobiledevice is not installed. Install it with: brew install libimobiledevice";
        }
        if (Platform.isWindows()) {
            return "libimobiledevice is not installed. Install MSYS2's package mingw-w64-x86_64-libimobiledevice"
                    + " and put its bin folder on the PATH.";
        }
        return "libimobiledevice is not installed. " + LinuxPackages.here().library() + ".";
    }
}
