package dev.shoebox.config;

import java.util.List;

/**
 * The keys that the tables of the configuration may have.
 *
 * @param options keys of every phone's table, and of the top level for all phones
 * @param phone further keys of a phone's table
 * @param destination keys of a destination's table
 */
public record ConfigSchema(List<Key> options, List<Key> phone, List<Key> destination) {}
