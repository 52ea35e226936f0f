package dev.shoebox.coverage;

import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.Contents;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.LibraryAsset.Original;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.PackedFiles;
import dev.shoebox.photos.source.PathIndex;
import dev.shoebox.photos.source.SourceId;

import java.time.Duration;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files that a backup has of one source: those on disk, not known to be damaged, and not broken. Also knows which
 * of them were verified since.
 */
public final class BackedUpFiles {
    /**
     * Limits how long files are inspected in a backup that an earlier version made. The next backup inspects the rest.
     */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(20);

    /** The intact files on disk. A file of the source with two copies is listed twice. */
    private final PackedFiles held;

    private final PathIndex byPath;

    /** Indexes into {@link #held} of the verified files. */
    private final BitSet verified = new BitSet();

    private final Set<MediaFile> broken = new HashSet<>();
    private final Set<String> absent = new HashSet<>();
    private final Set<MediaFile> forgotten = new HashSet<>();

    private BackedUpFiles(Destination destination, SourceId source) throws DestinationException {
        forgotten.addAll(destination.ownerChanges().forgotten(source));
        Set<String> proven = destination.verified();
        Set<String> damaged = destination.damaged();
        Contents contents = destination.memory().contents(LONGEST_LOOK);
        PackedFiles.Builder found = new PackedFiles.Builder();
        try (Stream<StoredFile> rows = destination.stored(source)) {
            for (Iterator<StoredFile> each = rows.iterator(); each.hasNext(); ) {
                StoredFile row = each.next();
                if (!destination.isPresent(row)) {
                    absent.add(row.path());
                } else if (contents.isBroken(row.path()) && !isDoubtful(destination, damaged, row)) {
                    broken.add(row.file());
                } else if (!isDoubtful(destination, damaged, row)) {
                    verified.set(found.size(), proven.contains(row.path()));
                    found.add(row.file());
                }
            }
        }
        held = found.build();
        byPath = new PathIndex(held.size(), number -> held.get(number).path());
    }

    /** Looks up every catalogued file on the disk. */
    public static BackedUpFiles of(Destination destination, SourceId source) throws DestinationException {
        return new BackedUpFiles(destination, source);
    }

    private boolean holds(MediaFile file) {
        return byPath.find(file.path(), number -> held.get(number).equals(file)) >= 0;
    }

    private boolean hasVerified(MediaFile file) {
        return byPath.find(
                        file.path(),
                        number -> verified.get(number) && held.get(number).equals(file))
                >= 0;
    }

    private static boolean isDoubtful(Destination destination, Set<String> damaged, StoredFile row)
            throws DestinationException {
        return damaged.contains(row.path()) || destination.memory().isInDoubt(row);
    }

    /**
     * Returns whether every file that the source has of the asset is on disk; for a placeholder, whether its original
     * is.
     */
    public boolean hold(AssetCoverage covered) {
        return files(covered)
                .filter(files -> files.stream().allMatch(this::holds))
                .isPresent();
    }

    /**
     * Returns whether every file that the source has of the asset is on disk with the bytes that the source delivered,
     * while some of them are not a whole photo or video. No further copy can improve it.
     */
    public boolean holdAsItIs(AssetCoverage covered) {
        return covered.isHere()
                && files(covered)
                        .filter(files -> files.stream().anyMatch(broken::contains)
                                && files.stream().allMatch(file -> broken.contains(file) || holds(file)))
                        .isPresent();
    }

    /**
     * Returns the {@link StoredFile#path} of every catalogued file that is missing from the disk or has another size
     * there.
     */
    public Set<String> absent() {
        return Set.copyOf(absent);
    }

    /** Returns whether all files that are missing here were deleted on purpose. */
    public boolean letGo(AssetCoverage covered) {
        return files(covered)
                .filter(files -> files.stream().anyMatch(forgotten::contains)
                        && files.stream().allMatch(file -> forgotten.contains(file) || holds(file)))
                .isPresent();
    }

    /** Returns whether {@code verify} found all files of the asset intact since they were copied. */
    public boolean haveVerified(AssetCoverage covered) {
        return files(covered)
                .filter(files -> files.stream().allMatch(this::hasVerified))
                .isPresent();
    }

    private Optional<List<MediaFile>> files(AssetCoverage covered) {
        return covered.isHere()
                ? covered.asset()
                        .map(asset ->
                                asset.resources().stream().map(Resource::file).toList())
                : original(covered).map(List::of);
    }

    /**
     * Returns the original that was backed up under that path before the phone offloaded it. A file of another size is
     * another photo.
     */
    Optional<MediaFile> original(AssetCoverage covered) {
        OptionalLong bytes = covered.known().stream()
                .flatMap(known -> known.originals().stream().filter(original -> original.role() == known.kind()))
                .map(Original::bytes)
                .findFirst()
                .orElse(OptionalLong.empty());
        int last = byPath.findLast(covered.path());
        return Optional.of(last)
                .filter(number -> number >= 0)
                .map(held::get)
                .filter(file -> bytes.isEmpty() || bytes.getAsLong() == file.size());
    }
}
