package dev.shoebox.coverage;

import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.Contents;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.SourceId;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which photos a phone could lose without anybody losing them: all their files were read again in the backup since they were
 * copied, and found well. Only looks; nothing is removed anywhere.
 */
public final class SafeToRemove {
    /** For a count at the end of a run, which nobody waits for. */
    private static final Duration MOMENT = Duration.ofSeconds(2);

    /** SHA-256 of what is verified in the backup, by the file of the source. */
    private final Map<MediaFile, String> verified = new HashMap<>();

    private final Map<MediaFile, Instant> proven = new HashMap<>();

    private final Set<MediaFile> stored = new HashSet<>();
    private final Set<MediaFile> damaged = new HashSet<>();
    private final Set<MediaFile> implausible = new HashSet<>();
    private final Set<MediaFile> forgotten;
    private final List<Set<String>> others = new ArrayList<>();

    /** How an asset stands. */
    public enum Standing {
        SAFE,
        /** A file of it is not in the backup. */
        NOT_BACKED_UP,
        /** A file of it was deleted from the backup on purpose, and let go. */
        FORGOTTEN,
        /** A file of it is damaged in the backup. */
        DAMAGED,
        /** A file of it cannot be what it should be, or has the content of no known format. */
        IMPLAUSIBLE,
        /** It is in the backup, but a file of it was not read again since. */
        NOT_VERIFIED,
        /** It is safe here, but not in enough other backups. */
        TOO_FEW_COPIES,
        /** A part of it is only in iCloud, and removing the photo removes that, too. */
        PART_IN_ICLOUD
    }

    /** What there is of safe photos, in bytes of all their files. */
    public record Removable(long assets, long bytes) {}

    /**
     * How much of a phone could be deleted there, by the same rules as the list of it.
     *
     * @param listing of everything on the phone
     * @param library of the phone, which may know that a part is only in iCloud
     */
    public static Removable count(Destination backup, SourceId source, Listing listing, Library library)
            throws DestinationException {
        if (backup.verified().isEmpty()) {
            return new Removable(0, 0);
        }
        List<Asset> assets = AssetGrouping.group(Scope.USUAL.of(listing));
        List<Judged> safe = new SafeToRemove(backup, source, List.of(), MOMENT)
                .judge(assets, Optional.of(library), 1).stream()
                        .filter(each -> each.standing() == Standing.SAFE)
                        .toList();
        return new Removable(safe.size(), safe.stream().mapToLong(Judged::bytes).sum());
    }

    /**
     * An asset of the source and how it stands.
     *
     * @param known what the library says of it
     * @param proven when the file of it was last found well that was not for the longest time; of what is safe alone
     * @param copies in how many backups all of it is proven; of what is safe alone
     */
    public record Judged(
            Asset asset, Standing standing, Optional<LibraryAsset> known, Optional<Instant> proven, int copies) {
        /** In bytes, of all its files. */
        public long bytes() {
            return asset.resources().stream()
                    .map(Resource::file)
                    .mapToLong(MediaFile::size)
                    .sum();
        }
    }

    /** @param others backups in which the same content must be verified, too; any number of them may be asked for */
    public SafeToRemove(Destination backup, SourceId source, List<Destination> others) throws DestinationException {
        // However long it takes: nothing else may be called safe to remove.
        this(backup, source, others, Duration.ofDays(1));
    }

    /** @param longest to look at files at which nobody has looked yet; those that are left are not safe to remove */
    private SafeToRemove(Destination backup, SourceId source, List<Destination> others, Duration longest)
            throws DestinationException {
        this.forgotten = backup.ownerChanges().forgotten(source);
        Map<String, Instant> times = backup.memory().verifiedAt();
        Map<String, String> contents = backup.memory().verifiedContents();
        Set<String> notAsStored = backup.damaged();
        Contents looks = backup.memory().contents(longest);
        Set<String> doubtful = backup.recognition().perhapsDamaged();
        // Nobody has read them from this source: what is known of them is a claim.
        Set<MediaFile> claimed = backup.recognition().claimed(source);
        try (Stream<StoredFile> rows = backup.stored(source)) {
            for (Iterator<StoredFile> each = rows.iterator(); each.hasNext(); ) {
                StoredFile row = each.next();
                if (looks.at(row.path()).isPresent() || doubtful.contains(row.path())) {
                    implausible.add(row.file());
                } else if (contents.containsKey(row.path())
                        && !looks.unassessed().contains(row.path())
                        && !claimed.contains(row.file())
                        && !backup.memory().isInDoubt(row)) {
                    verified.put(row.file(), contents.get(row.path()));
                    proven.merge(row.file(), times.getOrDefault(row.path(), Instant.EPOCH), SafeToRemove::later);
                } else if (notAsStored.contains(row.path())) {
                    damaged.add(row.file());
                } else if (backup.isPresent(row)) {
                    stored.add(row.file());
                }
            }
        }
        for (Destination other : others) {
            this.others.add(new HashSet<>(other.memory().verifiedContents().values()));
        }
    }

    /**
     * How each asset stands that is not in Recently Deleted, which is on its way out already.
     *
     * @param copies in how many backups each file must be verified, this one counted
     */
    public List<Judged> judge(List<Asset> assets, Optional<Library> library, int copies) {
        List<Judged> judged = new ArrayList<>();
        for (Asset asset : assets) {
            Optional<LibraryAsset> known =
                    library.flatMap(all -> all.find(asset)).filter(says -> says.isOf(asset));
            if (known.filter(says -> says.is(Trait.TRASHED)).isEmpty()) {
                Standing standing = standing(asset, known, copies);
                boolean safe = standing == Standing.SAFE;
                judged.add(new Judged(
                        asset,
                        standing,
                        known,
                        safe ? asset.resources().stream().map(this::proven).min(Instant::compareTo) : Optional.empty(),
                        safe ? copies(asset) : 0));
            }
        }
        return judged;
    }

    private Standing standing(Asset asset, Optional<LibraryAsset> known, int copies) {
        if (known.filter(says -> lacksPart(asset, says)).isPresent()) {
            return Standing.PART_IN_ICLOUD;
        }
        if (asset.resources().stream().anyMatch(resource -> damaged.contains(resource.file()))) {
            return Standing.DAMAGED;
        }
        if (asset.resources().stream().anyMatch(resource -> implausible.contains(resource.file()))) {
            return Standing.IMPLAUSIBLE;
        }
        boolean everyFile = true;
        for (Resource resource : asset.resources()) {
            MediaFile file = resource.file();
            if (forgotten.contains(file)) {
                return Standing.FORGOTTEN;
            }
            if (!verified.containsKey(file) && !stored.contains(file)) {
                return Standing.NOT_BACKED_UP;
            }
            everyFile &= verified.containsKey(file);
        }
        if (!everyFile) {
            return Standing.NOT_VERIFIED;
        }
        return copies(asset) < copies ? Standing.TOO_FEW_COPIES : Standing.SAFE;
    }

    /** Of an asset that is proven here: in how many backups each of its files is. */
    private int copies(Asset asset) {
        int fewest = Integer.MAX_VALUE;
        for (Resource resource : asset.resources()) {
            String content = verified.get(resource.file());
            int copies = 1
                    + (int) others.stream()
                            .filter(other -> other.contains(content))
                            .count();
            fewest = Math.min(fewest, copies);
        }
        return fewest;
    }

    private Instant proven(Resource resource) {
        return proven.getOrDefault(resource.file(), Instant.EPOCH);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static boolean lacksPart(Asset asset, LibraryAsset known) {
        Set<Role> here = new HashSet<>();
        asset.resources().forEach(resource -> here.add(resource.role()));
        return known.originals().stream()
                .anyMatch(original -> original.here().equals(Optional.of(false)) && !here.contains(original.role()));
    }
}
