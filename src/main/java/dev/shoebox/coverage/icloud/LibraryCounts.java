package dev.shoebox.coverage.icloud;

import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Original;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.Uploads;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts from a phone's Photos library, without Recently Deleted and copies from shared albums.
 *
 * @param told whether the library records uploads
 * @param photos the number of all photos; {@code videos} that of all videos
 * @param onlyInCloud the originals that are only in iCloud
 * @param rejected the name in iCloud of each rejected item, by its path
 */
public record LibraryCounts(
        boolean told,
        long photos,
        long videos,
        PendingUploads waiting,
        long onlyInCloud,
        Map<String, Set<String>> rejected,
        Map<String, String> names) {
    public LibraryCounts {
        rejected = Map.copyOf(rejected);
        names = Map.copyOf(names);
    }

    public static LibraryCounts of(Library library) {
        Uploads uploads = library.uploads();
        long photos = 0;
        long videos = 0;
        long away = 0;
        long waitingPhotos = 0;
        long waitingVideos = 0;
        long bytes = 0;
        Instant since = Instant.MAX;
        for (LibraryAsset asset : library.assets()) {
            if (asset.is(Trait.TRASHED) || asset.is(Trait.SHARED_COPY)) {
                continue;
            }
            boolean film = asset.kind() == Role.VIDEO;
            photos += film ? 0 : 1;
            videos += film ? 1 : 0;
            away += isAway(asset) ? 1 : 0;
            Optional<Instant> added = uploads.waiting().get(asset.path());
            if (added != null) {
                waitingPhotos += film ? 0 : 1;
                waitingVideos += film ? 1 : 0;
                bytes += asset.originals().stream()
                        .mapToLong(original -> original.bytes().orElse(0))
                        .sum();
                if (added.isPresent() && added.get().isBefore(since)) {
                    since = added.get();
                }
            }
        }
        Map<String, String> names = new HashMap<>();
        uploads.rejected().forEach((path, ids) -> ids.forEach(id -> names.put(id.toLowerCase(Locale.ROOT), path)));
        return new LibraryCounts(
                uploads.told(),
                photos,
                videos,
                new PendingUploads(
                        waitingPhotos,
                        waitingVideos,
                        bytes,
                        Optional.of(since).filter(date -> date.isBefore(Instant.MAX))),
                away,
                new TreeMap<>(uploads.rejected()),
                names);
    }

    private static boolean isAway(LibraryAsset asset) {
        for (Original original : asset.originals()) {
            if (original.role() == asset.kind()) {
                return original.here().equals(Optional.of(false))
                        && original.inCloud().orElse(true);
            }
        }
        return false;
    }

    long items() {
        return photos + videos;
    }

    /** Returns the path of the rejected item with this name in iCloud. */
    Optional<String> nameOf(String id) {
        return Optional.ofNullable(names.get(id.toLowerCase(Locale.ROOT)));
    }
}
