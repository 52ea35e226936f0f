package dev.shoebox.destination.records;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.system.NativeCode;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.util.LibraryLoaderUtil;

import java.net.URL;
import java.sql.SQLException;
import java.util.Optional;

/** The native code of SQLite, from a place that is ours. */
final class SqliteCode {
    private SqliteCode() {}

    /** To be called before the first connection. */
    static void prepare() {
        NativeCode.provide(brought(), LibraryLoaderUtil.getNativeLibName(), "org.sqlite.lib.path");
    }

    private static Optional<URL> brought() {
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
        return Optional.ofNullable(LibraryLoaderUtil.class.getResource(resource));
    }

    /** @throws DestinationException.NoNativeCode if a connection failed because SQLite itself could not be loaded */
    static void requireRuns(SQLException failed) throws DestinationException {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof NativeLibraryNotFoundException || cause instanceof LinkageError) {
                throw new DestinationException.NoNativeCode(
                        NativeCode.advice(brought().isPresent(), failed), failed);
            }
        }
    }
}
