package dev.shoebox.photos;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which photos of a library are on their way into iCloud, and which could not be taken there. Nothing in Recently Deleted,
 * and no copies that belong to shared albums.
 *
 * @param told whether the library can tell of that at all
 * @param waiting by {@link LibraryAsset#path}: when each came into the library, where that is known
 * @param rejected by {@link LibraryAsset#path}: what iCloud's own notes call each
 */
public record Uploads(boolean told, Map<String, Optional<Instant>> waiting, Map<String, Set<String>> rejected) {
    public static final Uploads UNTOLD = new Uploads(false, Map.of(), Map.of());

    public Uploads {
        waiting = Map.copyOf(waiting);
        rejected = Map.copyOf(rejected);
    }
}
