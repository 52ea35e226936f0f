package dev.shoebox.destination.opening;

import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.format.Plausibility;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the bytes of a backup's files look like.
 *
 * @param implausible by {@link StoredFile#path}: every file that is known not to be {@link Plausibility#PLAUSIBLE}
 * @param unassessed the paths of files that nobody has looked at yet
 * @param complete whether there was time for all of them: the others could not be read, or are missing
 */
public record Contents(Map<String, Plausibility> implausible, Set<String> unassessed, boolean complete) {
    /** Where nothing is known and nothing is to be looked at. */
    public static final Contents UNKNOWN = new Contents(Map.of(), Set.of(), true);

    public Contents {
        implausible = Map.copyOf(implausible);
        unassessed = Set.copyOf(unassessed);
    }

    /** Empty for what is plausible, or not looked at yet. */
    public Optional<Plausibility> at(String path) {
        return Optional.ofNullable(implausible.get(path));
    }

    /** Whether the file is known to be no whole photo or video. */
    public boolean isBroken(String path) {
        return at(path).filter(Plausibility::isBroken).isPresent();
    }
}
