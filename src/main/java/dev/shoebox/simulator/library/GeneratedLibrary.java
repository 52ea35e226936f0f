package dev.shoebox.simulator.library;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many of what a generated library holds. The same description always gives the same bytes.
 *
 * @param seed tells apart libraries of equal shape: none of their files is equal
 */
public record GeneratedLibrary(long seed, Map<Part, Amount> parts) {
    /** A kind of thing on an iPhone. */
    public enum Part {
        /** A JPEG in DCIM. */
        PHOTO,
        /** A HEIC and a MOV in DCIM; sizes alternate between both. */
        LIVE_PHOTO,
        /** A MOV in DCIM, its index at the end as iOS writes it. */
        VIDEO,
        /** A PNG without EXIF in DCIM. */
        SCREENSHOT,
        /** A JPEG in DCIM with its render and adjustment data in PhotoData/Mutations; sizes alternate between original and render. */
        EDITED_PHOTO,
        /** A JPEG in PhotoData/CPLAssets: taken on another device. */
        CLOUD_ORIGINAL,
        /** A JPEG in the last DCIM folder of all, with a name that the first folder has too. */
        RECURRING_NAME
    }

    /** A count, and sizes in bytes that are used in turn. */
    public record Amount(int count, List<Long> sizes) {
        long size(int index) {
            return sizes.get(index % sizes.size());
        }
    }

    public GeneratedLibrary {
        parts = Map.copyOf(parts);
    }

    /** Nothing yet. */
    public static GeneratedLibrary empty(long seed) {
        return new GeneratedLibrary(seed, Map.of());
    }

    /** Only photos, of one size in bytes. */
    public static GeneratedLibrary photos(int count, long size) {
        return empty(1).with(Part.PHOTO, count, size);
    }

    /** A few small ones of each part: about 60 files and 10 MB. */
    public static GeneratedLibrary ofEverything(long seed) {
        return empty(seed)
                .with(Part.PHOTO, 20, 180_001, 65_536, 262_144, 1_048_577)
                .with(Part.LIVE_PHOTO, 6, 150_000, 400_000)
                .with(Part.VIDEO, 2, 1_500_000)
                .with(Part.SCREENSHOT, 3, 90_000)
                .with(Part.EDITED_PHOTO, 4, 130_000, 110_000)
                .with(Part.CLOUD_ORIGINAL, 5, 140_000)
                .with(Part.RECURRING_NAME, 5, 160_000);
    }

    /**
     * The same library with another amount of one part.
     *
     * @param sizes in bytes, at least one; a file smaller than its metadata (some 500 bytes) cannot be opened
     */
    public GeneratedLibrary with(Part part, int count, long... sizes) {
        if (sizes.length == 0 || count < 0) {
            throw new IllegalArgumentException("A part needs a count and at least one size");
        }
        Map<Part, Amount> changed = new EnumMap<>(Part.class);
        changed.putAll(parts);
        changed.put(
                part, new Amount(count, java.util.Arrays.stream(sizes).boxed().toList()));
        return new GeneratedLibrary(seed, changed);
    }

    Amount amount(Part part) {
        return parts.getOrDefault(part, new Amount(0, List.of(0L)));
    }
}
