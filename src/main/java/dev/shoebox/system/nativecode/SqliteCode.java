package dev.shoebox.system.nativecode;

import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

import java.net.URL;
import java.util.Optional;

/** The native code of SQLite, loaded from a folder of our own. */
public final class SqliteCode {
    private SqliteCode() {}

    /** Must be called before the first connection. */
    public static void provide() {
        NativeCode.provide(SqliteCode::brought, LibraryLoaderUtil.getNativeLibName(), "org.sqlite.lib.path");
    }

    private static Optional<URL> brought() {
        String folder = NativeCode.isGlibc()
                ? "/org/sqlite/native/Linux/" + OSInfo.getArchName()
                : LibraryLoaderUtil.getNativeLibResourcePath();
        String resource = folder + "/" + LibraryLoaderUtil.getNativeLibName();
        return Optional.ofNullable(LibraryLoaderUtil.class.getResource(resource));
    }

    /** Returns what to do if a connection failed because SQLite itself could not be loaded; empty for other failures. */
    public static Optional<String> advice(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof NativeLibraryNotFoundException || cause instanceof LinkageError) {
                return Optional.of(NativeCode.advice(brought().isPresent(), failed));
            }
        }
        return Optional.empty();
    }
}
