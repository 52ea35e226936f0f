package dev.shoebox.destination;

/**
 * A file of a source that an earlier run could not back up.
 *
 * @param path on the source
 * @param breaks whether the connection was lost at it
 */
public record Trouble(String path, boolean breaks) {}
