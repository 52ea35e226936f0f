package dev.shoebox.photos.source;

import java.time.Instant;
import java.util.Optional;

/**
 * A file as its source lists it. Two equal media files of one source have the same bytes, as far as can be known
 * without reading them: this is the key of the catalogue.
 *
 * @param path its path in the source: components separated by {@code /}, no leading slash. A byte that is not UTF-8 is
 *     written as {@code \xHH}, and so is a backslash that would read as such an escape: two files never share a path
 * @param size in bytes
 * @param modified with nanoseconds, if the source has them
 * @param created when the file was created on this source (AFC's st_birthtime), which is not when the photo was taken
 */
public record MediaFile(String path, long size, Instant modified, Optional<Instant> created) {
    /** Returns the last component of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns the same file with another path. */
    public MediaFile at(String otherPath) {
        return path.equals(otherPath) ? this : new MediaFile(otherPath, size, modified, created);
    }

    /**
     * Compares like any record. The generated method costs a short run more time at start-up than all its comparisons.
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof MediaFile file
                && size == file.size
                && path.equals(file.path)
                && modified.equals(file.modified)
                && created.equals(file.created);
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + Long.hashCode(size);
    }

    /** Returns the path without its last component; empty in the root of the source. */
    public String directory() {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
