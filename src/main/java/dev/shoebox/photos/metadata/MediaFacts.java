package dev.shoebox.photos.metadata;

import dev.shoebox.photos.CaptureTime;

import java.util.Optional;

/**
 * What a file says of itself. Every fact is optional: a damaged file costs its facts, never the run.
 *
 * @param contentIdentifier what ties the halves of a Live Photo together
 */
public record MediaFacts(
        Optional<CaptureTime> captured,
        Optional<String> cameraMake,
        Optional<String> cameraModel,
        Optional<String> contentIdentifier) {
    public static final MediaFacts NONE =
            new MediaFacts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
