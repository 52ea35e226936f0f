package dev.shoebox.config;

/** A position in the configuration file; both numbers start at 1. */
public record Position(int line, int column) {
    static final Position START = new Position(1, 1);
}
