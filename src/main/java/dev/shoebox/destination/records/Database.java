package dev.shoebox.destination.records;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.system.ExhaustedException;
import dev.shoebox.system.NativeCode;
import dev.shoebox.system.Storage;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.LockingMode;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

import java.io.Closeable;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A SQLite database, configured so that a committed transaction survives a power cut on common drives.
 *
 * <p>Measured: with a truncated rollback journal and every folder synced, no committed row was lost; with a write-ahead
 * log and its usual settings, rows were lost in every cut. Not thread-safe.
 */
public final class Database implements Closeable {
    /** The logger of the driver: of two programs that start together, one complains about the cleanup of the other. */
    private static final Logger DRIVER = Logger.getLogger("org.sqlite");

    static {
        DRIVER.setLevel(Level.OFF);
        SqliteCode.prepare();
    }

    /** "SHBX", by which {@code file} and we recognise the catalogue. */
    private static final int APPLICATION_ID = 0x53484258;

    /** The page cache: with less, a rebuild writes each page many times. */
    private static final int CACHE_KIBIBYTES = 32 * 1024;

    private final Connection connection;
    private final BooleanSupplier isFull;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private boolean damaged;

    private Database(Connection connection, BooleanSupplier isFull) {
        this.connection = connection;
        this.isFull = isFull;
    }

    /** Maps a row to a result. */
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** The work of a transaction. */
    public interface Work {
        void run() throws IOException;
    }

    /** The file is not our database, or damaged. */
    public static final class Damaged extends Exception {
        public Damaged(String message) {
            super(message);
        }
    }

    /** Loads SQLite in advance. Opening a database reports a failure. */
    public static void load() {
        try (Connection inMemory = new SQLiteConfig().createConnection(":memory:")) {
            inMemory.getAutoCommit();
        } catch (SQLException | LinkageError notLoaded) {
            // Opening a database reports it.
        }
    }

    /**
     * Opens or creates a database for exclusive use by this process.
     *
     * @param check whether to read and check the whole file; another kind of file is always detected
     * @param isFull asked whether the disk is full if SQLite cannot write
     */
    public static Database exclusive(Path file, boolean check, BooleanSupplier isFull)
            throws Damaged, DestinationException {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.TRUNCATE);
        config.setBusyTimeout(10_000);
        return open(Storage.databaseUri(file.toUri()), config, isFull, LockingMode.EXCLUSIVE, check);
    }

    /** Opens a database for reading, together with other readers. */
    public static Database shared(Path file, boolean check) throws Damaged, DestinationException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(500);
        return open(Storage.databaseUri(file.toUri()), config, () -> false, LockingMode.NORMAL, check);
    }

    public static Database inMemory() {
        try {
            return open(":memory:", new SQLiteConfig(), () -> false, LockingMode.NORMAL, false);
        } catch (Damaged | DestinationException e) {
            throw new IllegalStateException("SQLite does not run on this system", e);
        }
    }

    /** Returns a database in memory from the bytes of a file, which nobody changes meanwhile. */
    public static Database of(byte[] file) throws Damaged, DestinationException {
        Database database = inMemory();
        try {
            database.connection.unwrap(SQLiteConnection.class).deserialize("main", file);
            database.statements.clear();
            database.requireOurs();
            return database;
        } catch (SQLException e) {
            database.close();
            throw damagedOrLost(e, () -> false);
        } catch (Damaged e) {
            database.close();
            throw e;
        }
    }

    private void requireOurs() throws SQLException, Damaged {
        long application = number("PRAGMA application_id");
        boolean fresh = application == 0
                && number("PRAGMA user_version") == 0
                && number("SELECT count(*) FROM sqlite_master") == 0;
        if (!fresh && application != APPLICATION_ID) {
            throw new Damaged("it is not a Shoebox catalogue");
        }
    }

    private static Database open(String uri, SQLiteConfig config, BooleanSupplier full, LockingMode mode, boolean check)
            throws Damaged, DestinationException {
        config.setLockingMode(mode);
        config.setGetGeneratedKeys(false);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setCacheSize(-CACHE_KIBIBYTES);
        Database database;
        try {
            database = new Database(config.createConnection("jdbc:sqlite:" + uri), full);
        } catch (SQLException e) {
            SqliteCode.requireRuns(e);
            throw damagedOrLost(e, full);
        }
        try {
            if (mode == LockingMode.EXCLUSIVE) {
                // One step beyond FULL: the folder is synced, too, after the rollback journal is finished.
                database.execute("PRAGMA synchronous = EXTRA");
                // Only macOS has a flush that reaches the disk and one that does not; elsewhere this has no effect.
                database.execute("PRAGMA fullfsync = ON");
                // The first write takes the lock, which a reader could otherwise hold when a batch commits.
                database.execute("BEGIN EXCLUSIVE");
                database.execute("COMMIT");
            }
            database.requireOurs();
            String found = check
                    ? database.first("PRAGMA quick_check(1)", row -> row.getString(1))
                            .orElse("")
                    : "ok";
            if (!found.equals("ok")) {
                throw new Damaged(found);
            }
            return database;
        } catch (SQLException e) {
            database.close();
            throw damagedOrLost(e, full);
        } catch (Damaged e) {
            database.close();
            throw e;
        }
    }

    private static Damaged damagedOrLost(SQLException e, BooleanSupplier isFull) throws DestinationException {
        if (isDamage(e)) {
            return new Damaged(e.getMessage());
        }
        throw lost(e, isFull);
    }

    private static boolean isDamage(SQLException e) {
        if (e instanceof SQLiteException failure) {
            int code = primary(failure.getResultCode());
            // The last code: the file's blocks do not exist, as a power cut can leave it on exFAT.
            return code == SQLiteErrorCode.SQLITE_CORRUPT.code
                    || code == SQLiteErrorCode.SQLITE_NOTADB.code
                    || failure.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_CORRUPTFS
                    || lacksTable(failure);
        }
        return false;
    }

    /** Whether a table is missing, which a power cut can cause. */
    private static boolean lacksTable(SQLiteException failure) {
        return failure.getResultCode() == SQLiteErrorCode.SQLITE_ERROR
                && String.valueOf(failure.getMessage()).contains("no such table");
    }

    private static int primary(SQLiteErrorCode code) {
        return code.code & 0xFF;
    }

    /** Returns the meaning of a failed statement for the destination. */
    private DestinationException failure(SQLException e) {
        damaged |= isDamage(e);
        return lost(e, isFull);
    }

    /** Returns whether a statement met damage. Earlier results may be wrong, too. */
    boolean isDamaged() {
        return damaged;
    }

    private static DestinationException lost(SQLException e, BooleanSupplier isFull) {
        if (e instanceof SQLiteException failure) {
            int code = primary(failure.getResultCode());
            // A disk that reports being full only on a force, or cannot create files, returns these two, too.
            boolean unexplained =
                    code == SQLiteErrorCode.SQLITE_IOERR.code || code == SQLiteErrorCode.SQLITE_CANTOPEN.code;
            Optional<ExhaustedException> exhausted = unexplained ? ExhaustedException.now(e) : Optional.empty();
            if (exhausted.isPresent()) {
                return new DestinationException.Lost(exhausted.get().getMessage(), exhausted.get());
            }
            if (code == SQLiteErrorCode.SQLITE_FULL.code || (unexplained && isFull.getAsBoolean())) {
                return DestinationException.full(e);
            }
            if (code == SQLiteErrorCode.SQLITE_CORRUPT.code
                    || code == SQLiteErrorCode.SQLITE_NOTADB.code
                    || lacksTable(failure)) {
                return new DestinationException.Lost(
                        "The catalogue is damaged; no photo is affected. Run the backup again, or 'shoebox "
                                + "rebuild', to rebuild it.",
                        e);
            }
            if (code == SQLiteErrorCode.SQLITE_BUSY.code) {
                return new DestinationException.Lost(
                        "Another program has the catalogue open; close it, then run the command again.", e);
            }
        }
        return new DestinationException.Lost(
                "The catalogue can no longer be used ("
                        + String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}+", " ")
                        + "). Files already stored are safe; " + DestinationException.CHECK + ", then run "
                        + "the command again.",
                e);
    }

    /** Returns the version; 0 if nothing was ever stored. */
    int version() throws DestinationException {
        try {
            return (int) number("PRAGMA user_version");
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Called in the transaction that creates the tables. */
    void setVersion(int version) throws DestinationException {
        update("PRAGMA application_id = " + APPLICATION_ID);
        update("PRAGMA user_version = " + version);
    }

    /** Runs the work as a whole, or not at all. */
    void transaction(Work work) throws IOException {
        boolean done = false;
        update("BEGIN IMMEDIATE");
        try {
            work.run();
            update("COMMIT");
            done = true;
        } finally {
            if (!done) {
                try {
                    execute("ROLLBACK");
                } catch (SQLException e) {
                    statements.remove("ROLLBACK");
                    // SQLite rolls back by itself if the disk failed; the cause says more.
                }
            }
        }
    }

    public int update(String sql, Object... arguments) throws DestinationException {
        try {
            PreparedStatement statement = prepare(sql, arguments);
            statement.execute();
            return statement.getUpdateCount();
        } catch (SQLException e) {
            // The driver closes a failed statement: the next use prepares it again.
            statements.remove(sql);
            throw failure(e);
        }
    }

    /** Returns the first row of a query. */
    public <T> Optional<T> first(String sql, Row<T> row, Object... arguments) throws DestinationException {
        return query(sql, row, arguments).stream().findFirst();
    }

    public <T> List<T> query(String sql, Row<T> row, Object... arguments) throws DestinationException {
        try (ResultSet rows = prepare(sql, arguments).executeQuery()) {
            var list = new ArrayList<T>();
            while (rows.next()) {
                list.add(row.read(rows));
            }
            return list;
        } catch (SQLException e) {
            statements.remove(sql);
            throw failure(e);
        }
    }

    private <T> Optional<T> first(String sql, Row<T> row) throws SQLException {
        try (ResultSet rows = prepare(sql).executeQuery()) {
            return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
        }
    }

    private long number(String sql) throws SQLException {
        return first(sql, row -> row.getLong(1)).orElse(0L);
    }

    private void execute(String sql) throws SQLException {
        prepare(sql).execute();
    }

    private PreparedStatement prepare(String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof Optional<?> optional) {
                if (optional.isPresent()) {
                    statement.setObject(i + 1, optional.get());
                } else {
                    statement.setNull(i + 1, Types.VARCHAR);
                }
            } else {
                statement.setObject(i + 1, arguments[i]);
            }
        }
        return statement;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // Every commit was durable before; nothing can be lost.
        }
    }

    /** Loads the native code of SQLite from our own folder. */
    private static final class SqliteCode {
        private SqliteCode() {}

        /** Must be called before the first connection. */
        static void prepare() {
            NativeCode.provide(brought(), LibraryLoaderUtil.getNativeLibName(), "org.sqlite.lib.path");
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
}
