package dev.shoebox.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Some keys with their values.
 *
 * @param name {@code anna} of {@code [phone.anna]}; empty for what stands above the tables
 */
public record Table(String name, Position at, Map<String, Entry> entries) {
    static final Table EMPTY = new Table("", Position.START, Map.of());

    /**
     * One key.
     *
     * @param values as text; one, or any number for a list
     */
    public record Entry(Position at, List<String> values) {
        /** The only value, or the first. */
        public String value() {
            return values.isEmpty() ? "" : values.get(0);
        }
    }

    public Optional<Entry> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** The value of a key. */
    public Optional<String> text(String key) {
        return find(key).map(Entry::value);
    }
}
