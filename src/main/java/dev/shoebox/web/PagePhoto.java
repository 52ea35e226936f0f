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
 * The files behind one photo of the page.
 *
 * @param covered what the phone knows of it; empty if it is only in the backup
 * @param stored its files in the backup; for a photo on the phone, copies of its present files
 * @param earlier other files of it in the backup, such as a replaced edit
 */
record PagePhoto(Optional<AssetCoverage> covered, List<StoredFile> stored, List<StoredFile> earlier) {
    PagePhoto {
        stored = List.copyOf(stored);
        earlier = List.copyOf(earlier);
    }

    /** Returns the file on the phone with the first of these roles that is present. */
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

    /** Returns the file in the backup with the first of these roles that is present; of several edits, the last. */
    Optional<StoredFile> inBackup(List<Role> roles) {
        return roles.stream()
                .flatMap(role -> stored.stream()
                        .filter(each -> each.role() == role)
                        .max(Comparator.comparing(each -> each.file().modified()))
                        .stream())
                .findFirst();
    }

    /**
     * Splits files by photo.
     *
     * @param files all files of one key of one source
     * @return the files of each photo, its original first, if it has one
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
