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

    private static final int LEAST_FILES = 3;

    /** One byte in this many may be read; more only if there would be too few files. */
    private static final int BYTES = 25;

    private final Map<String, Long> sizes = new HashMap<>();
    private final Set<String> assets = new HashSet<>();
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
        }
        List<Recognised> shuffled = shuffled(known, random);
        Set<Role> kinds = EnumSet.noneOf(Role.class);
        for (Recognised file : shuffled) {
            if (!kinds.contains(file.resource().role()) && take(file)) {
                kinds.add(file.resource().role());
            }
        }
        int wanted = Math.max(LEAST_FILES, (known.size() + FILES - 1) / FILES);
        for (Recognised file : shuffled) {
            if (assets.size() < wanted) {
                take(file);
            }
        }
        shuffled.sort(Comparator.comparing(file -> sizes.get(file.asset().key())));
        for (Recognised file : shuffled) {
            if (assets.size() < wanted) {
                assets.add(file.asset().key());
            }
        }
        return assets;
    }

    /** Returns whether the file is chosen. */
    private boolean take(Recognised file) {
        String asset = file.asset().key();
        long size = sizes.get(asset);
        if (!assets.contains(asset) && spent + size <= bytes / BYTES) {
            assets.add(asset);
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
