package dev.shoebox.destination.records;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.system.ExhaustedException;
import dev.shoebox.system.NativeCode;
import dev.shoebox.system.Storage;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteConfig;
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
 * One SQLite file, set up so that a committed transaction survives a power cut on the drives people own.
 *
 * <p>Measured: with a rollback journal that is truncated and every directory synced no committed row was lost; with a
 * write-ahead log and its usual settings rows were lost in every cut. Not safe for use by several threads at once.
 */
public final class Database implements Closeable {
    /** Of two programs that start at once, one complains at length that the other has tidied up already. */
    private static final Logger DRIVER = Logger.getLogger("org.sqlite");

    static {
        DRIVER.setLevel(Level.OFF);
        SqliteCode.prepare();
    }

    /** "SHBX", by which {@code file} and we know the catalogue. */
    private static final int APPLICATION_ID = 0x53484258;

    /** Of pages in memory: with less, making a large catalogue again writes each page many times. */
    private static final int CACHE_KIBIBYTES = 32 * 1024;

    private final Connection connection;
    private final BooleanSupplier isFull;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private boolean damaged;

    private Database(Connection connection, BooleanSupplier isFull) {
        this.connection = connection;
        this.isFull = isFull;
    }

    /** Turns a row into what was asked for. */
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** What is done within a transaction. */
    public interface Work {
        void run() throws IOException;
    }

    /** The file is no database of ours, or damaged. */
    public static final class Damaged extends Exception {
        public Damaged(String message) {
            super(message);
        }
    }

    /** Loads SQLite, for whoever opens a database soon. What fails here fails again then, and is told. */
    public static void load() {
        try (Connection inMemory = new SQLiteConfig().createConnection("jdbc:sqlite::memory:")) {
            inMemory.getAutoCommit();
        } catch (SQLException | LinkageError notLoaded) {
            // Whoever opens a database says what it means.
        }
    }

    /**
     * Opens, or creates, for this process alone.
     *
     * @param check whether to read all of it and see whether it holds together; what is plainly no database of ours is
     *     found out without
     * @param isFull asked, where SQLite could not write, whether the disk has no room: it does not hand on why
     */
    public static Database exclusive(Path file, boolean check, BooleanSupplier isFull)
            throws Damaged, DestinationException {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.TRUNCATE);
        config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
        config.setBusyTimeout(10_000);
        return open("jdbc:sqlite:" + Storage.databaseUri(file.toUri()), config, isFull, true, check);
    }

    /** Opens for reading, beside whoever else does. */
    public static Database shared(Path file, boolean check) throws Damaged, DestinationException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(500);
        return open("jdbc:sqlite:" + Storage.databaseUri(file.toUri()), config, () -> false, false, check);
    }

    public static Database inMemory() {
        try {
            return open("jdbc:sqlite::memory:", new SQLiteConfig(), () -> false, false, false);
        } catch (Damaged | DestinationException e) {
            throw new IllegalStateException("SQLite does not run on this system", e);
        }
    }

    /** One in memory, of the bytes of a file that nobody changes while they are read. */
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

    private static Database open(String url, SQLiteConfig config, BooleanSupplier isFull, boolean claim, boolean check)
            throws Damaged, DestinationException {
        config.setGetGeneratedKeys(false);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setCacheSize(-CACHE_KIBIBYTES);
        Database database;
        try {
            database = new Database(config.createConnection(url), isFull);
        } catch (SQLException e) {
            SqliteCode.requireRuns(e);
            throw damagedOrLost(e, isFull);
        }
        try {
            if (claim) {
                // One step beyond FULL: the folder is synced too when the rollback journal is done with.
                database.execute("PRAGMA synchronous = EXTRA");
                // macOS alone has a flush that reaches the disk and one that does not; elsewhere it changes nothing.
                database.execute("PRAGMA fullfsync = ON");
                // The first write takes the lock that a reader could otherwise hold when a batch commits.
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
            throw damagedOrLost(e, isFull);
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
            // The last: its bytes lie where the file system has none, as a power cut can leave it on exFAT.
            return code == SQLiteErrorCode.SQLITE_CORRUPT.code
                    || code == SQLiteErrorCode.SQLITE_NOTADB.code
                    || failure.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_CORRUPTFS
                    || lacksTable(failure);
        }
        return false;
    }

    /** A power cut can leave the first page of a file and not those after it. */
    private static boolean lacksTable(SQLiteException failure) {
        return failure.getResultCode() == SQLiteErrorCode.SQLITE_ERROR
                && String.valueOf(failure.getMessage()).contains("no such table");
    }

    private static int primary(SQLiteErrorCode code) {
        return code.code & 0xFF;
    }

    /** What a failed statement means for the destination. */
    private DestinationException failure(SQLException e) {
        damaged |= isDamage(e);
        return lost(e, isFull);
    }

    /** Whether a statement met damage. What was answered before may be wrong too: such a file is to be made again. */
    boolean isDamaged() {
        return damaged;
    }

    private static DestinationException lost(SQLException e, BooleanSupplier isFull) {
        if (e instanceof SQLiteException failure) {
            int code = primary(failure.getResultCode());
            // A full disk that says so only when bytes are forced, and one on which no file can be made, come as these
            // two.
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

    /** 0 for one where nothing was ever stored. */
    int version() throws DestinationException {
        try {
            return (int) number("PRAGMA user_version");
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** To be called within the transaction that creates the tables. */
    void setVersion(int version) throws DestinationException {
        update("PRAGMA application_id = " + APPLICATION_ID);
        update("PRAGMA user_version = " + version);
    }

    /** All of it, or nothing. */
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
                    // SQLite rolls back by itself where the disk failed; what made us roll back says more.
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
            // The driver closes a statement that failed: the next use prepares it anew.
            statements.remove(sql);
            throw failure(e);
        }
    }

    /** The first row that a query finds. */
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
            // Every commit was durable before; there is nothing left to lose.
        }
    }

    /** The native code of SQLite, from a place that is ours. */
    private static final class SqliteCode {
        private SqliteCode() {}

        /** To be called before the first connection. */
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
}
