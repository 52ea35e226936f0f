package dev.shoebox.backup.plan;

import dev.shoebox.backup.event.MissingOriginal;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.Inventory;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.PassedOver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The reduced renditions that a phone keeps of originals in iCloud:
 * {@code PhotoData/Metadata/DCIM/100APPLE/IMG_0001.JPG} for {@code DCIM/100APPLE/IMG_0001.HEIC}. Each becomes an asset
 * with a name of its own, so that it never replaces the original.
 */
final class Previews {
    private static final String FOLDER = "PhotoData/Metadata/";
    private static final String ENDING = "_preview";

    private final Map<String, MediaFile> best = new HashMap<>();

    /** @param files that may include renditions */
    Previews(List<MediaFile> files) {
        for (MediaFile file : files) {
            if (isPreview(file)) {
                best.merge(original(file.path()), file, (a, b) -> a.size() >= b.size() ? a : b);
            }
        }
    }

    static boolean isPreview(MediaFile file) {
        return file.path().startsWith(FOLDER);
    }

    /** Returns the listing without renditions. */
    static Listing without(Listing everything) {
        if (everything.files().stream().noneMatch(Previews::isPreview)) {
            return everything;
        }
        return new Listing(
                everything.files().stream().filter(file -> !isPreview(file)).toList(),
                everything.unreadable(),
                everything.inventory());
    }

    /** Returns the inventory with unused renditions passed over. */
    static Inventory passing(Listing everything, List<Asset> taken) {
        Set<String> paths = new HashSet<>();
        taken.forEach(asset -> paths.add(asset.primary().file().path()));
        return everything
                .inventory()
                .passing(everything.files().stream()
                        .filter(file -> isPreview(file) && !paths.contains(file.path()))
                        .map(file -> new PassedOver(
                                file.path(),
                                PassedOver.Kind.PREVIEW,
                                "a reduced copy of an original that is backed up"))
                        .toList());
    }

    /** Returns the key of the asset that this is a rendition of; empty if it is none. */
    static Optional<String> original(Asset asset) {
        return asset.primary().role() == Role.PREVIEW
                ? Optional.of(asset.key().substring(FOLDER.length()))
                : Optional.empty();
    }

    private static String original(String path) {
        String place = path.substring(FOLDER.length());
        int dot = place.lastIndexOf('.');
        return dot > place.lastIndexOf('/') + 1 ? place.substring(0, dot) : place;
    }

    /**
     * Returns an asset for each of these originals that is only in iCloud, is not in the backup, and has a rendition.
     */
    List<Asset> of(List<MissingOriginal> absences) {
        List<Asset> assets = new ArrayList<>();
        for (MissingOriginal placeholder : absences) {
            if (!placeholder.isPlaceholder() || placeholder.backedUp()) {
                continue;
            }
            String path = placeholder.path();
            // The rendition has the name of the original, or that name with a second extension.
            Optional<MediaFile> found = Optional.ofNullable(best.get(path))
                    .or(() -> Optional.ofNullable(best.get(original(FOLDER + path))));
            found.ifPresent(file -> {
                String key = original(FOLDER + path);
                String name = key.substring(key.lastIndexOf('/') + 1) + ENDING;
                assets.add(new Asset(FOLDER + key, name, List.of(new Resource(file, Role.PREVIEW))));
            });
        }
        return assets;
    }
}
