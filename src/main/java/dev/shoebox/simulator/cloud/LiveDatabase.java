package dev.shoebox.simulator.cloud;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A database in the state in which a running app leaves it: most rows in the file, the newest in the log beside it.
 * Dates are seconds since 2001.
 */
public final class LiveDatabase implements AutoCloseable {
    private static final long EPOCH_2001 = 978_307_200;

    private final Path folder;
    private final Connection connection;

    /** The bytes of a database and its log. */
    public static final class Bytes {
        private final byte[] database;
        private final byte[] log;

        private Bytes(byte[] database, byte[] log) {
            this.database = database;
            this.log = log;
        }

        public byte[] database() {
            return database;
        }

        public byte[] log() {
            return log;
        }
    }

    public LiveDatabase() throws IOException {
        folder = Files.createTempDirectory("shoebox-simulate");
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("database"));
            execute("PRAGMA journal_mode = WAL");
            execute("PRAGMA wal_autocheckpoint = 0");
            execute("PRAGMA synchronous = OFF");
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    static double seconds(Instant time) {
        return time.getEpochSecond() - EPOCH_2001 + time.getNano() / 1e9;
    }

    void execute(String sql) throws IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** Creates the table if necessary. The type of a column follows its values. */
    public void table(String name, String columns) throws IOException {
        execute("CREATE TABLE IF NOT EXISTS " + name + " (" + columns + ")");
    }

    public void insert(String table, Map<String, ?> row) throws IOException {
        String columns = String.join(", ", row.keySet());
        String marks = row.keySet().stream().map(column -> "?").collect(Collectors.joining(", "));
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + table + "(" + columns + ") VALUES(" + marks + ")")) {
            int place = 1;
            for (Object value : row.values()) {
                insert.setObject(place++, value instanceof Instant time ? (Object) seconds(time) : value);
            }
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** Moves everything written so far to the file itself. Later rows stay in the log. */
    void checkpoint() throws IOException {
        execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    public Bytes bytes() throws IOException {
        return new Bytes(
                Files.readAllBytes(folder.resolve("database")), Files.readAllBytes(folder.resolve("database-wal")));
    }

    public static Map<String, Object> row(Object... keysAndValues) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            row.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return row;
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
        List<Path> left = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(left::add);
        }
        for (Path file : left) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
