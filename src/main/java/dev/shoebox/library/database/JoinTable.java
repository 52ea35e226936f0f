package dev.shoebox.library.database;

import dev.shoebox.library.database.Tables.Table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A table that joins two others. Core Data numbers its entities anew in each version of iOS, and names these tables and
 * their columns by the numbers ({@code Z_28ASSETS} with {@code Z_28ALBUMS} and {@code Z_3ASSETS}), so they are
 * recognised by their shape.
 */
public record JoinTable(Table table, String left, String right) {
    public interface PairReader {
        void read(long left, long right) throws NoLibraryException;
    }

    /** Returns every table of that name with both columns. */
    public static List<JoinTable> candidates(Tables tables, String name, String left, String right)
            throws NoLibraryException {
        List<JoinTable> found = new ArrayList<>();
        for (String table : tables.names(name)) {
            Set<String> columns = tables.columns(table);
            Optional<String> one = matching(columns, left);
            Optional<String> other = matching(columns, right);
            Optional<Table> sound = one.isEmpty() || other.isEmpty() ? Optional.empty() : tables.find(table);
            sound.ifPresent(there -> found.add(new JoinTable(there, one.orElseThrow(), other.orElseThrow())));
        }
        return found;
    }

    /** Returns the first of them. */
    public static Optional<JoinTable> find(Tables tables, String name, String left, String right)
            throws NoLibraryException {
        return candidates(tables, name, left, right).stream().findFirst();
    }

    private static Optional<String> matching(Set<String> columns, String pattern) {
        Pattern name = Pattern.compile(pattern);
        return columns.stream().filter(column -> name.matcher(column).matches()).findFirst();
    }

    public void scan(PairReader reader) throws NoLibraryException {
        table.scan(List.of(left, right), row -> reader.read(row.numberOrZero(left), row.numberOrZero(right)));
    }
}
