package dev.shoebox.library.database;

import dev.shoebox.library.database.Tables.Flag;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The current row of a scan. Columns are identified by their place among the wanted ones; missing values are absent.
 */
public final class Row {
    private static final int LONGEST_TEXT = 8000;

    private final ResultSet rows;
    private final List<String> wanted;
    private final int[] places;

    /** @param places for each wanted column its index in the rows, from 1; 0 for none */
    Row(ResultSet rows, List<String> wanted, int[] places) {
        this.rows = rows;
        this.wanted = wanted;
        this.places = places;
    }

    public OptionalLong number(String column) throws SQLException {
        int place = place(column);
        if (place == 0) {
            return OptionalLong.empty();
        }
        long value = rows.getLong(place);
        return value == 0 && rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** Returns a number; zero if absent. */
    public long numberOrZero(String column) throws SQLException {
        int place = place(column);
        return place == 0 ? 0 : rows.getLong(place);
    }

    public OptionalDouble real(String column) throws SQLException {
        int place = place(column);
        if (place == 0) {
            return OptionalDouble.empty();
        }
        double value = rows.getDouble(place);
        return (value == 0 && rows.wasNull()) || !Double.isFinite(value)
                ? OptionalDouble.empty()
                : OptionalDouble.of(value);
    }

    /** Returns a text; absent if blank, cut off if longer than any real one. */
    public Optional<String> text(String column) throws SQLException {
        int place = place(column);
        String value = place == 0 ? null : rows.getString(place);
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(value.length() > LONGEST_TEXT ? value.substring(0, LONGEST_TEXT) : value);
    }

    /** Returns bytes; absent if there are none, or too many, which are then not read. */
    public Optional<byte[]> bytes(String column) throws SQLException {
        int place = place(column);
        return place == 0 ? Optional.empty() : Optional.ofNullable(rows.getBytes(place));
    }

    /** Returns the answers to all flags; zero if none was asked. */
    public long flags() throws SQLException {
        return wanted.contains(Flag.NAME) ? numberOrZero(Flag.NAME) : 0;
    }

    private int place(String column) {
        return places[wanted.indexOf(column)];
    }
}
