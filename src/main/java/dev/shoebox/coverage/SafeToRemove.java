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
 * Determines which photos the phone could lose without loss to anybody: all their files were verified in the backup
 * since they were copied. Reads only; removes nothing.
 */
public final class SafeToRemove {
    /** Time limit of the count at the end of a run, so that nobody waits for it. */
    private static final Duration MOMENT = Duration.ofSeconds(2);

    /** The SHA-256 of each verified file in the backup, by the file of the source. */
    private final Map<MediaFile, String> verified = new HashMap<>();

    private final Map<MediaFile, Instant> proven = new HashMap<>();

    private final Set<MediaFile> stored = new HashSet<>();
    private final Set<MediaFile> damaged = new HashSet<>();
    private final Set<MediaFile> implausible = new HashSet<>();
    private final Set<MediaFile> forgotten;
    private final Library library;
    private final List<Set<String>> others = new ArrayList<>();

    /** Whether an asset is safe to remove, or why not. */
    public enum Standing {
        SAFE,
        /** One of its files is not in the backup. */
        NOT_BACKED_UP,
        /** One of its files was deliberately deleted from the backup and forgotten. */
        FORGOTTEN,
        /** One of its files is damaged in the backup. */
        DAMAGED,
        /** One of its files is implausible, has an unknown format, or may be damaged on the phone. */
        IMPLAUSIBLE,
        /** It is in the backup, but one of its files was not verified since. */
        NOT_VERIFIED,
        /** It is safe in this backup, but not in enough others. */
        TOO_FEW_COPIES,
        /** One of its parts is only in iCloud, and would be removed with the photo. */
        PART_IN_ICLOUD
    }

    /** The photos that are safe to remove, with the size of all their files in bytes. */
    public record Removable(long assets, long bytes) {}

    /**
     * Counts how much could be deleted from a phone, by the same rules as {@link #judge}.
     *
     * @param listing everything on the phone
     * @param library the phone's library, which may know that a part is only in iCloud
     */
    public static Removable count(Destination backup, SourceId source, Listing listing, Library library)
            throws DestinationException {
        if (backup.verified().isEmpty()) {
            return new Removable(0, 0);
        }
        List<Asset> assets = AssetGrouping.group(Scope.USUAL.of(listing));
        return count(backup, source, assets, library, contradicted(backup, source, new Seen(assets, library)));
    }

    /**
     * As {@link #count(Destination, SourceId, Listing, Library)}.
     *
     * @param contradicted the copies that the library contradicts, which take long to find
     */
    public static Removable count(
            Destination backup, SourceId source, Listing listing, Library library, List<StoredFile> contradicted)
            throws DestinationException {
        return backup.verified().isEmpty()
                ? new Removable(0, 0)
                : count(backup, source, AssetGrouping.group(Scope.USUAL.of(listing)), library, contradicted);
    }

    private static Removable count(
            Destination backup, SourceId source, List<Asset> assets, Library library, List<StoredFile> contradicted)
            throws DestinationException {
        List<Judged> safe = new SafeToRemove(backup, source, library, contradicted, List.of(), MOMENT)
                .judge(assets, 1).stream()
                        .filter(each -> each.standing() == Standing.SAFE)
                        .toList();
        return new Removable(safe.size(), safe.stream().mapToLong(Judged::bytes).sum());
    }

    /**
     * An asset of the source and its standing.
     *
     * @param known its entry in the library
     * @param proven the oldest of the last successful verifications of its files; only for safe assets
     * @param copies the number of backups in which all of its files are verified; only for safe assets
     */
    public record Judged(
            Asset asset, Standing standing, Optional<LibraryAsset> known, Optional<Instant> proven, int copies) {
        /** Returns the size of all its files, in bytes. */
        public long bytes() {
            return asset.resources().stream()
                    .map(Resource::file)
                    .mapToLong(MediaFile::size)
                    .sum();
        }
    }

    /**
     * All assets of a source, and its library, which may contradict files or know that a part is only in iCloud.
     *
     * @param assets also those that are not judged
     */
    public record Seen(List<Asset> assets, Library library) {}

    /** @param others backups in which the same content must be verified as well */
    public SafeToRemove(Destination backup, SourceId source, Seen seen, List<Destination> others)
            throws DestinationException {
        // No time limit: only inspected files may be called safe to remove.
        this(backup, source, seen.library(), contradicted(backup, source, seen), others, Duration.ofDays(1));
    }

    private static List<StoredFile> contradicted(Destination backup, SourceId source, Seen seen)
            throws DestinationException {
        return backup.recognition()
                .compare(source, seen.assets(), seen.library())
                .contradicted();
    }

    /** @param longest the time limit for inspecting files that were never inspected; the rest are not safe to remove */
    private SafeToRemove(
            Destination backup,
            SourceId source,
            Library library,
            List<StoredFile> contradicted,
            List<Destination> others,
            Duration longest)
            throws DestinationException {
        this.library = library;
        this.forgotten = backup.ownerChanges().forgotten(source);
        Map<String, Instant> times = backup.memory().verifiedAt();
        Map<String, String> contents = backup.memory().verifiedContents();
        Set<String> notAsStored = backup.damaged();
        Contents looks = backup.memory().contents(longest);
        Set<String> doubtful = backup.recognition().perhapsDamaged();
        // The backup never read these files from this source: it knows them by a claim only.
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
        contradicted.forEach(row -> implausible.add(row.file()));
        for (Destination other : others) {
            this.others.add(new HashSet<>(other.memory().verifiedContents().values()));
        }
    }

    /**
     * Judges each asset, except those in Recently Deleted, which the phone will remove anyway.
     *
     * @param copies the number of backups in which each file must be verified, including this one
     */
    public List<Judged> judge(List<Asset> assets, int copies) {
        List<Judged> judged = new ArrayList<>();
        for (Asset asset : assets) {
            Optional<LibraryAsset> known = library.find(asset).filter(says -> says.isOf(asset));
            if (known.filter(says -> says.is(Trait.TRASHED)).isEmpty()) {
                boolean lacksPart = known.filter(says -> lacksPart(asset, says)).isPresent();
                Standing standing = lacksPart ? Standing.PART_IN_ICLOUD : standing(asset, copies);
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

    private Standing standing(Asset asset, int copies) {
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

    /** Returns the number of backups that have verified copies of all files of an asset that is verified here. */
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
