package dev.shoebox.web;

import dev.shoebox.coverage.AssetCoverage;
import dev.shoebox.coverage.CoverageClass;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Kind;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.choice.FilterSubject;
import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.web.index.Flag;
import dev.shoebox.web.index.PageEntry;
import dev.shoebox.web.index.PhotoIndex;
import dev.shoebox.web.index.Place;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Brings what the phone has and what the backup has together: each photo once, with a number that it keeps. */
final class PhotoList {
    private static final int SECONDS = 60;

    private final ZoneId zone;
    private final Map<String, Integer> ids = new HashMap<>();

    /** @param zone where a time known only in UTC is placed */
    PhotoList(ZoneId zone) {
        this.zone = zone;
    }

    /** The photos with what lies behind them, by id. */
    record Built(PhotoIndex index, Map<Integer, PagePhoto> photos) {
        static final Built NOTHING = new Built(PhotoIndex.EMPTY, Map.of());
    }

    /** @param covered of the phone; nothing where there is none */
    Built build(List<AssetCoverage> covered, BackupContents backup) {
        Built built = new Built(PhotoIndex.EMPTY, new HashMap<>());
        List<PageEntry> entries = new ArrayList<>();
        Set<String> shown = new HashSet<>();
        for (AssetCoverage each : covered) {
            List<StoredFile> stored = stored(each, backup);
            stored.forEach(file -> shown.add(file.path()));
            PagePhoto photo = new PagePhoto(Optional.of(each), stored);
            PageEntry entry = entry(each, photo, backup);
            entries.add(entry);
            built.photos().put(entry.id(), photo);
        }
        Map<String, List<StoredFile>> assets = new LinkedHashMap<>();
        for (StoredFile file : backup.files()) {
            if (shown.add(file.path())) {
                assets.computeIfAbsent(file.asset(), key -> new ArrayList<>()).add(file);
            }
        }
        assets.forEach((key, files) -> {
            PagePhoto photo = new PagePhoto(Optional.empty(), files);
            PageEntry entry = entry(key, files, backup);
            entries.add(entry);
            built.photos().put(entry.id(), photo);
        });
        return new Built(new PhotoIndex(entries), built.photos());
    }

    private static List<StoredFile> stored(AssetCoverage covered, BackupContents backup) {
        List<StoredFile> stored = new ArrayList<>();
        Set<String> paths = new TreeSet<>();
        paths.add(covered.path());
        covered.asset()
                .map(Asset::resources)
                .orElse(List.of())
                .forEach(resource -> paths.add(resource.file().path()));
        for (String path : paths) {
            backup.at(path).ifPresent(stored::add);
        }
        return stored;
    }

    private int id(String key) {
        return ids.computeIfAbsent(key, each -> ids.size());
    }

    private PageEntry entry(AssetCoverage covered, PagePhoto photo, BackupContents backup) {
        Optional<LibraryAsset> known = covered.known();
        FilterSubject candidate = covered.asset()
                .filter(asset -> covered.isHere())
                .map(asset -> FilterSubject.of(asset, known, zone))
                .orElseGet(() -> known.map(says -> FilterSubject.of(says, zone, backup.now()))
                        .orElseGet(() -> FilterSubject.of(covered.asset().orElseThrow(), known, zone)));
        int flags = place(covered.whereabouts()).bits() | kinds(candidate);
        if (backup.holds(covered)) {
            flags |= Flag.BACKED_UP.bit();
        }
        if (covered.isHere()) {
            flags |= Flag.HERE.bit();
        }
        flags |= condition(photo.stored(), backup);
        boolean failed = covered.asset().map(Asset::resources).orElse(List.of()).stream()
                .anyMatch(resource -> backup.failed(resource.file().path()));
        flags |= failed && !backup.holds(covered) ? Flag.FAILED.bit() : 0;
        for (Trait trait : known.map(LibraryAsset::traits).orElse(Set.of())) {
            flags |= switch (trait) {
                case FAVOURITE -> Flag.FAVOURITE.bit();
                case HIDDEN -> Flag.HIDDEN.bit();
                case TRASHED -> Flag.TRASHED.bit();
                default -> 0;
            };
        }
        String name = name(covered.path());
        return new PageEntry(
                id("phone " + covered.path()),
                name,
                minutes(taken(photo.stored(), backup)
                        .or(() -> candidate.captured().map(CaptureTime::local))),
                flags,
                covered.bytes(),
                words(name, known),
                known.map(LibraryAsset::albums).orElse(List.of()).stream()
                        .map(AlbumPath::shown)
                        .toList());
    }

    private PageEntry entry(String key, List<StoredFile> files, BackupContents backup) {
        StoredFile first = primary(files);
        List<Resource> resources = files.stream()
                .map(file -> new Resource(file.file(), file.role()))
                .toList();
        FilterSubject candidate = FilterSubject.of(new Asset(key, name(key), resources), Optional.empty(), zone);
        int flags = Place.ONLY_IN_BACKUP.bits() | kinds(candidate) | Flag.BACKED_UP.bit() | condition(files, backup);
        String name = name(first.file().path());
        return new PageEntry(
                id("backup " + first.path()),
                name,
                minutes(taken(files, backup).or(() -> candidate.captured().map(CaptureTime::local))),
                flags,
                files.stream().mapToLong(StoredFile::size).sum(),
                name + ' ' + first.path(),
                List.copyOf(backup.albums(first)));
    }

    private static StoredFile primary(List<StoredFile> files) {
        return files.stream()
                .filter(file -> file.role() == Role.PHOTO || file.role() == Role.VIDEO)
                .findFirst()
                .orElse(files.get(0));
    }

    private static int condition(List<StoredFile> stored, BackupContents backup) {
        if (stored.stream().anyMatch(file -> backup.isDamaged(file.path()))) {
            return Flag.DAMAGED.bit();
        }
        boolean verified = !stored.isEmpty() && stored.stream().allMatch(file -> backup.isVerified(file.path()));
        return verified ? Flag.VERIFIED.bit() : 0;
    }

    private static int kinds(FilterSubject candidate) {
        int flags = 0;
        for (Kind kind : candidate.kinds()) {
            flags |= switch (kind) {
                case PHOTO -> 0;
                case VIDEO -> Flag.VIDEO.bit();
                case LIVE -> Flag.LIVE.bit();
                case SCREENSHOT -> Flag.SCREENSHOT.bit();
                case SCREEN_RECORDING -> Flag.SCREEN_RECORDING.bit();
                case BURST -> Flag.BURST.bit();
                case RAW -> Flag.RAW.bit();
                case EDITED -> Flag.EDITED.bit();
            };
        }
        return flags;
    }

    private static Place place(CoverageClass whereabouts) {
        return switch (whereabouts) {
            case ONLY_ON_PHONE -> Place.ONLY_HERE;
            case WAITING_FOR_ICLOUD -> Place.WAITING;
            case PART_MISSING -> Place.PART_MISSING;
            case UNKNOWN -> Place.UNKNOWN;
            case ONLY_IN_ICLOUD -> Place.ONLY_IN_ICLOUD;
            case IN_ICLOUD_AND_ON_PHONE -> Place.BOTH;
        };
    }

    /** As it was found out when it was stored, from the file itself. */
    private static Optional<LocalDateTime> taken(List<StoredFile> stored, BackupContents backup) {
        return stored.stream()
                .map(file -> backup.taken(file.path()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static int minutes(Optional<LocalDateTime> taken) {
        return taken.map(time -> (int) Math.floorDiv(time.toEpochSecond(ZoneOffset.UTC), SECONDS))
                .orElse(PageEntry.UNDATED);
    }

    private static String words(String name, Optional<LibraryAsset> known) {
        StringBuilder words = new StringBuilder(name);
        if (known.isPresent()) {
            known.get().originalName().ifPresent(text -> words.append(' ').append(text));
            known.get().title().ifPresent(text -> words.append(' ').append(text));
            known.get().caption().ifPresent(text -> words.append(' ').append(text));
            known.get().keywords().forEach(text -> words.append(' ').append(text));
        }
        return words.toString();
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
