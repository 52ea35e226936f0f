package dev.shoebox.simulator.library;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Describes a generated library. The same description always yields the same bytes.
 *
 * @param seed distinguishes libraries of the same shape: they share no file
 */
public record GeneratedLibrary(long seed, Map<Part, Amount> parts) {
    /** A kind of item on an iPhone. */
    public enum Part {
        /** A JPEG in DCIM. */
        PHOTO,
        /** A HEIC and a MOV in DCIM; sizes alternate between the two. */
        LIVE_PHOTO,
        /** A MOV in DCIM, with its index at the end as iOS writes it. */
        VIDEO,
        /** A PNG without EXIF in DCIM. */
        SCREENSHOT,
        /**
         * A JPEG in DCIM with its edit and adjustment data in PhotoData/Mutations; sizes alternate between original and
         * edit.
         */
        EDITED_PHOTO,
        /** A JPEG in PhotoData/CPLAssets: taken on another device. */
        CLOUD_ORIGINAL,
        /** A JPEG in the last folder of DCIM, with a name that also occurs in the first folder. */
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

    /** Describes an empty library. */
    public static GeneratedLibrary empty(long seed) {
        return new GeneratedLibrary(seed, Map.of());
    }

    /** Describes photos of one size in bytes. */
    public static GeneratedLibrary photos(int count, long size) {
        return empty(1).with(Part.PHOTO, count, size);
    }

    /** Describes a few small items of each kind: about 60 files and 10 MB. */
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
     * Returns this description with another amount of one kind.
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
