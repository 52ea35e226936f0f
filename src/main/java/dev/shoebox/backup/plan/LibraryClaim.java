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

/** What a Photos library says of the size of an original, compared with the file that is there. */
final class LibraryClaim {
    private LibraryClaim() {}

    /** Whether the library says that the original has more bytes than its file. */
    static boolean isShort(Optional<Library> library, Asset asset, Resource resource) {
        return library.flatMap(all -> all.find(asset))
                .filter(known -> known.isOf(asset))
                .flatMap(known -> original(known, resource))
                .filter(original -> original.bytes().isPresent()
                        && original.bytes().getAsLong() > resource.file().size())
                .isPresent();
    }

    /** A file that is now said to be too short, or no longer is. */
    record Changed(Asset asset, MediaFile file, boolean isShort) {}

    /**
     * @param isShort what {@link LibraryClaim#isShort} says now
     * @param doubtful what was said to be too short, or is not what it should be for another reason
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

    /** Which of the two files of a RAW and JPEG pair is which depends on who looks, so the path decides where it can. */
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
