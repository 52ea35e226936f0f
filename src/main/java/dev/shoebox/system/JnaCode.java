package dev.shoebox.system;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

import java.util.Map;
import java.util.Optional;

/** The native code of JNA, from a place that is ours. */
public final class JnaCode {
    private JnaCode() {}

    /** Before anything of JNA is used that needs its native code. */
    public static void provide() {
        String name = System.mapLibraryName("jnidispatch").replace(".dylib", ".jnilib");
        String resource = "/com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + name;
        NativeCode.provide(Optional.ofNullable(Platform.class.getResource(resource)), name, "jna.boot.library.path");
    }

    /** Calls of the system itself; empty where native code runs nowhere, or the system lacks them. */
    public static <T extends Library> Optional<T> system(Class<T> calls) {
        try {
            provide();
            Map<String, Object> options =
                    Map.of(Library.OPTION_STRING_ENCODING, System.getProperty("sun.jnu.encoding", "UTF-8"));
            return Optional.of(Native.load("c", calls, options));
        } catch (LinkageError | RuntimeException absent) {
            return Optional.empty();
        }
    }
}
