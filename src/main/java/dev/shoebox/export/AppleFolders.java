package dev.shoebox.export;

import dev.shoebox.export.AppleDetails.Detail;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.fingerprint.Claim;
import dev.shoebox.photos.fingerprint.ClaimTable;
import dev.shoebox.photos.fingerprint.Claims;
import dev.shoebox.photos.fingerprint.Fingerprint;
import dev.shoebox.photos.source.MediaFile;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * The CSV files of an Apple data export. {@code Photos/Photo Details.csv} describes the photos in its own folder,
 * because names recur from part to part. {@code Albums/TITLE.csv} lists names of photos in any part.
 */
final class AppleFolders {
    private static final String ALBUMS = "albums";

    /** This folder has had its English name in all languages so far; the translations are a precaution. */
    private static final Set<String> DELETED = Set.of(
            "recently deleted",
            "zuletzt gelöscht",
            "supprimés récemment",
            "eliminado",
            "eliminados",
            "eliminati di recente",
            "recent verwijderd",
            "nylig slettet",
            "nyligen raderade");

    /** Details by folder and name. */
    private final Map<String, Map<String, Detail>> details = new HashMap<>();

    /** The contents of each album's file, by the path of the file. */
    private final Map<String, List<String>> albums = new HashMap<>();

    boolean isEmpty() {
        return details.isEmpty();
    }

    /** @return the number of rows that were kept */
    int add(String path, String text) {
        if (AppleDetails.isDetails(name(path))) {
            Map<String, Detail> rows = AppleDetails.parse(text);
            Map<String, Detail> folder = details.computeIfAbsent(directory(path), none -> new HashMap<>());
            rows.forEach((photo, detail) -> folder.put(comparable(photo), detail));
            return rows.size();
        }
        if (comparable(name(directory(path))).equals(ALBUMS)) {
            List<String> names = AppleDetails.album(text);
            albums.put(path, names);
            return names.size();
        }
        return 0;
    }

    void tell(List<MediaFile> files, Map<String, Told> told) {
        if (isEmpty()) {
            return;
        }
        Set<String> parts = new HashSet<>();
        details.keySet().forEach(folder -> parts.add(directory(folder)));
        Map<String, List<MediaFile>> byName = new HashMap<>();
        for (MediaFile file : files) {
            if (parts.contains(directory(file.directory()))) {
                byName.computeIfAbsent(comparable(file.name()), none -> new ArrayList<>())
                        .add(file);
            }
        }
        Map<String, Set<String>> inAlbums = new HashMap<>();
        albums.forEach((path, names) -> {
            String title = name(path).replaceFirst("(?i)\\.csv$", "");
            for (String name : names) {
                photo(byName.getOrDefault(comparable(name), List.of()), directory(directory(path)))
                        .ifPresent(file -> inAlbums.computeIfAbsent(file.path(), none -> new TreeSet<>())
                                .add(title));
            }
        });
        for (List<MediaFile> sameName : byName.values()) {
            for (MediaFile file : sameName) {
                Set<String> titles = inAlbums.getOrDefault(file.path(), Set.of());
                told(file)
                        .or(() -> titles.isEmpty() ? Optional.empty() : Optional.of(Told.NOTHING))
                        .ifPresent(of -> told.put(file.path(), of.in(titles)));
            }
        }
    }

    /** Returns the fingerprints of files, each for the folder of its row only; by {@link Claims#key}. */
    ClaimTable claims(List<MediaFile> files) {
        ClaimTable claims = new ClaimTable();
        for (MediaFile file : files) {
            Detail detail = details.getOrDefault(file.directory(), Map.of()).get(comparable(file.name()));
            Optional<Fingerprint> told =
                    detail == null ? Optional.empty() : detail.checksum().flatMap(Fingerprint::of);
            told.ifPresent(fingerprint -> claims.put(
                    Claims.key(Claims.Part.ORIGINAL, file.path()), new Claim(fingerprint, OptionalLong.empty())));
        }
        return claims;
    }

    /** Returns the only photo of that name, or the one in the album's own part. */
    private static Optional<MediaFile> photo(List<MediaFile> sameName, String part) {
        List<MediaFile> kept =
                sameName.stream().filter(file -> !isDeleted(file.directory())).toList();
        List<MediaFile> near = kept.stream()
                .filter(file -> directory(file.directory()).equals(part))
                .toList();
        List<MediaFile> candidates = near.isEmpty() ? kept : near;
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    private Optional<Told> told(MediaFile file) {
        Detail detail = details.getOrDefault(file.directory(), Map.of()).get(comparable(file.name()));
        boolean deleted = isDeleted(file.directory());
        if (detail == null) {
            return deleted ? Optional.of(Told.NOTHING.with(Trait.TRASHED)) : Optional.empty();
        }
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (detail.favourite()) {
            traits.add(Trait.FAVOURITE);
        }
        if (detail.hidden()) {
            traits.add(Trait.HIDDEN);
        }
        if (detail.deleted() || deleted) {
            traits.add(Trait.TRASHED);
        }
        return Optional.of(
                new Told(detail.created(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), traits));
    }

    private static boolean isDeleted(String folder) {
        return DELETED.contains(comparable(name(folder)));
    }

    private static String comparable(String name) {
        return Normalizer.normalize(name.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    private static String directory(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
