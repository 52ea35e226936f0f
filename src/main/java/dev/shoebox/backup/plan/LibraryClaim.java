package dev.shoebox.backup.plan;

import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Original;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;

import java.util.Optional;

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
