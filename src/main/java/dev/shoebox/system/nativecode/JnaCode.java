package dev.shoebox.system.nativecode;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.WString;

import java.net.URL;
import java.util.Map;
import java.util.Optional;

/** The native code of JNA, loaded from a folder of our own. */
public final class JnaCode {
    private JnaCode() {}

    /** Must be called before any use of JNA that needs its native code. */
    public static void provide() {
        NativeCode.provide(JnaCode::brought, name(), "jna.boot.library.path");
    }

    /** Returns what to do if it does not load. */
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

    /** Binds calls of the system's own libraries; empty if native code does not run, or the system lacks them. */
    public static <T extends Library> Optional<T> system(Class<T> calls) {
        return of("c", calls);
    }

    private interface Kernel32 extends Library {
        WString GetCommandLineW();
    }

    /** Returns the command line of this process as it was typed; empty on other systems than Windows. */
    public static Optional<String> commandLine() {
        return of("kernel32", Kernel32.class)
                .map(kernel -> kernel.GetCommandLineW().toString());
    }

    /** Binds calls of a system library by its name. */
    public static <T extends Library> Optional<T> of(String library, Class<T> calls) {
        try {
            provide();
            return Optional.of(Native.load(library, calls, options()));
        } catch (LinkageError | RuntimeException absent) {
            return Optional.empty();
        }
    }

    /**
     * Binds the native methods of a class to the C library, for calls that a backup makes for every file: through an
     * interface each takes several times as long. Returns false if native code does not run, or the system lacks them.
     */
    public static boolean bind(Class<?> calls) {
        try {
            provide();
            Native.register(calls, NativeLibrary.getInstance("c", options()));
            return true;
        } catch (LinkageError | RuntimeException absent) {
            return false;
        }
    }

    private static Map<String, Object> options() {
        return Map.of(Library.OPTION_STRING_ENCODING, System.getProperty("sun.jnu.encoding", "UTF-8"));
    }
}
