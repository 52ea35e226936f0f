package dev.shoebox.library.database;

import dev.shoebox.system.Storage;
import dev.shoebox.system.nativecode.SqliteCode;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * The tables of a database that comes from a phone and is believed no further than it must be: opened for reading only,
 * each table read from end to end with no help of indexes, triggers or views of its own, and within bounds of time and of
 * memory.
 */
public final class Tables implements AutoCloseable {
    /** The logger of the driver: of two programs that start together, one complains about the cleanup of the other. */
    private static final Logger DRIVER = Logger.getLogger("org.sqlite");

    static {
        DRIVER.setLevel(Level.OFF);
    }

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final int STEPS_BETWEEN_LOOKS = 100_000;
    private static final int MOST_TABLES = 5000;

    /** The largest value, in bytes; a row on a phone has a few thousand. */
    private static final int LARGEST_VALUE = 4 << 20;

    private final Connection connection;

    /** The names of columns, by table. */
    private final Map<String, Set<String>> columns = new TreeMap<>();

    private Tables(Connection connection) {
        this.connection = connection;
    }

    /**
     * Opens the tables of a Photos library, whose names start with Z; an iPhone's has hundreds of others.
     *
     * @param stopped polled; returns whether to give up
     */
    public static Tables open(Path database, BooleanSupplier stopped) throws NoLibraryException {
        return open(database, stopped, name -> name.toUpperCase(Locale.ROOT).startsWith("Z"));
    }

    /** @param wanted selects the tables whose columns are read, by name */
    public static Tables open(Path database, BooleanSupplier stopped, Predicate<String> wanted)
            throws NoLibraryException {
        return open(Storage.databaseUri(database.toUri()), stopped, wanted);
    }

    /**
     * As {@link #open(Path, BooleanSupplier, Predicate)}, for an immutable database beside which nothing may be
     * written: no log is read or created.
     */
    public static Tables openUnchanging(Path database, BooleanSupplier stopped, Predicate<String> wanted)
            throws NoLibraryException {
        return open(Storage.databaseUri(database.toUri()) + "?immutable=1", stopped, wanted);
    }

    private static Tables open(String uri, BooleanSupplier stopped, Predicate<String> wanted)
            throws NoLibraryException {
        SqliteCode.provide();
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        config.enableLoadExtension(false);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setPragma(SQLiteConfig.Pragma.LIMIT_LENGTH, Integer.toString(LARGEST_VALUE));
        config.setPragma(SQLiteConfig.Pragma.LIMIT_ATTACHED, "0");
        try {
            Tables tables = new Tables(config.createConnection("jdbc:sqlite:" + uri));
            try {
                tables.prepare(stopped, wanted);
                return tables;
            } catch (SQLException | RuntimeException | NoLibraryException failed) {
                tables.close();
                throw failed;
            }
        } catch (SQLException failed) {
            throw unreadable(failed);
        }
    }

    private void prepare(BooleanSupplier stopped, Predicate<String> wanted) throws SQLException, NoLibraryException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        ProgressHandler.setHandler(connection, STEPS_BETWEEN_LOOKS, new ProgressHandler() {
            @Override
            protected int progress() {
                return stopped.getAsBoolean() || System.nanoTime() > deadline ? 1 : 0;
            }
        });
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("PRAGMA cell_size_check = ON");
            statement.execute("PRAGMA mmap_size = 0");
            List<String> names = new ArrayList<>();
            // A virtual table runs its own code, and a view a foreign query: we need neither.
            try (ResultSet rows = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'"
                    + " AND sql NOT LIKE 'CREATE VIRTUAL%' AND length(name) <= 100 LIMIT " + MOST_TABLES)) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            for (String name : names) {
                if (name != null && wanted.test(name)) {
                    columns.put(name, columnsOf(statement, name));
                }
            }
        }
    }

    private static Set<String> columnsOf(Statement statement, String table) throws SQLException {
        Set<String> names = new LinkedHashSet<>();
        try (ResultSet rows = statement.executeQuery("PRAGMA table_info(" + quoted(table) + ")")) {
            while (rows.next()) {
                names.add(rows.getString("name"));
            }
        }
        return names;
    }

    /** Returns the table of this name, if it exists and is intact. */
    public Optional<Table> find(String name) throws NoLibraryException {
        Set<String> known = columns.get(name);
        if (known == null || !isSound(name)) {
            return Optional.empty();
        }
        return Optional.of(new Table(name, known));
    }

    /** Returns the names of matching tables. */
    List<String> names(String pattern) {
        return columns.keySet().stream().filter(name -> name.matches(pattern)).toList();
    }

    /** Returns the names of a table's columns. */
    Set<String> columns(String table) {
        return columns.getOrDefault(table, Set.of());
    }

    /** Returns whether a table is intact. Only tables that are read are checked: others may be damaged. */
    private boolean isSound(String table) throws NoLibraryException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA quick_check(" + quoted(table) + ")")) {
            String found = row.next() ? row.getString(1) : "nothing";
            if (!"ok".equals(found)) {
                throw NoLibraryException.damaged(new SQLException(found));
            }
            return true;
        } catch (SQLException failed) {
            if (isDamage(failed) || isInterruption(failed)) {
                throw unreadable(failed);
            }
            // A check that this SQLite cannot make, because of a function or collation of the phone, proves nothing.
            return true;
        }
    }

    /**
     * A yes-or-no question about one column. All answers together come as one number, {@link #NAME}, because reading
     * another value costs as much as the row.
     *
     * @param bit its bit, from 0
     * @param test the comparison, in SQL
     */
    public record Flag(int bit, String column, String test) {
        static final String NAME = "(flags)";

        public boolean in(long flags) {
            return (flags >>> bit & 1) == 1;
        }
    }

    /** Receives each row of a table. */
    public interface RowReader {
        void read(Row row) throws SQLException, NoLibraryException;
    }

    /** One table, with its actual columns. */
    public final class Table {
        private final String name;
        private final Set<String> known;

        Table(String name, Set<String> known) {
            this.name = name;
            this.known = known;
        }

        public boolean has(String column) {
            return known.contains(column);
        }

        /** Reads the wanted columns of every row; columns that the table lacks are absent. */
        public void scan(List<String> wanted, RowReader reader) throws NoLibraryException {
            read(wanted, List.of(), "", reader);
        }

        /** Also answers questions; the answer for a missing column is no. */
        public void scan(List<String> wanted, List<Flag> flags, RowReader reader) throws NoLibraryException {
            read(wanted, flags, "", reader);
        }

        /**
         * As {@link #scan(List, RowReader)}, for some rows.
         *
         * @param condition simple comparisons of existing columns, in SQL
         */
        public void scan(List<String> wanted, String condition, RowReader reader) throws NoLibraryException {
            read(wanted, List.of(), " WHERE " + condition, reader);
        }

        private void read(List<String> plain, List<Flag> flags, String where, RowReader reader)
                throws NoLibraryException {
            List<String> wanted = new ArrayList<>(plain);
            List<String> there =
                    new ArrayList<>(plain.stream().filter(known::contains).toList());
            if (there.isEmpty()) {
                return;
            }
            String columns = there.stream().map(Tables::quoted).collect(Collectors.joining(", "));
            String questions = flags.stream()
                    .filter(flag -> known.contains(flag.column()))
                    .map(flag -> "(ifnull(" + quoted(flag.column()) + " " + flag.test() + ", 0) << " + flag.bit() + ")")
                    .collect(Collectors.joining(" + "));
            if (!questions.isEmpty()) {
                columns += ", " + questions;
                wanted.add(Flag.NAME);
                there.add(Flag.NAME);
            }
            String query = "SELECT " + columns + " FROM " + quoted(name) + " NOT INDEXED" + where;
            int[] places = wanted.stream()
                    .mapToInt(column -> there.indexOf(column) + 1)
                    .toArray();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                Row row = new Row(rows, wanted, places);
                while (rows.next()) {
                    reader.read(row);
                }
            } catch (SQLException failed) {
                throw unreadable(failed);
            }
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static NoLibraryException unreadable(SQLException failed) {
        if (isInterruption(failed)) {
            return new NoLibraryException("reading it took too long", failed);
        }
        return isDamage(failed)
                ? NoLibraryException.damaged(failed)
                : new NoLibraryException("SQLite cannot read it", failed);
    }

    private static boolean isInterruption(SQLException failed) {
        return code(failed) == SQLiteErrorCode.SQLITE_INTERRUPT.code;
    }

    private static boolean isDamage(SQLException failed) {
        int code = code(failed);
        return code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code;
    }

    /** Returns the primary code, without the extension in the higher bytes. */
    private static int code(SQLException failed) {
        return failed instanceof SQLiteException known
                ? known.getResultCode().code & 0xff
                : failed.getErrorCode() & 0xff;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // It was only read.
        }
    }
}
