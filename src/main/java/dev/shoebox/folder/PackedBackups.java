package dev.shoebox.folder;

import dev.shoebox.folder.archive.ForeignArchives;
import dev.shoebox.photos.source.Inventory;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.PassedOver;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Passes over local iPhone backups in an archive. Their photos have no names or dates without the databases beside
 * them, which can only be read after unpacking.
 */
final class PackedBackups {
    private static final String WHY =
            "a local iPhone backup inside an archive, which cannot be read there: unpack it, then pass the "
                    + "backup's folder to --from";

    private PackedBackups() {}

    /** Returns the listing of an archive in which everything in such a backup is passed over. */
    static Listing passedOver(Listing all) {
        List<String> backups = backups(all.inventory().named());
        if (backups.isEmpty()) {
            return all;
        }
        Map<String, Long> counts = new HashMap<>();
        List<MediaFile> files = new ArrayList<>();
        for (MediaFile file : all.files()) {
            around(backups, file.path())
                    .ifPresentOrElse(backup -> counts.merge(backup, 1L, Long::sum), () -> files.add(file));
        }
        Map<PassedOver.Kind, Long> kinds = new EnumMap<>(PassedOver.Kind.class);
        kinds.putAll(all.inventory().counts());
        List<PassedOver> named = new ArrayList<>();
        for (PassedOver each : all.inventory().named()) {
            Optional<String> backup = around(backups, each.path());
            if (backup.isPresent()) {
                counts.merge(backup.get(), each.files(), Long::sum);
                kinds.computeIfPresent(
                        each.kind(), (kind, count) -> count > each.files() ? count - each.files() : null);
            } else {
                named.add(each);
            }
        }
        counts.forEach((backup, count) -> {
            kinds.merge(PassedOver.Kind.PHONE_BACKUP, count, Long::sum);
            named.add(new PassedOver(
                    backup.isEmpty() ? "Manifest.db" : backup, PassedOver.Kind.PHONE_BACKUP, WHY, count));
        });
        List<MediaFile> texts = all.inventory().texts().stream()
                .filter(text -> around(backups, text.path()).isEmpty())
                .toList();
        return new Listing(
                files,
                all.unreadable(),
                new Inventory(
                        all.inventory().found(), kinds, named, all.inventory().told(), texts));
    }

    /** Finds the folders of backups by their manifests, which are passed over by name because they are not photos. */
    private static List<String> backups(List<PassedOver> named) {
        Map<String, List<String>> names = new HashMap<>();
        for (PassedOver each : named) {
            String path = each.path();
            int slash = path.lastIndexOf('/');
            String name = path.substring(slash + 1);
            if (name.regionMatches(true, 0, "Manifest.", 0, "Manifest.".length())
                    || name.equalsIgnoreCase("Info.plist")) {
                names.computeIfAbsent(path.substring(0, Math.max(slash, 0)), folder -> new ArrayList<>())
                        .add(name);
            }
        }
        return names.entrySet().stream()
                .filter(folder -> ForeignArchives.isPhoneBackup(folder.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static Optional<String> around(List<String> backups, String path) {
        return backups.stream()
                .filter(backup -> backup.isEmpty() || path.startsWith(backup + "/"))
                .findFirst();
    }
}
