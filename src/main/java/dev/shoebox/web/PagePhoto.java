package dev.shoebox.web;

import dev.shoebox.coverage.AssetCoverage;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.MediaFile;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What lies behind one photo of the page.
 *
 * @param covered what the phone says of it; empty where only the backup has it
 * @param stored its files in the backup: of a photo that is on the phone, those that are there now
 * @param earlier what else the backup has of it, such as an edit that was made anew since
 */
record PagePhoto(Optional<AssetCoverage> covered, List<StoredFile> stored, List<StoredFile> earlier) {
    PagePhoto {
        stored = List.copyOf(stored);
        earlier = List.copyOf(earlier);
    }

    /** The file on the phone in the first of these roles that there is. */
    Optional<MediaFile> onPhone(List<Role> roles) {
        for (Role role : roles) {
            for (Resource resource :
                    covered.flatMap(AssetCoverage::asset).map(Asset::resources).orElse(List.of())) {
                if (resource.role() == role) {
                    return Optional.of(resource.file());
                }
            }
        }
        return Optional.empty();
    }

    /** The file in the backup in the first of these roles that there is; of several edits, the last. */
    Optional<StoredFile> inBackup(List<Role> roles) {
        return roles.stream()
                .flatMap(role -> stored.stream()
                        .filter(each -> each.role() == role)
                        .max(Comparator.comparing(each -> each.file().modified()))
                        .stream())
                .findFirst();
    }

    /**
     * @param files of one key of one source
     * @return those of each photo, its original first, where it has one
     */
    static List<List<StoredFile>> apart(List<StoredFile> files) {
        return Asset.apart(files, PagePhoto::resource, file -> file, (original, file) -> false);
    }

    static boolean isPrimary(StoredFile file) {
        return resource(file).isPrimary();
    }

    private static Resource resource(StoredFile file) {
        return new Resource(file.file(), file.role());
    }
}
