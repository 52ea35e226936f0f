package dev.shoebox.web.saving;

import dev.shoebox.photos.source.SourceId;

import java.util.Map;
import java.util.Set;

/**
 * The photos that a run should save.
 *
 * @param source the source that has them
 * @param photoOf the path of the primary original, by the path of each file that belongs to the photo
 */
public record ChosenPhotos(SourceId source, Map<String, String> photoOf) {
    public ChosenPhotos {
        photoOf = Map.copyOf(photoOf);
    }

    /** Returns the paths of the primary originals. */
    public Set<String> originals() {
        return Set.copyOf(photoOf.values());
    }

    boolean isOf(SourceId looked) {
        return looked.kind() == source.kind() && looked.id().equals(source.id());
    }
}
