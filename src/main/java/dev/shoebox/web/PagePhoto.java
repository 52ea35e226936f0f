package dev.shoebox.web;

import dev.shoebox.coverage.AssetCoverage;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.source.MediaFile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * Tells the photos apart that a source had under the same key, one after the other: phones begin their numbers anew.
     *
     * @param files of one key of one source
     * @return each with its original first, where it has one
     */
    static List<List<StoredFile>> apart(List<StoredFile> files) {
        Map<StoredFile, List<StoredFile>> photos = new LinkedHashMap<>();
        for (StoredFile file : files) {
            if (isPrimary(file)) {
                photos.put(file, new ArrayList<>(List.of(file)));
            }
        }
        if (photos.isEmpty()) {
            return files.isEmpty() ? List.of() : List.of(files);
        }
        for (StoredFile file : files) {
            if (!isPrimary(file)) {
                photos.keySet().stream()
                        .min(Comparator.comparing(primary -> between(primary, file)))
                        .ifPresent(primary -> photos.get(primary).add(file));
            }
        }
        return List.copyOf(photos.values());
    }

    static boolean isPrimary(StoredFile file) {
        return file.role() == Role.PHOTO || file.role() == Role.VIDEO;
    }

    private static Duration between(StoredFile one, StoredFile other) {
        return Duration.between(one.file().modified(), other.file().modified()).abs();
    }
}
