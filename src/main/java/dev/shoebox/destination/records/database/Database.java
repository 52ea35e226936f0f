package dev.shoebox.destination.records.database;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.system.Storage;
import dev.shoebox.system.nativecode.SqliteCode;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.LockingMode;
import org.sqlite.SQLiteConnection;

import java.io.Closeable;
import java.io.IOException;
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
        SqliteCode.provide();
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

    /** Opens an empty database in memory. */
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
            Optional<String> advice = SqliteCode.advice(e);
            if (advice.isPresent()) {
                throw new DestinationException.NoNativeCode(advice.get(), e);
            }
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
        if (SqliteFailure.isDamage(e)) {
            return new Damaged(e.getMessage());
        }
        throw SqliteFailure.lost(e, isFull);
    }

    /** Returns the meaning of a failed statement for the destination. */
    private DestinationException failure(SQLException e) {
        damaged |= SqliteFailure.isDamage(e);
        return SqliteFailure.lost(e, isFull);
    }

    /** Returns whether a statement met damage. Earlier results may be wrong, too. */
    public boolean isDamaged() {
        return damaged;
    }

    /** Returns the version; 0 if nothing was ever stored. */
    public int version() throws DestinationException {
        try {
            return (int) number("PRAGMA user_version");
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Called in the transaction that creates the tables. */
    public void setVersion(int version) throws DestinationException {
        update("PRAGMA application_id = " + APPLICATION_ID);
        update("PRAGMA user_version = " + version);
    }

    /** Runs the work as a whole, or not at all. */
    public void transaction(Work work) throws IOException {
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

    /** Executes a statement, and returns how many rows it changed. */
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

    /** Returns every row of a query. */
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
}
