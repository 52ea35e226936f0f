package dev.shoebox.destination.records.run;

/**
 * A file of a source that an earlier run could not back up.
 *
 * @param path on the source
 * @param breaks whether the connection was lost while it was read
 */
public record FailedFile(String path, boolean breaks) {}
