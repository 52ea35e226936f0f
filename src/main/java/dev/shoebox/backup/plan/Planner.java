package dev.shoebox.backup.plan;

import dev.shoebox.backup.event.Skipped;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.RowsAhead;
import dev.shoebox.destination.opening.Contents;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.destination.records.run.FailedFile;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.AssetLookup;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.text.Amounts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Decides which files to read: those whose key (path, size, times) is not in the catalogue, and those whose copy is no
 * longer where the catalogue lists it. Files that failed before come first, so that even a short run tries them; files
 * at which the connection broke come last, so that they cannot prevent others.
 *
 * <p>Files of the source are found by path, and the rows of the catalogue are read once, in any order, so that each of
 * a million costs a few bytes.
 */
public final class Planner {
    private Planner() {}

    /**
     * Compares assets with the files of a destination.
     *
     * @param contents what is known about the content of stored files
     */
    public static Plan plan(List<Asset> assets, MediaSource source, Destination destination, Contents contents)
            throws IOException {
        return plan(assets, source.id(), destination, contents, Set.of(), RowsAhead.NONE);
    }

    /**
     * @param unknown files that count as missing whatever the catalogue says
     * @param ahead rows that were read before, with these contents
     */
    static Plan plan(
            List<Asset> assets,
            SourceId source,
            Destination destination,
            Contents contents,
            Set<MediaFile> unknown,
            RowsAhead ahead)
            throws IOException {
        // Such rows say nothing about files that count as missing.
        Rows rows = new Rows(source, destination, contents, unknown, unknown.isEmpty() ? ahead : RowsAhead.NONE);
        Plan plan = rows.plan(assets, Set.of());
        if (plan.vanished().isEmpty() || destination.isWritable()) {
            return plan;
        }
        // A destination that is open for reading is not reconciled: a moved file counts as known.
        Set<String> moved = destination.ownerChanges().moved(plan.vanished()).keySet();
        return moved.isEmpty() ? plan : rows.plan(assets, moved);
    }

    /** The catalogue's files of a source. */
    private record Rows(
            SourceId source, Destination destination, Contents contents, Set<MediaFile> unknown, RowsAhead ahead) {
        /** @param moved moved files, by their recorded paths */
        Plan plan(List<Asset> assets, Set<String> moved) throws IOException {
            Predicate<StoredFile> doubt = RowsAhead.doubt(destination, contents);
            try (Stream<StoredFile> left = ahead.left(destination, source)) {
                return Planner.plan(
                                assets,
                                ahead.well(),
                                left.filter(stored -> !unknown.contains(stored.file()))
                                        .iterator(),
                                // A file in an unreadable folder is not gone.
                                stored -> destination.isPresent(stored)
                                        || moved.contains(stored.path())
                                        || destination.memory().denied(stored).isPresent(),
                                doubt,
                                destination.runs().troubles(source))
                        .without(destination.ownerChanges().forgotten(source));
            } catch (UncheckedIOException unreadable) {
                throw unreadable.getCause();
            }
        }
    }

    /**
     * @param well files of this source whose copies are known to be there and safe
     * @param known the catalogue's other files of this source
     * @param present whether a catalogued file is still on disk
     * @param implausible whether a catalogued file is known not to be safe
     * @param troubles the failed files of an earlier run
     */
    static Plan plan(
            List<Asset> assets,
            List<MediaFile> well,
            Iterator<StoredFile> known,
            Predicate<StoredFile> present,
            Predicate<StoredFile> implausible,
            List<FailedFile> troubles) {
        AssetLookup files = new AssetLookup(assets);
        BitSet backedUp = new BitSet(files.files());
        List<StoredFile> vanished = new ArrayList<>();
        List<StoredFile> doubtful = new ArrayList<>();
        for (MediaFile file : well) {
            int index = files.indexOf(file);
            if (index >= 0) {
                backedUp.set(index);
            }
        }
        while (known.hasNext()) {
            StoredFile row = known.next();
            int index = files.indexOf(row.file());
            if (index >= 0 && present.test(row)) {
                backedUp.set(index);
                if (implausible.test(row)) {
                    doubtful.add(row);
                }
            } else if (index >= 0) {
                vanished.add(row);
            }
        }
        return new Plan(
                inTurn(new AssetSteps(assets, files, backedUp), troubles),
                backedUp.cardinality(),
                vanished,
                doubtful,
                Skipped.NOTHING);
    }

    /** One step for each asset with a missing file, created on demand. */
    private static final class AssetSteps extends AbstractList<Step> implements RandomAccess {
        private final List<Asset> assets;

        /** By the index of a file among those of all assets. */
        private final BitSet backedUp;

        private final int[] numbers;

        /** The index of the first file of each asset. */
        private final int[] firsts;

        AssetSteps(List<Asset> assets, AssetLookup files, BitSet backedUp) {
            this.assets = assets;
            this.backedUp = backedUp;
            this.numbers = IntStream.range(0, assets.size())
                    .filter(asset -> backedUp.nextClearBit(files.firstOf(asset)) < files.firstOf(asset + 1))
                    .toArray();
            this.firsts = IntStream.of(numbers).map(files::firstOf).toArray();
        }

        @Override
        public int size() {
            return numbers.length;
        }

        @Override
        public Step get(int index) {
            Asset asset = assets.get(numbers[index]);
            List<Resource> all = asset.resources();
            List<Resource> missing = new ArrayList<>(all.size());
            for (int file = 0; file < all.size(); file++) {
                if (!backedUp.get(firsts[index] + file)) {
                    missing.add(all.get(file));
                }
            }
            return new Step(asset, missing.size() == all.size() ? all : missing);
        }
    }

    /** Sorts failed files first and files at which the connection broke last; otherwise keeps the order. */
    static List<Step> inTurn(List<Step> steps, List<FailedFile> troubles) {
        if (troubles.isEmpty()) {
            return steps;
        }
        Map<String, Boolean> breaks = new HashMap<>();
        troubles.forEach(trouble -> breaks.merge(trouble.path(), trouble.breaks(), Boolean::logicalOr));
        Turn[] turns = new Turn[steps.size()];
        for (int number = 0; number < turns.length; number++) {
            turns[number] = turn(steps.get(number), breaks);
        }
        PickedSteps.Builder ordered = new PickedSteps.Builder(steps);
        for (Turn turn : Turn.values()) {
            for (int number = 0; number < turns.length; number++) {
                if (turns[number] == turn) {
                    ordered.take(number);
                }
            }
        }
        return ordered.build();
    }

    private enum Turn {
        FIRST,
        IN_ORDER,
        LAST
    }

    /** An asset stays together: a file at which the connection breaks also delays the others. */
    private static Turn turn(Step step, Map<String, Boolean> breaks) {
        Turn turn = Turn.IN_ORDER;
        for (Resource resource : step.missing()) {
            Boolean itBreaks = breaks.get(resource.file().path());
            if (itBreaks != null) {
                if (itBreaks) {
                    return Turn.LAST;
                }
                turn = Turn.FIRST;
            }
        }
        return turn;
    }

    /**
     * The plan of a run.
     *
     * @param alreadyBackedUp files that need not be read
     * @param vanished catalogued files that are no longer on the disk, which are read again
     * @param doubtful files that need not be read, but are known not to be safe
     * @param forgotten files that are not in the destination because the user deleted them there on purpose
     */
    public record Plan(
            List<Step> steps,
            int alreadyBackedUp,
            List<StoredFile> vanished,
            List<StoredFile> doubtful,
            Skipped forgotten) {
        /** Returns the vanished files that these steps store again. */
        List<StoredFile> vanishedIn(List<Step> some) {
            if (vanished.isEmpty()) {
                return vanished;
            }
            Set<MediaFile> files = new HashSet<>();
            some.forEach(step -> step.missing().forEach(resource -> files.add(resource.file())));
            return vanished.stream()
                    .filter(stored -> files.contains(stored.file()))
                    .toList();
        }

        /** Returns this plan with more doubtful files, except those that are doubtful already or read again. */
        Plan withDoubtful(List<StoredFile> more) {
            if (more.isEmpty()) {
                return this;
            }
            Set<MediaFile> known = new HashSet<>();
            doubtful.forEach(stored -> known.add(stored.file()));
            steps.forEach(step -> step.missing().forEach(resource -> known.add(resource.file())));
            List<StoredFile> all = new ArrayList<>(doubtful);
            more.stream().filter(stored -> known.add(stored.file())).forEach(all::add);
            return new Plan(steps, alreadyBackedUp, vanished, all, forgotten);
        }

        /** Returns this plan without files that must not be stored again. */
        Plan without(Set<MediaFile> unwanted) {
            if (unwanted.isEmpty()) {
                return this;
            }
            PickedSteps.Builder left = new PickedSteps.Builder(steps);
            Skipped out = forgotten;
            for (int number = 0; number < steps.size(); number++) {
                Step step = steps.get(number);
                List<Resource> missing = step.missing().stream()
                        .filter(resource -> !unwanted.contains(resource.file()))
                        .toList();
                int files = step.missing().size() - missing.size();
                if (files > 0) {
                    Resource primary = step.asset().primary();
                    boolean photo = step.missing().contains(primary) && !missing.contains(primary);
                    out = out.plusForgotten(photo && step.asset().isMedia(), files);
                }
                if (!missing.isEmpty()) {
                    left.take(number, step, missing);
                }
            }
            return new Plan(left.build(), alreadyBackedUp, vanished, doubtful, out);
        }

        int files() {
            return steps.stream().mapToInt(step -> step.missing().size()).sum();
        }

        long bytes() {
            return Amounts.sum(steps.stream().mapToLong(Step::bytes));
        }
    }

    /**
     * The files of one asset to read.
     *
     * @param missing in the order of the asset's resources; never empty in a plan
     */
    public record Step(Asset asset, List<Resource> missing) {
        public long bytes() {
            return Amounts.sum(
                    missing.stream().mapToLong(resource -> resource.file().size()));
        }
    }
}
