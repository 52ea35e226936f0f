package dev.shoebox.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * A word that a table may use.
 *
 * @param name as it is written in the file: {@code limit-rate}
 * @param complaint says what is wrong with a value; empty where it can be followed
 */
public record Key(String name, Kind kind, Function<String, Optional<String>> complaint) {
    /** What is written behind the equals sign. */
    public enum Kind {
        /** {@code true} or {@code false}. */
        FLAG,
        /** Text, a number or a date. */
        VALUE,
        /** One of those, or several in brackets. */
        LIST
    }

    /** A key for text of any kind. */
    public static Key ofText(String name) {
        return new Key(name, Kind.VALUE, text -> Optional.empty());
    }
}
