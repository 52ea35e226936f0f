package dev.shoebox.system;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.WString;

import java.net.URL;
import java.util.Map;
import java.util.Optional;

/** The native code of JNA, from a place that is ours. */
public final class JnaCode {
    private JnaCode() {}

    /** Before anything of JNA is used that needs its native code. */
    public static void provide() {
        NativeCode.provide(brought(), name(), "jna.boot.library.path");
    }

    /** What a person can do where it does not load. */
    public static String advice(LinkageError failure) {
        return NativeCode.advice(brought().isPresent(), failure);
    }

    private static Optional<URL> brought() {
        String resource = "/com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + name();
        return Optional.ofNullable(Platform.class.getResource(resource));
    }

    private static String name() {
        return System.mapLibraryName("jnidispatch").replace(".dylib", ".jnilib");
    }

    /** Calls of the system itself; empty where native code runs nowhere, or the system lacks them. */
    public static <T extends Library> Optional<T> system(Class<T> calls) {
        return of("c", calls);
    }

    private interface Kernel32 extends Library {
        WString GetCommandLineW();
    }

    /** With what this process was started, in the letters that were typed; empty on other systems than Windows. */
    public static Optional<String> commandLine() {
        return of("kernel32", Kernel32.class)
                .map(kernel -> kernel.GetCommandLineW().toString());
    }

    /** The same of a library of the system, by its name. */
    static <T extends Library> Optional<T> of(String library, Class<T> calls) {
        try {
            provide();
            Map<String, Object> options =
                    Map.of(Library.OPTION_STRING_ENCODING, System.getProperty("sun.jnu.encoding", "UTF-8"));
            return Optional.of(Native.load(library, calls, options));
        } catch (LinkageError | RuntimeException absent) {
            return Optional.empty();
        }
    }
}
