package dev.shoebox.photos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * What a person calls a photo: the files that belong together.
 *
 * @param key where it lies in its source: folder and base name of its original, {@code DCIM/100APPLE/IMG_0001}; the
 *     name alone would not do, names recur in other folders. Stable from run to run
 * @param name the base name its files share on disk, {@code IMG_0001}
 * @param resources never empty; the original first
 */
public record Asset(String key, String name, List<Resource> resources) {
    public Asset {
        resources = List.copyOf(resources);
    }

    /** The {@link #key} of the asset whose original lies at a path. */
    public static String keyOf(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
    }

    /**
     * Tells the photos apart that a source had under the same {@link #key}, one after the other: phones begin their numbers
     * anew, and memory cards are formatted. Every other file goes to an original that it was stored with, and among those, or
     * where there is none, to the one that was modified at the nearest time.
     *
     * @param files of one key of one source
     * @param resource what a file is
     * @param content equal for files that are the same original
     * @param together whether an original and another file are known to have been stored as one photo
     * @return each photo with its original first, or all files together if there is no original
     */
    public static <T> List<List<T>> apart(
            List<T> files, Function<T, Resource> resource, Function<T, Object> content, BiPredicate<T, T> together) {
        Map<Object, List<T>> photos = new LinkedHashMap<>();
        List<T> originals = new ArrayList<>();
        for (T file : files) {
            if (resource.apply(file).isPrimary()) {
                originals.add(file);
                photos.computeIfAbsent(content.apply(file), key -> new ArrayList<>())
                        .add(file);
            }
        }
        if (originals.isEmpty()) {
            return files.isEmpty() ? List.of() : List.of(files);
        }
        for (T file : files) {
            Resource other = resource.apply(file);
            if (!other.isPrimary()) {
                T nearest = Collections.min(
                        originals,
                        Comparator.comparing((T original) -> !together.test(original, file))
                                .thenComparing(original -> between(resource.apply(original), other)));
                photos.get(content.apply(nearest)).add(file);
            }
        }
        return List.copyOf(photos.values());
    }

    private static Duration between(Resource one, Resource other) {
        return Duration.between(one.file().modified(), other.file().modified()).abs();
    }

    /** The file that decides the date and whether the asset is a duplicate. */
    public Resource primary() {
        return resources.get(0);
    }

    /** Whether there is a photo or film in it, and not just what went with one. */
    public boolean isMedia() {
        return resources.stream().anyMatch(resource -> switch (resource.role()) {
            case ADJUSTMENT_DATA, OTHER, FILE -> false;
            default -> true;
        });
    }
}
