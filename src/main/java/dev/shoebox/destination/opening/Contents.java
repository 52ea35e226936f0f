package dev.shoebox.destination.opening;

import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.format.Plausibility;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The results of the content checks of a backup's files.
 *
 * @param implausible the files known not to be {@link Plausibility#PLAUSIBLE}, by {@link StoredFile#path}
 * @param unassessed the paths of files that were never checked
 * @param complete whether there was time for all; the rest are missing or unreadable
 */
public record Contents(Map<String, Plausibility> implausible, Set<String> unassessed, boolean complete) {
    /** Nothing is known, and nothing is to be checked. */
    public static final Contents UNKNOWN = new Contents(Map.of(), Set.of(), true);

    public Contents {
        implausible = Map.copyOf(implausible);
        unassessed = Set.copyOf(unassessed);
    }

    /** Returns the result for a path; empty if plausible, or not checked yet. */
    public Optional<Plausibility> at(String path) {
        return Optional.ofNullable(implausible.get(path));
    }

    /** Returns whether the file is known not to be a complete photo or video. */
    public boolean isBroken(String path) {
        return at(path).filter(Plausibility::isBroken).isPresent();
    }
}
