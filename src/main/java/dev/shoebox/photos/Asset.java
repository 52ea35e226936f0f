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
 * What people call a photo: the files that belong together.
 *
 * @param key its place in its source: folder and base name of its original, {@code DCIM/100APPLE/IMG_0001}; the name
 *     alone is not enough, because it recurs in other folders. Stable from run to run
 * @param name the common base name of its files on disk, {@code IMG_0001}
 * @param resources never empty; the original first
 */
public record Asset(String key, String name, List<Resource> resources) {
    public Asset {
        resources = List.copyOf(resources);
    }

    /** Returns the {@link #key} of the asset whose original has this path. */
    public static String keyOf(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
    }

    /**
     * Separates photos that a source had under the same {@link #key} at different times: phones restart their numbers,
     * and memory cards are formatted. Each other file goes to an original with which it was stored; among those, or if
     * there is none, to the one with the nearest modification time.
     *
     * @param files of one key of one source
     * @param resource gives the resource of a file
     * @param content is equal for files that are the same original
     * @param together whether an original and another file were stored as one photo
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

    /** Returns the file that decides the date and whether the asset is a duplicate. */
    public Resource primary() {
        return resources.get(0);
    }

    /** Returns whether it contains a photo or film, not only companions. */
    public boolean isMedia() {
        return resources.stream().anyMatch(resource -> switch (resource.role()) {
            case ADJUSTMENT_DATA, OTHER, FILE -> false;
            default -> true;
        });
    }
}
