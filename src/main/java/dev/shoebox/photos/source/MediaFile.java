package dev.shoebox.photos.source;

import java.time.Instant;
import java.util.Optional;

/**
 * A file as its source lists it. Two equal media files of one source are the same bytes as far as can be told without
 * reading them: this is the key under which the catalogue remembers what it has.
 *
 * @param path where it lies in its source: components joined by {@code /}, no leading slash. A byte that is not UTF-8
 *     stands as {@code \xHH}, and so does a backslash that would read as such an escape: two files never share a path
 * @param size in bytes
 * @param modified nanosecond precision as far as the source has it
 * @param created when the file came to be on this source (AFC's st_birthtime), which is not when the photo was taken
 */
public record MediaFile(String path, long size, Instant modified, Optional<Instant> created) {
    /** The last component of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The same file where it is called otherwise. */
    public MediaFile at(String otherPath) {
        return path.equals(otherPath) ? this : new MediaFile(otherPath, size, modified, created);
    }

    /** As for every record; but what Java puts together for them at run time costs a short run more than all its comparing. */
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

    /** The path without its last component; empty at the top of the source. */
    public String directory() {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
