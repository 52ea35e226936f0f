package dev.shoebox.web;

import dev.shoebox.coverage.AssetCoverage;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.MediaFile;

import java.util.List;
import java.util.Optional;

/**
 * What lies behind one photo of the page.
 *
 * @param covered what the phone says of it; empty where only the backup has it
 * @param stored its files in the backup
 */
record PagePhoto(Optional<AssetCoverage> covered, List<StoredFile> stored) {
    PagePhoto {
        stored = List.copyOf(stored);
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

    /** The file in the backup in the first of these roles that there is. */
    Optional<StoredFile> inBackup(List<Role> roles) {
        for (Role role : roles) {
            for (StoredFile each : stored) {
                if (each.role() == role) {
                    return Optional.of(each);
                }
            }
        }
        return Optional.empty();
    }
}
