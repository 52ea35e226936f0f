package dev.shoebox.config;

import java.util.List;

/**
 * Which keys the tables of the configuration may have.
 *
 * @param options of every table for a phone, and above the first table for all phones
 * @param phone what a table for a phone has beyond them
 * @param destination of a table for a destination
 */
public record ConfigSchema(List<Key> options, List<Key> phone, List<Key> destination) {}
