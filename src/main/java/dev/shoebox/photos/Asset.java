package dev.shoebox.photos;

import java.util.List;

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
