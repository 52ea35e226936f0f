package dev.shoebox.destination.ingest;

import dev.shoebox.photos.Resource;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.format.Plausibility;

/**
 * @param plausibility the result of the content check and of the library's claim
 * @param proof how its bytes were verified against the source
 */
public record StagedResource(Resource resource, Staged staged, Plausibility plausibility, Proof proof) {}
