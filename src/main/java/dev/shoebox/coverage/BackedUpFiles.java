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

/** What a backup has of one source: which of its files are on disk, not known to be damaged and not broken, and which of those were read again since. */
public final class BackedUpFiles {
    /** Of a backup that an earlier version made; the next backup looks at the rest. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(20);

    /** What is there and well; a file of the source that is kept twice stands here twice. */
    private final PackedFiles held;

    private final PathIndex byPath;

    /** Of what is held, by number. */
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

    /** Asks the disk about every file that is catalogued. */
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

    /** Whether every file that the source has of it is on disk; of a placeholder, whether its original is. */
    public boolean hold(AssetCoverage covered) {
        return files(covered)
                .filter(files -> files.stream().allMatch(this::holds))
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
                                && files.stream().allMatch(file -> broken.contains(file) || holds(file)))
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
                        && files.stream().allMatch(file -> forgotten.contains(file) || holds(file)))
                .isPresent();
    }

    /** Whether all of that was found well by {@code verify} since it was copied. */
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

    /** What was backed up under that path before the phone gave it up; another size would be another photo. */
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
