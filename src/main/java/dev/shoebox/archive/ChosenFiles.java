package dev.shoebox.archive;

import dev.shoebox.archive.packing.Member;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.Holdings;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Kind;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.choice.FilterSubject;
import dev.shoebox.photos.choice.ResourceFilter;
import dev.shoebox.photos.naming.AlbumPath;
import dev.shoebox.photos.source.MediaFile;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The files of a backup to export: whole photos with all their files, chosen as a backup chooses them from a phone. */
public final class ChosenFiles {
    private final Destination backup;
    private final ZoneId zone;
    private final Choice choice;
    private final ResourceFilter parts;
    private final SortedMap<AlbumPath, SortedSet<String>> albums;
    private final Map<String, List<Journal.Entry>> byPath = new HashMap<>();
    private final Map<String, Member> members = new TreeMap<>();

    /** A choice of photos. */
    public interface Choice {
        /**
         * Returns whether to export a photo.
         *
         * @param photo the photo with its albums and its kind
         * @param entries all records of its original
         */
        boolean takes(FilterSubject photo, List<Journal.Entry> entries);

        /** Returns whether it takes everything, including files of unknown kind. */
        boolean takesAll();
    }

    /**
     * Chooses files.
     *
     * @param parts which files of a photo to take
     * @param zone the time zone for photos without a known offset
     */
    public ChosenFiles(Destination backup, Choice choice, ResourceFilter parts, ZoneId zone) throws IOException {
        this.backup = backup;
        this.zone = zone;
        this.choice = choice;
        this.parts = parts;
        this.albums = backup.memory().albums();
        choose();
    }

    /** Returns the files in the order of their paths. */
    public List<Member> members() {
        return List.copyOf(members.values());
    }

    /** Returns which of these files are in albums, by album, both in order. */
    public Map<AlbumPath, Set<String>> albums() {
        Map<AlbumPath, Set<String>> chosen = new TreeMap<>();
        albums.forEach((album, paths) -> {
            Set<String> there =
                    paths.stream().filter(members::containsKey).collect(Collectors.toCollection(TreeSet::new));
            if (!there.isEmpty()) {
                chosen.put(album, there);
            }
        });
        return chosen;
    }

    private void choose() throws IOException {
        Map<String, List<AlbumPath>> albumsOf = new HashMap<>();
        albums.forEach((album, paths) -> paths.forEach(
                path -> albumsOf.computeIfAbsent(path, key -> new ArrayList<>()).add(album)));
        Map<List<String>, List<Journal.Entry>> assets = new LinkedHashMap<>();
        for (Journal.Entry entry : backup.memory().entries()) {
            byPath.computeIfAbsent(entry.path(), key -> new ArrayList<>()).add(entry);
            List<String> asset =
                    List.of(entry.source().kind().name(), entry.source().id(), entry.asset());
            assets.computeIfAbsent(asset, key -> new ArrayList<>()).add(entry);
        }
        for (List<Journal.Entry> sameKey : assets.values()) {
            for (List<Journal.Entry> files :
                    Asset.apart(sameKey, ChosenFiles::resource, Journal.Entry::sha256, ChosenFiles::isStoredTogether)) {
                choose(files, albumsOf);
            }
        }
        if (choice.takesAll()) {
            for (Holdings.Listed listed : backup.holdings().listed()) {
                if (!byPath.containsKey(listed.path())) {
                    members.put(listed.path(), member(listed));
                }
            }
        }
    }

    private void choose(List<Journal.Entry> files, Map<String, List<AlbumPath>> albumsOf) {
        List<Journal.Entry> ordered = files.stream()
                .sorted(Comparator.comparing(
                                (Journal.Entry entry) -> !resource(entry).isPrimary())
                        .thenComparing(Journal.Entry::role))
                .toList();
        Journal.Entry first = ordered.get(0);
        Asset asset = new Asset(
                first.asset(),
                first.stem(),
                ordered.stream().map(ChosenFiles::resource).toList());
        Set<AlbumPath> in = new TreeSet<>();
        ordered.forEach(entry -> in.addAll(albumsOf.getOrDefault(entry.path(), List.of())));
        FilterSubject subject = new FilterSubject(
                Kind.of(asset),
                OptionalLong.of(ordered.stream().mapToLong(Journal.Entry::size).sum()),
                Optional.of(known(first, List.copyOf(in))),
                ordered.stream()
                        .map(Journal.Entry::captured)
                        .flatMap(Optional::stream)
                        .findFirst()
                        .or(() -> CaptureTime.of(first.file()))
                        .map(time -> time.placedIn(zone)));
        // A file that is no photo has no date or album by which it could be chosen.
        boolean isChoosable = first.role() != Role.FILE || choice.takesAll();
        if (isChoosable && choice.takes(subject, byPath.get(first.path()))) {
            for (int i = 0; i < ordered.size(); i++) {
                if (parts.keep(asset, asset.resources().get(i))) {
                    Journal.Entry stored = byPath.get(ordered.get(i).path()).get(0);
                    members.put(stored.path(), member(stored));
                }
            }
        }
    }

    private static Resource resource(Journal.Entry entry) {
        return new Resource(entry.file(), entry.role());
    }

    private static boolean isStoredTogether(Journal.Entry one, Journal.Entry other) {
        return one.stem().equals(other.stem());
    }

    /** The backup records albums only from what a library said. */
    private static LibraryAsset known(Journal.Entry entry, List<AlbumPath> albums) {
        return new LibraryAsset(
                entry.file().path(),
                entry.role(),
                Set.of(),
                new LibraryAsset.Taken(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                new LibraryAsset.Words(Optional.empty(), Optional.empty(), Optional.empty(), List.of()),
                new LibraryAsset.Membership(albums, Optional.empty()),
                new LibraryAsset.OriginalFiles(LibraryAsset.Upload.UNKNOWN, List.of()));
    }

    /** Uses the recorded date, whatever the disk made of it. */
    private static Member member(Journal.Entry stored) {
        Instant modified = stored.modified().truncatedTo(ChronoUnit.SECONDS);
        LocalDateTime shown = stored.captured()
                .map(CaptureTime::local)
                .orElseGet(() -> LocalDateTime.ofInstant(modified, ZoneOffset.UTC));
        return new Member(stored.path(), stored.size(), stored.sha256(), modified, shown);
    }

    private Member member(Holdings.Listed listed) throws IOException {
        Optional<MediaFile> lying = backup.holdings().lying(listed.path());
        Instant modified = lying.map(MediaFile::modified).orElse(Instant.EPOCH).truncatedTo(ChronoUnit.SECONDS);
        long size =
                listed.size() >= 0 ? listed.size() : lying.map(MediaFile::size).orElse(0L);
        return new Member(
                listed.path(), size, listed.sha256(), modified, LocalDateTime.ofInstant(modified, ZoneOffset.UTC));
    }
}
