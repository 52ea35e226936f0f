package dev.shoebox.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * A key that a table may have.
 *
 * @param name as written in the file: {@code limit-rate}
 * @param complaint returns what is wrong with a value; empty if it is valid
 */
public record Key(String name, Kind kind, Function<String, Optional<String>> complaint) {
    /** The type of a value. */
    public enum Kind {
        /** {@code true} or {@code false}. */
        FLAG,
        /** A string, a number or a date. */
        VALUE,
        /** One value, or several in brackets. */
        LIST
    }

    /** Creates a key for any text. */
    public static Key ofText(String name) {
        return new Key(name, Kind.VALUE, text -> Optional.empty());
    }
}
