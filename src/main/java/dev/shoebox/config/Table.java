package dev.shoebox.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys and their values.
 *
 * @param name {@code anna} for {@code [phone.anna]}; empty for the top level
 */
public record Table(String name, Position at, Map<String, Entry> entries) {
    /** A table without keys, for no phone in particular. */
    public static final Table EMPTY = new Table("", Position.START, Map.of());

    /**
     * One key.
     *
     * @param values as text; one, or any number for a list
     */
    public record Entry(Position at, List<String> values) {
        /** Returns the only value, or the first one. */
        public String value() {
            return values.isEmpty() ? "" : values.get(0);
        }
    }

    public Optional<Entry> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** Returns the value of a key. */
    public Optional<String> text(String key) {
        return find(key).map(Entry::value);
    }
}
