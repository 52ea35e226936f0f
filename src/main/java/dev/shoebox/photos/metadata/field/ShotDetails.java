package dev.shoebox.photos.metadata.field;

import dev.shoebox.photos.LibraryAsset;

import java.util.List;
import java.util.Optional;

/**
 * Details of a photo besides its date. Only {@code Metadata.readAll} looks for all of them.
 *
 * @param exposure in photographers' notation: {@code 1/120 s, f/1.8, ISO 64, 26 mm}
 * @param size of the stored picture, in pixels
 */
public record ShotDetails(
        Optional<String> lens,
        Optional<String> exposure,
        Optional<Size> size,
        Optional<LibraryAsset.Place> place,
        Optional<String> title,
        List<String> keywords) {
    public static final ShotDetails NONE = new ShotDetails(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public ShotDetails {
        keywords = List.copyOf(keywords);
    }

    /** In pixels. */
    public record Size(long width, long height) {}
}
