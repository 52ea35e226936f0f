package dev.shoebox.backup;

import dev.shoebox.destination.Stored;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.MediaFile;
import dev.shoebox.photos.Resource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides what is to be read: every file whose key (path, size, times) the catalogue does not know, and every file whose
 * copy is no longer where the catalogue says.
 *
 * <p>The catalogue's rows and the source's files are both walked once in order of their paths, so that a million rows
 * cost no memory.
 */
final class Planner {
    /** The order of SQLite's text: by code point, where Java's own order is by UTF-16 unit. */
    static final Comparator<String> BY_CODE_POINT = (left, right) -> {
        int shared = Math.min(left.length(), right.length());
        for (int at = 0; at < shared; at++) {
            char one = left.charAt(at);
            char other = right.charAt(at);
            if (one != other) {
                boolean sameKind = Character.isSurrogate(one) == Character.isSurrogate(other);
                return sameKind ? one - other : Character.isSurrogate(one) ? 1 : -1;
            }
        }
        return left.length() - right.length();
    };

    private Planner() {}

    /**
     * @param known what the catalogue has of this source, ordered by {@link #BY_CODE_POINT}
     * @param present whether a catalogued file is still on disk
     */
    static Plan plan(List<Asset> assets, Iterator<Stored> known, Predicate<Stored> present) {
        List<Resource> resources = new ArrayList<>();
        assets.forEach(asset -> resources.addAll(asset.resources()));
        Integer[] byPath = new Integer[resources.size()];
        for (int index = 0; index < byPath.length; index++) {
            byPath[index] = index;
        }
        Arrays.sort(
                byPath,
                Comparator.comparing(index -> resources.get(index).file().path(), BY_CODE_POINT));

        BitSet backedUp = new BitSet(byPath.length);
        List<Stored> vanished = new ArrayList<>();
        Stored row = known.hasNext() ? known.next() : null;
        for (int position = 0; row != null && position < byPath.length; ) {
            MediaFile file = resources.get(byPath[position]).file();
            int order = BY_CODE_POINT.compare(file.path(), row.file().path());
            if (order < 0) {
                position++;
                continue;
            }
            if (order == 0 && file.equals(row.file())) {
                if (present.test(row)) {
                    backedUp.set(byPath[position]);
                } else {
                    vanished.add(row);
                }
            }
            row = known.hasNext() ? known.next() : null;
        }
        return assemble(assets, backedUp, vanished);
    }

    private static Plan assemble(List<Asset> assets, BitSet backedUp, List<Stored> vanished) {
        List<Step> steps = new ArrayList<>();
        int index = 0;
        for (Asset asset : assets) {
            List<Resource> missing = new ArrayList<>();
            for (Resource resource : asset.resources()) {
                if (!backedUp.get(index++)) {
                    missing.add(resource);
                }
            }
            if (!missing.isEmpty()) {
                steps.add(new Step(asset, missing));
            }
        }
        return new Plan(steps, backedUp.cardinality(), vanished);
    }

    /**
     * What a run is to do.
     *
     * @param alreadyBackedUp files that need not be read
     * @param vanished what the catalogue has but the disk no longer: it is read again
     */
    record Plan(List<Step> steps, int alreadyBackedUp, List<Stored> vanished) {
        int files() {
            return steps.stream().mapToInt(step -> step.missing().size()).sum();
        }

        long bytes() {
            return steps.stream().mapToLong(Step::bytes).sum();
        }
    }

    /**
     * The files of one asset that are to be read.
     *
     * @param missing in the order of the asset's resources, never empty
     */
    record Step(Asset asset, List<Resource> missing) {
        long bytes() {
            return missing.stream()
                    .mapToLong(resource -> resource.file().size())
                    .sum();
        }
    }
}
