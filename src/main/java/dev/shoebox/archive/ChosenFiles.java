package dev.shoebox.archive;

import dev.shoebox.archive.packing.Member;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.Holdings;
import dev.shoebox.destination.ingest.BatchCommitter;
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

/** Which files of a backup are to be exported: whole photos with all their files, as a backup would choose them from a phone. */
public final class ChosenFiles {
    private final Destination backup;
    private final ZoneId zone;
    private final Choice choice;
    private final ResourceFilter parts;
    private final SortedMap<AlbumPath, SortedSet<String>> albums;
    private final Map<String, List<Journal.Entry>> byPath = new HashMap<>();
    private final Map<String, Member> members = new TreeMap<>();

    /** Which photos are meant. */
    public interface Choice {
        /**
         * @param photo with its albums, and what kind it is by its files
         * @param entries of its original, all that is recorded of it
         */
        boolean takes(FilterSubject photo, List<Journal.Entry> entries);

        /** Whether it takes everything, so that files are meant as well of which nobody knows what they are. */
        boolean takesAll();
    }

    /**
     * @param parts which files of a photo are meant
     * @param zone where a photo was taken of which no offset is known
     */
    public ChosenFiles(Destination backup, Choice choice, ResourceFilter parts, ZoneId zone) throws IOException {
        this.backup = backup;
        this.zone = zone;
        this.choice = choice;
        this.parts = parts;
        this.albums = backup.memory().albums();
        choose();
    }

    /** In the order of their paths. */
    public List<Member> members() {
        return List.copyOf(members.values());
    }

    /** Those of these files that are in albums, by album, both in their order. */
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
                Kind.of(asset, Optional.empty()),
                OptionalLong.of(ordered.stream().mapToLong(Journal.Entry::size).sum()),
                Optional.of(known(first, List.copyOf(in))),
                ordered.stream()
                        .map(Journal.Entry::captured)
                        .flatMap(Optional::stream)
                        .findFirst()
                        .or(() -> CaptureTime.of(first.file()))
                        .map(time -> time.placedIn(zone)));
        // What is no photo has no date or album by which anybody chooses it.
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

    /** What a backup remembers of what a library said: albums alone. */
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

    /** With the date that the backup gave it by its records, whatever its disk makes of that. */
    private static Member member(Journal.Entry stored) {
        Instant modified =
                BatchCommitter.modified(stored.captured(), stored.file()).truncatedTo(ChronoUnit.SECONDS);
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
