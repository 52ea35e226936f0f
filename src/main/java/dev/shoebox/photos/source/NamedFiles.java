package dev.shoebox.photos.source;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A source that finds files other than photos by path: a phone, or a folder with a copy of one, has its library beside
 * the photos. The files are read with {@link MediaSource#read} and {@link MediaSource#open}.
 */
public interface NamedFiles {
    /**
     * Returns the current state of one file.
     *
     * @param path in the form of {@link MediaFile}
     * @return empty if it does not exist or is not a file
     * @throws MediaSource.UnreadableException if the source refuses this file
     * @throws IOException if the source is lost
     */
    Optional<MediaFile> find(String path) throws IOException;

    /**
     * Finds many files at once, as fast as the source can.
     *
     * @return the existing files that the source does not refuse, by path
     * @throws IOException if the source is lost
     */
    default Map<String, MediaFile> findAll(Collection<String> paths) throws IOException {
        Map<String, MediaFile> found = new HashMap<>();
        for (String path : paths) {
            try {
                find(path).ifPresent(file -> found.put(path, file));
            } catch (MediaSource.UnreadableException untold) {
                // Others may still be found.
            }
        }
        return found;
    }

    /**
     * Returns the free bytes where the source stores its photos; empty if unknown.
     *
     * @throws IOException if the source is lost
     */
    default OptionalLong freeBytes() throws IOException {
        return OptionalLong.empty();
    }

    /** Returns the source if it can find files by path; an archive can only be listed as a whole. */
    static Optional<NamedFiles> of(MediaSource source) {
        return source instanceof NamedFiles files ? Optional.of(files) : Optional.empty();
    }
}
