package dev.shoebox.photos;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The photos of a library that are waiting for iCloud, and those that iCloud rejected. Without Recently Deleted and
 * copies in shared albums.
 *
 * @param told whether the library has this information at all
 * @param waiting when each was added to the library, if known, by {@link LibraryAsset#path}
 * @param rejected the identifiers of each in iCloud's own records, by {@link LibraryAsset#path}
 */
public record Uploads(boolean told, Map<String, Optional<Instant>> waiting, Map<String, Set<String>> rejected) {
    public static final Uploads UNTOLD = new Uploads(false, Map.of(), Map.of());

    public Uploads {
        waiting = Map.copyOf(waiting);
        rejected = Map.copyOf(rejected);
    }
}
