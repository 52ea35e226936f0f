package dev.shoebox.destination.records.database;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.system.NativeCode;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

import java.net.URL;
import java.sql.SQLException;
import java.util.Optional;

/** The native code of SQLite, loaded from a folder of our own. */
final class SqliteCode {
    private SqliteCode() {}

    /** Must be called before the first connection. */
    static void prepare() {
        NativeCode.provide(SqliteCode::brought, LibraryLoaderUtil.getNativeLibName(), "org.sqlite.lib.path");
    }

    private static Optional<URL> brought() {
        String folder = NativeCode.isGlibc()
                ? "/org/sqlite/native/Linux/" + OSInfo.getArchName()
                : LibraryLoaderUtil.getNativeLibResourcePath();
        String resource = folder + "/" + LibraryLoaderUtil.getNativeLibName();
        return Optional.ofNullable(LibraryLoaderUtil.class.getResource(resource));
    }

    /**
     * @throws DestinationException.NoNativeCode if a connection failed because SQLite itself could not be loaded
     */
    static void requireRuns(SQLException failed) throws DestinationException {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof NativeLibraryNotFoundException || cause instanceof LinkageError) {
                throw new DestinationException.NoNativeCode(
                        NativeCode.advice(brought().isPresent(), failed), failed);
            }
        }
    }
}
