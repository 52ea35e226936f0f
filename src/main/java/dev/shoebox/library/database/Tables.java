package dev.shoebox.library.database;

import dev.shoebox.system.NativeCode;
import dev.shoebox.system.Storage;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.util.LibraryLoaderUtil;

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
    /** Of two programs that start at once, one complains at length that the other has tidied up already. */
    private static final Logger DRIVER = Logger.getLogger("org.sqlite");

    static {
        DRIVER.setLevel(Level.OFF);
    }

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final int STEPS_BETWEEN_LOOKS = 100_000;
    private static final int MOST_TABLES = 5000;

    /** In bytes; a row of a phone's has a few thousand. */
    private static final int LARGEST_VALUE = 4 << 20;

    private final Connection connection;

    /** By name: the names of its columns. */
    private final Map<String, Set<String>> columns = new TreeMap<>();

    private Tables(Connection connection) {
        this.connection = connection;
    }

    /**
     * The tables of a Photos library, whose names begin with Z; an iPhone's has hundreds of others.
     *
     * @param stopped is asked now and then whether to give up
     */
    public static Tables open(Path database, BooleanSupplier stopped) throws NoLibraryException {
        return open(database, stopped, name -> name.toUpperCase(Locale.ROOT).startsWith("Z"));
    }

    /** @param wanted of which tables, by their names, the columns are looked at */
    public static Tables open(Path database, BooleanSupplier stopped, Predicate<String> wanted)
            throws NoLibraryException {
        return open(Storage.databaseUri(database.toUri()), stopped, wanted);
    }

    /**
     * {@link #open(Path, BooleanSupplier, Predicate)} of a database that nobody changes and beside which nothing may be written:
     * no log beside it is read, and none is made.
     */
    public static Tables openUnchanging(Path database, BooleanSupplier stopped, Predicate<String> wanted)
            throws NoLibraryException {
        return open(Storage.databaseUri(database.toUri()) + "?immutable=1", stopped, wanted);
    }

    private static Tables open(String uri, BooleanSupplier stopped, Predicate<String> wanted)
            throws NoLibraryException {
        prepareSqlite();
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
            // A virtual table is code of its own, and a view a query of somebody else's: neither has anything for us.
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

    /** The table of this name, if there is one that holds together. */
    public Optional<Table> find(String name) throws NoLibraryException {
        Set<String> known = columns.get(name);
        if (known == null || !isSound(name)) {
            return Optional.empty();
        }
        return Optional.of(new Table(name, known));
    }

    /** The names of tables that match. */
    List<String> names(String pattern) {
        return columns.keySet().stream().filter(name -> name.matches(pattern)).toList();
    }

    /** The names of a table's columns. */
    Set<String> columns(String table) {
        return columns.getOrDefault(table, Set.of());
    }

    /** What is checked is what is read: another table may be as damaged as it likes. */
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
            // A check that this SQLite cannot make, for a function or collation of the phone's own, says nothing.
            return true;
        }
    }

    /**
     * A question about one column that is answered yes or no. All of them together come as one number, {@link #NAME}: each
     * value that is taken out of a row costs as much as the row.
     *
     * @param bit its own, from 0
     * @param test what the column is compared with, in SQL
     */
    public record Flag(int bit, String column, String test) {
        static final String NAME = "(flags)";

        public boolean in(long flags) {
            return (flags >>> bit & 1) == 1;
        }
    }

    /** What is done with each row of a table. */
    public interface RowReader {
        void read(Row row) throws SQLException, NoLibraryException;
    }

    /** One table, as it turned out to be. */
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

        /** Reads the wanted columns of every row; those which the table lacks are absent in each. */
        public void scan(List<String> wanted, RowReader reader) throws NoLibraryException {
            read(wanted, List.of(), "", reader);
        }

        /** The same, and answers questions; a column that is not there answers no. */
        public void scan(List<String> wanted, List<Flag> flags, RowReader reader) throws NoLibraryException {
            read(wanted, flags, "", reader);
        }

        /**
         * {@link #scan(List, RowReader)} of some rows.
         *
         * @param condition simple comparisons of columns that are there, in SQL
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

    /** Without what SQLite adds to it in the higher bytes. */
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
            // It was only read from.
        }
    }

    /** Has SQLite take its native code from a place that is ours, unless that is said already. */
    private static void prepareSqlite() {
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        NativeCode.provide(
                Optional.ofNullable(LibraryLoaderUtil.class.getResource(resource)), name, "org.sqlite.lib.path");
    }
}
