package dev.shoebox.photos.metadata.field;

import dev.shoebox.photos.LibraryAsset;

import java.util.List;
import java.util.Optional;

/**
 * What people ask of a photo beside its date. Only {@code Metadata.readAll} looks for all of it.
 *
 * @param exposure as photographers write it: {@code 1/120 s, f/1.8, ISO 64, 26 mm}
 * @param size of the picture in pixels, as it is stored
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
