package dev.shoebox.coverage;

import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.Contents;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.LibraryAsset.Original;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** What a backup has of one source: which of its files are on disk, not known to be damaged and not broken, and which of those were read again since. */
public final class BackedUpFiles {
    /** Of a backup that an earlier version made; the next backup looks at the rest. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(20);

    private final Map<MediaFile, Boolean> verified = new HashMap<>();
    private final Map<String, MediaFile> byPath = new HashMap<>();
    private final Set<MediaFile> broken = new HashSet<>();
    private final Set<String> absent = new HashSet<>();
    private final Set<MediaFile> forgotten = new HashSet<>();

    private BackedUpFiles() {}

    /** Asks the disk about every file that is catalogued. */
    public static BackedUpFiles of(Destination destination, SourceId source) throws DestinationException {
        BackedUpFiles holdings = new BackedUpFiles();
        holdings.forgotten.addAll(destination.ownerChanges().forgotten(source));
        Set<String> proven = destination.verified();
        Set<String> damaged = destination.damaged();
        Contents contents = destination.memory().contents(LONGEST_LOOK);
        try (Stream<StoredFile> rows = destination.stored(source)) {
            for (Iterator<StoredFile> each = rows.iterator(); each.hasNext(); ) {
                StoredFile row = each.next();
                if (!destination.isPresent(row)) {
                    holdings.absent.add(row.path());
                } else if (contents.isBroken(row.path()) && !isDoubtful(destination, damaged, row)) {
                    holdings.broken.add(row.file());
                } else if (!isDoubtful(destination, damaged, row)) {
                    holdings.verified.merge(row.file(), proven.contains(row.path()), Boolean::logicalOr);
                    holdings.byPath.put(row.file().path(), row.file());
                }
            }
        }
        return holdings;
    }

    private static boolean isDoubtful(Destination destination, Set<String> damaged, StoredFile row)
            throws DestinationException {
        return damaged.contains(row.path()) || destination.memory().isInDoubt(row);
    }

    /** Whether every file that the source has of it is on disk; of a placeholder, whether its original is. */
    public boolean hold(AssetCoverage covered) {
        return files(covered)
                .filter(files -> files.stream().allMatch(verified::containsKey))
                .isPresent();
    }

    /**
     * Whether every file that the source has of it is on disk with the bytes that came, while some of them are no whole photo or
     * video: nothing more can be saved of it.
     */
    public boolean holdAsItIs(AssetCoverage covered) {
        return covered.isHere()
                && files(covered)
                        .filter(files -> files.stream().anyMatch(broken::contains)
                                && files.stream().allMatch(file -> broken.contains(file) || verified.containsKey(file)))
                        .isPresent();
    }

    /** The {@link StoredFile#path} of every catalogued file that is not on disk, or has another size there. */
    public Set<String> absent() {
        return Set.copyOf(absent);
    }

    /** Whether what of it is not here was deleted here on purpose. */
    public boolean letGo(AssetCoverage covered) {
        return files(covered)
                .filter(files -> files.stream().anyMatch(forgotten::contains)
                        && files.stream().allMatch(file -> forgotten.contains(file) || verified.containsKey(file)))
                .isPresent();
    }

    /** Whether all of that was found well by {@code verify} since it was copied. */
    public boolean haveVerified(AssetCoverage covered) {
        return files(covered)
                .filter(files -> files.stream().allMatch(file -> verified.getOrDefault(file, false)))
                .isPresent();
    }

    private Optional<List<MediaFile>> files(AssetCoverage covered) {
        return covered.isHere()
                ? covered.asset()
                        .map(asset ->
                                asset.resources().stream().map(Resource::file).toList())
                : original(covered).map(List::of);
    }

    /** What was backed up under that path before the phone gave it up; another size would be another photo. */
    Optional<MediaFile> original(AssetCoverage covered) {
        OptionalLong bytes = covered.known().stream()
                .flatMap(known -> known.originals().stream().filter(original -> original.role() == known.kind()))
                .map(Original::bytes)
                .findFirst()
                .orElse(OptionalLong.empty());
        return Optional.ofNullable(byPath.get(covered.path()))
                .filter(file -> bytes.isEmpty() || bytes.getAsLong() == file.size());
    }
}
