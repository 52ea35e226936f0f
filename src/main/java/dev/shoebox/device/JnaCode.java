package dev.shoebox.device;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import dev.shoebox.system.NativeCode;

import java.util.Optional;

/** The native code of JNA, from a place that is ours. */
final class JnaCode {
    private JnaCode() {}

    /** @throws DeviceException.LibraryMissing if it runs nowhere; that is no want of libimobiledevice */
    static void require() throws DeviceException {
        String name = System.mapLibraryName("jnidispatch").replace(".dylib", ".jnilib");
        String resource = "/com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + name;
        NativeCode.provide(Optional.ofNullable(Platform.class.getResource(resource)), name, "jna.boot.library.path");
        try {
            if (Native.POINTER_SIZE <= 0) {
                throw new UnsatisfiedLinkError("no pointers");
            }
        } catch (LinkageError unusable) {
            throw new DeviceException.LibraryMissing(NativeCode.advice());
        }
    }
}
