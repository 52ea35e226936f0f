package dev.shoebox.destination.ingest;

import dev.shoebox.photos.Resource;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.format.Plausibility;

/**
 * @param plausibility what its bytes, and what is claimed of them, make of it
 * @param proof how its bytes were found to be those of the source
 */
public record StagedResource(Resource resource, Staged staged, Plausibility plausibility, Proof proof) {
    /** One that was read once. */
    public StagedResource(Resource resource, Staged staged, Plausibility plausibility) {
        this(resource, staged, plausibility, Proof.READ_ONCE);
    }
}
