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
import dev.shoebox.photos.choice.FilterSubject;
import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.web.index.Flag;
import dev.shoebox.web.index.PageEntry;
import dev.shoebox.web.index.PhotoIndex;
import dev.shoebox.web.index.Place;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Combines the photos of the phone and those of the backup: lists each photo once, under a permanent number. */
final class PhotoList {
    private static final int SECONDS = 60;

    private final ZoneId zone;
    private final Map<String, Integer> ids = new HashMap<>();

    /** @param zone the time zone for times known in UTC only */
    PhotoList(ZoneId zone) {
        this.zone = zone;
    }

    /** The photos and the files behind them, by id. */
    record Built(PhotoIndex index, Map<Integer, PagePhoto> photos) {
        static final Built NOTHING = new Built(PhotoIndex.EMPTY, Map.of());
    }

    /**
     * Builds the list.
     *
     * @param source the id of the source on view; empty if there is none
     * @param covered the assets of the phone
     */
    Built build(String source, List<AssetCoverage> covered, BackupContents backup) {
        Built built = new Built(PhotoIndex.EMPTY, new HashMap<>());
        List<PageEntry> entries = new ArrayList<>();
        Set<String> shown = new HashSet<>();
        for (AssetCoverage each : covered) {
            PagePhoto photo = photo(each, backup);
            photo.stored().forEach(file -> shown.add(file.path()));
            photo.earlier().forEach(file -> shown.add(file.path()));
            PageEntry entry = entry(source, each, photo, backup);
            entries.add(entry);
            built.photos().put(entry.id(), photo);
        }
        Map<String, List<StoredFile>> assets = new LinkedHashMap<>();
        for (BackupContents.Held held : backup.files()) {
            if (shown.add(held.file().path())) {
                assets.computeIfAbsent(held.source().id() + '\n' + held.file().asset(), key -> new ArrayList<>())
                        .add(held.file());
            }
        }
        for (List<StoredFile> sameKey : assets.values()) {
            for (List<StoredFile> files : PagePhoto.apart(sameKey)) {
                PageEntry entry = entry(files, backup);
                entries.add(entry);
                built.photos().put(entry.id(), new PagePhoto(Optional.empty(), files, List.of()));
            }
        }
        return new Built(new PhotoIndex(entries), built.photos());
    }

    /**
     * Combines a photo of the phone with its copies. If its files are offloaded, uses the copies of the last files that
     * were on the phone.
     */
    private static PagePhoto photo(AssetCoverage covered, BackupContents backup) {
        List<StoredFile> stored = new ArrayList<>();
        for (MediaFile file : files(covered)) {
            backup.of(file).ifPresent(stored::add);
        }
        String key = covered.asset().map(Asset::key).orElseGet(() -> Asset.keyOf(covered.path()));
        List<List<StoredFile>> photos = PagePhoto.apart(backup.under(key));
        if (!covered.isHere()) {
            photos.stream()
                    .filter(files -> files.get(0).file().path().equals(covered.path()))
                    .max(Comparator.comparing(files -> files.get(0).file().modified()))
                    .ifPresent(files -> files.stream()
                            .filter(file -> !stored.contains(file))
                            .forEach(stored::add));
        }
        List<StoredFile> earlier = photos.stream()
                .filter(files -> PagePhoto.isPrimary(files.get(0)) && stored.contains(files.get(0)))
                .flatMap(List::stream)
                .filter(file -> !stored.contains(file))
                .toList();
        return new PagePhoto(Optional.of(covered), stored, earlier);
    }

    private static List<MediaFile> files(AssetCoverage covered) {
        return covered.asset().map(Asset::resources).orElse(List.of()).stream()
                .map(Resource::file)
                .toList();
    }

    /**
     * Returns the id of this version of the photo. An edited photo gets a new id, so that a browser does not show the
     * cached picture.
     */
    private int id(String source, AssetCoverage covered) {
        StringBuilder key =
                new StringBuilder("phone ").append(source).append('\n').append(covered.path());
        for (MediaFile file : files(covered)) {
            key.append('\n').append(file.size()).append(' ').append(file.modified());
        }
        return id(key.toString());
    }

    private int id(String key) {
        return ids.computeIfAbsent(key, each -> ids.size());
    }

    private PageEntry entry(String source, AssetCoverage covered, PagePhoto photo, BackupContents backup) {
        Optional<LibraryAsset> known = covered.known();
        FilterSubject candidate = covered.subject(zone, backup.now());
        int flags = place(covered.whereabouts()).bits() | kinds(candidate);
        if (backup.holds(covered)) {
            flags |= Flag.BACKED_UP.bit();
        }
        if (covered.isHere()) {
            flags |= Flag.HERE.bit();
        }
        flags |= backup.holdsAsItIs(covered) ? Flag.BROKEN.bit() : 0;
        flags |= condition(photo, backup);
        boolean failed = covered.asset().map(Asset::resources).orElse(List.of()).stream()
                .anyMatch(resource -> backup.failed(resource.file().path()));
        flags |= failed && !backup.holds(covered) ? Flag.FAILED.bit() : 0;
        flags |= marks(known.map(LibraryAsset::traits).orElse(Set.of()));
        String name = name(covered.path());
        return new PageEntry(
                id(source, covered),
                name,
                taken(photo.stored(), backup)
                        .or(() -> candidate.captured().map(CaptureTime::local))
                        .map(PhotoList::minutes)
                        .orElse(PageEntry.UNDATED),
                flags,
                covered.bytes(),
                name + known.map(PhotoList::words).orElse(""),
                known.map(LibraryAsset::albums).orElse(List.of()).stream()
                        .map(AlbumPath::shown)
                        .toList());
    }

    private PageEntry entry(List<StoredFile> files, BackupContents backup) {
        StoredFile first = primary(files);
        List<Resource> resources = files.stream()
                .map(file -> new Resource(file.file(), file.role()))
                .toList();
        FilterSubject candidate = FilterSubject.of(new Asset(first.asset(), name(first.asset()), resources), zone);
        int flags = Place.ONLY_IN_BACKUP.bits() | kinds(candidate);
        flags |= condition(new PagePhoto(Optional.empty(), files, List.of()), backup);
        flags |= marks(backup.marks(first));
        if (files.stream().anyMatch(file -> backup.isBroken(file.path()))) {
            flags |= Flag.BROKEN.bit();
        } else if ((flags & Flag.DAMAGED.bit()) == 0) {
            flags |= Flag.BACKED_UP.bit();
        }
        String name = name(first.file().path());
        return new PageEntry(
                id("backup " + files.stream().map(StoredFile::path).collect(Collectors.joining("\n"))),
                name,
                taken(files, backup)
                        .or(() -> candidate.captured().map(CaptureTime::local))
                        .map(PhotoList::minutes)
                        .orElse(PageEntry.UNDATED),
                flags,
                files.stream().mapToLong(StoredFile::size).sum(),
                name + ' ' + first.path(),
                List.copyOf(backup.albums(first)));
    }

    private static int marks(Set<Trait> traits) {
        int flags = 0;
        for (Trait trait : traits) {
            flags |= switch (trait) {
                case FAVOURITE -> Flag.FAVOURITE.bit();
                case HIDDEN -> Flag.HIDDEN.bit();
                case TRASHED -> Flag.TRASHED.bit();
                default -> 0;
            };
        }
        return flags;
    }

    private static StoredFile primary(List<StoredFile> files) {
        return files.stream().filter(PagePhoto::isPrimary).findFirst().orElse(files.get(0));
    }

    private static int condition(PagePhoto photo, BackupContents backup) {
        List<StoredFile> stored = photo.stored();
        if (Stream.concat(stored.stream(), photo.earlier().stream()).anyMatch(file -> backup.isDamaged(file.path()))) {
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

    /** Returns the capture time that was read from the file when it was stored. */
    private static Optional<LocalDateTime> taken(List<StoredFile> stored, BackupContents backup) {
        return stored.stream()
                .map(file -> backup.taken(file.path()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static int minutes(LocalDateTime taken) {
        return (int) Math.floorDiv(taken.toEpochSecond(ZoneOffset.UTC), SECONDS);
    }

    private static String words(LibraryAsset known) {
        StringBuilder words = new StringBuilder();
        known.originalName().ifPresent(text -> words.append(' ').append(text));
        known.title().ifPresent(text -> words.append(' ').append(text));
        known.caption().ifPresent(text -> words.append(' ').append(text));
        known.keywords().forEach(text -> words.append(' ').append(text));
        return words.toString();
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
