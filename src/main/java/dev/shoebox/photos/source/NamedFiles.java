package dev.shoebox.photos.source;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A source in which files that are no photos can be found by their path: a phone, or a folder with a copy of one, keeps
 * its library beside the photos. What is found is read with {@link MediaSource#read} and {@link MediaSource#open}.
 */
public interface NamedFiles {
    /**
     * What the source says of one file, now.
     *
     * @param path as a {@link MediaFile} has it
     * @return empty if nothing is there, or something that is no file
     * @throws MediaSource.UnreadableException if the source does not tell of this file
     * @throws IOException if the source is lost
     */
    Optional<MediaFile> find(String path) throws IOException;

    /**
     * {@link #find} for many files at once, as fast as the source can.
     *
     * @return those that are there and that the source tells of, by path
     * @throws IOException if the source is lost
     */
    default Map<String, MediaFile> findAll(Collection<String> paths) throws IOException {
        Map<String, MediaFile> found = new HashMap<>();
        for (String path : paths) {
            try {
                find(path).ifPresent(file -> found.put(path, file));
            } catch (MediaSource.UnreadableException untold) {
                // Of the others it may tell.
            }
        }
        return found;
    }

    /**
     * How many bytes are free where the source keeps its photos, now; empty where it does not say so.
     *
     * @throws IOException if the source is lost
     */
    default OptionalLong freeBytes() throws IOException {
        return OptionalLong.empty();
    }

    /** The same source, if files can be found in it; an archive is listed as a whole or not at all. */
    static Optional<NamedFiles> of(MediaSource source) {
        return source instanceof NamedFiles files ? Optional.of(files) : Optional.empty();
    }
}
