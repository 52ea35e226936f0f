package dev.shoebox.config;

/** A place in the configuration file; both counted from 1. */
public record Position(int line, int column) {
    static final Position START = new Position(1, 1);
}
