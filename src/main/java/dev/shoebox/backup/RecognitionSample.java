package dev.shoebox.backup;

import dev.shoebox.destination.Recognition.Recognised;
import dev.shoebox.photos.Role;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Chooses which of the recognised files are read anyway: at random, one of each kind first, because a library may be
 * right about photos and wrong about films, and within the number of bytes that a run can spare.
 */
final class RecognitionSample {
    /** One file in this many is read. */
    private static final int FILES = 50;

    private static final int LEAST_ASSETS = 3;

    /**
     * One byte in this many may be read; more only if there would be too few files. With the compared parts of the other
     * files, that is less than one in 25.
     */
    private static final int BYTES = 33;

    private final Map<String, Long> sizes = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Set<String> assets = new HashSet<>();
    private int files;
    private long bytes;
    private long spent;

    private RecognitionSample() {}

    /** Returns the keys of assets whose files are all read. */
    static Set<String> of(Collection<Recognised> known, SplittableRandom random) {
        return new RecognitionSample().choose(known, random);
    }

    private Set<String> choose(Collection<Recognised> known, SplittableRandom random) {
        for (Recognised file : known) {
            long size = file.resource().file().size();
            bytes += size;
            sizes.merge(file.asset().key(), size, Long::sum);
            counts.merge(file.asset().key(), 1, Integer::sum);
        }
        List<Recognised> shuffled = shuffled(known, random);
        Set<Role> kinds = EnumSet.noneOf(Role.class);
        for (Recognised file : shuffled) {
            if (!kinds.contains(file.resource().role()) && take(file)) {
                kinds.add(file.resource().role());
            }
        }
        int wanted = (known.size() + FILES - 1) / FILES;
        for (Recognised file : shuffled) {
            if (isTooSmall(wanted)) {
                take(file);
            }
        }
        shuffled.sort(Comparator.comparing(file -> sizes.get(file.asset().key())));
        for (Recognised file : shuffled) {
            if (isTooSmall(wanted)) {
                add(file.asset().key());
            }
        }
        return assets;
    }

    private boolean isTooSmall(int wanted) {
        return files < wanted || assets.size() < LEAST_ASSETS;
    }

    private void add(String asset) {
        if (assets.add(asset)) {
            files += counts.get(asset);
        }
    }

    /** Returns whether the file is chosen. */
    private boolean take(Recognised file) {
        String asset = file.asset().key();
        long size = sizes.get(asset);
        if (!assets.contains(asset) && spent + size <= bytes / BYTES) {
            add(asset);
            spent += size;
        }
        return assets.contains(asset);
    }

    private static List<Recognised> shuffled(Collection<Recognised> known, SplittableRandom random) {
        List<Recognised> left = new ArrayList<>(known);
        for (int i = left.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            Recognised moved = left.get(i);
            left.set(i, left.get(other));
            left.set(other, moved);
        }
        return left;
    }
}
