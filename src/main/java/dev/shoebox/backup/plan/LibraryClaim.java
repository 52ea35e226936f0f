package dev.shoebox.backup.plan;

import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Original;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.MediaFile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** Compares the size of an original in the Photos library with that of its file. */
final class LibraryClaim {
    private LibraryClaim() {}

    /** Whether the original is larger in the library than its file. */
    static boolean isShort(Library library, Asset asset, Resource resource) {
        return library.find(asset)
                .filter(known -> known.isOf(asset))
                .flatMap(known -> original(known, resource))
                .filter(original -> original.bytes().isPresent()
                        && original.bytes().getAsLong() > resource.file().size())
                .isPresent();
    }

    /** A file that the library now shows to be truncated, or no longer does. */
    record Changed(Asset asset, MediaFile file, boolean isShort) {}

    /**
     * @param isShort the current result of {@link LibraryClaim#isShort}
     * @param doubtful files known as truncated, or not safe for another reason
     */
    static List<Changed> changed(BiPredicate<Asset, Resource> isShort, List<Asset> assets, List<StoredFile> doubtful) {
        Set<MediaFile> before = new HashSet<>();
        doubtful.forEach(stored -> before.add(stored.file()));
        List<Changed> changed = new ArrayList<>();
        for (Asset asset : assets) {
            for (Resource resource : asset.resources()) {
                boolean now = isShort.test(asset, resource);
                if (now != before.contains(resource.file())) {
                    changed.add(new Changed(asset, resource.file(), now));
                }
            }
        }
        return changed;
    }

    /**
     * Finds the original. Libraries and listings may disagree on which file of a RAW and JPEG pair is the original, so
     * the path decides if possible.
     */
    private static Optional<Original> original(LibraryAsset known, Resource resource) {
        boolean isPrimary = resource.file().path().equals(known.path());
        boolean isPart = resource.role() == Role.PAIRED_VIDEO || resource.role() == Role.ALTERNATE_PHOTO;
        if (!isPrimary && !isPart) {
            return Optional.empty();
        }
        Role role = isPrimary ? known.kind() : resource.role();
        return known.originals().stream()
                .filter(original -> original.role() == role)
                .findFirst();
    }
}
