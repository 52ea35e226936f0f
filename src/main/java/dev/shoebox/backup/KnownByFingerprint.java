package dev.shoebox.backup;

import dev.shoebox.backup.event.StopSignal;
import dev.shoebox.backup.hashing.PhoneHashing;
import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.destination.Recognition;
import dev.shoebox.destination.Recognition.Recognised;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.fingerprint.Claim;
import dev.shoebox.photos.fingerprint.Fingerprint;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Finds the files of a plan that need not be read: the backup has a proven copy of the same size with the fingerprint
 * that the source's library claims. A claim may be wrong, so a sample is read anyway, and all other files are read
 * before any of these is recorded.
 */
final class KnownByFingerprint {
    /**
     * A camera has written a photo or film within this time; Photos may have imported the file before a later change.
     */
    private static final Duration WRITTEN = Duration.ofMinutes(1);

    private static final Duration FILMED = Duration.ofHours(6);

    /** A phone that hashes fewer bytes per second than this, after so many seconds, is not asked again. */
    private static final double WORTH_ASKING = 60e6;

    private static final double PATIENCE_SECONDS = 2;

    /**
     * Counts as so many bytes more for each file: without its hash, a file is compared with its copy in several round
     * trips, which take about as long as the hash of a small file.
     */
    private static final long ROUND_TRIPS = 500_000;

    /** If so many hashes of the phone differed and none was right, they prove nothing. */
    private static final int MOST_WRONG = 3;

    /** If more than one file in this many seems changed, and more than a few, times prove nothing on this source. */
    private static final int UNUSUAL = 10;

    private static final int FEW = 10;

    private final Map<String, Recognised> covered;
    private final Set<String> sample;
    private final List<Step> steps;

    private KnownByFingerprint(List<Step> steps, Map<String, Recognised> covered, Set<String> sample) {
        this.steps = steps;
        this.covered = covered;
        this.sample = sample;
    }

    /** Returns an instance that recognises nothing. */
    static KnownByFingerprint nothing(List<Step> steps) {
        return new KnownByFingerprint(steps, Map.of(), Set.of());
    }

    /** @param random chooses the sample */
    static KnownByFingerprint of(
            List<Step> steps, Library library, Recognition recognition, SourceId source, SplittableRandom random)
            throws IOException {
        Map<String, Recognised> covered = new LinkedHashMap<>();
        Map<Fingerprint, Integer> claims = new HashMap<>();
        for (Step step : steps) {
            for (Resource resource : step.missing()) {
                Optional<Claim> claim = library.claim(step.asset(), resource);
                if (claim.isPresent()) {
                    claims.merge(claim.get().fingerprint(), 1, Integer::sum);
                    claim.get().other().ifPresent(other -> claims.merge(other, 1, Integer::sum));
                    find(step, resource, claim.get(), recognition, source)
                            .ifPresent(found -> covered.put(resource.file().path(), found));
                }
            }
        }
        // If two files claim the same content, one of them may be another.
        covered.values().removeIf(file -> claims.get(file.fingerprint()) > 1);
        withoutChanged(covered);
        withPrimary(steps, covered);
        Set<String> assets = RecognitionSample.of(covered.values(), random);
        Set<String> sample = new HashSet<>();
        covered.forEach((path, file) -> {
            if (assets.contains(file.asset().key())) {
                sample.add(path);
            }
        });
        sample.forEach(covered::remove);
        return new KnownByFingerprint(steps, covered, sample);
    }

    private static Optional<Recognised> find(
            Step step, Resource resource, Claim claim, Recognition recognition, SourceId source) throws IOException {
        MediaFile file = resource.file();
        if (claim.isDisputed() || !claim.allows(file.size()) || recognition.hasPath(source, file)) {
            return Optional.empty();
        }
        return recognition
                .find(claim.fingerprint(), file.size())
                .map(path -> new Recognised(step.asset(), resource, claim.fingerprint(), path));
    }

    /** Removes files that were changed after they were created, unless that is usual on this source. */
    static void withoutChanged(Map<String, Recognised> covered) {
        Set<String> changed = new HashSet<>();
        covered.forEach((path, found) -> {
            if (isChanged(found.resource())) {
                changed.add(path);
            }
        });
        if (changed.size() <= FEW || changed.size() * UNUSUAL <= covered.size()) {
            changed.forEach(covered::remove);
        }
    }

    /** Removes the other files of a photo that is to be read: the photo decides where all of them are stored. */
    private static void withPrimary(List<Step> steps, Map<String, Recognised> covered) {
        for (Step step : steps) {
            Resource primary = step.asset().primary();
            if (step.missing().contains(primary)
                    && !covered.containsKey(primary.file().path())) {
                step.missing()
                        .forEach(resource -> covered.remove(resource.file().path()));
            }
        }
    }

    private static boolean isChanged(Resource resource) {
        MediaFile file = resource.file();
        Duration written =
                switch (resource.role()) {
                    case VIDEO, PAIRED_VIDEO, FULL_SIZE_VIDEO, FULL_SIZE_PAIRED_VIDEO -> FILMED;
                    default -> WRITTEN;
                };
        return file.created()
                .filter(created -> file.modified().isAfter(created.plus(written)))
                .isPresent();
    }

    /**
     * Has the phone hash the recognised files, and compares the hashes with the copies. Files that differ are no longer
     * recognised. If the phone does not hash, hashes slower than the cable delivers, or is never right, a claim stays a
     * claim.
     */
    void prove(PhoneHashing hashing, Recognition recognition, StopSignal stop) {
        long began = System.nanoTime();
        long bytes = 0;
        int asked = 0;
        int right = 0;
        Set<String> wrong = new HashSet<>();
        for (Recognised file : List.copyOf(covered.values())) {
            MediaFile media = file.resource().file();
            double seconds = (System.nanoTime() - began) / 1e9;
            boolean slow = isSlow(asked, bytes, seconds);
            boolean never = right == 0 && wrong.size() >= MOST_WRONG;
            if (slow || never || stop.isAsked() || !hashing.covers(media)) {
                break;
            }
            CompletableFuture<Recognition.Copy> here =
                    CompletableFuture.supplyAsync(() -> recognition.read(file.path()));
            PhoneHashing.Answer there = hashing.hashed(media);
            Recognition.Copy copy = here.join();
            if (there.kind() == PhoneHashing.Kind.REFUSED) {
                hashing.giveUp();
            } else if (there.kind() == PhoneHashing.Kind.HASHED
                    && copy.asStored()
                    && copy.sha1().equals(Optional.of(there.sha1()))) {
                right++;
                covered.put(media.path(), file.withHash());
            } else if (there.kind() == PhoneHashing.Kind.HASHED) {
                wrong.add(file.asset().key());
            }
            bytes += media.size();
            asked++;
        }
        covered.values().removeIf(file -> wrong.contains(file.asset().key()));
    }

    /** Returns whether having the phone hash these files took longer than it is worth. */
    static boolean isSlow(int files, long bytes, double seconds) {
        return seconds > PATIENCE_SECONDS && (bytes + files * ROUND_TRIPS) / seconds < WORTH_ASKING;
    }

    /**
     * Compares small parts of each file known only by a claim with its copy. Files that differ, or could not be
     * compared, are no longer recognised.
     *
     * @return whether none differs
     */
    boolean glance(CopyGlance glance, StopSignal stop) {
        boolean same = true;
        boolean lost = false;
        Set<String> unlike = new HashSet<>();
        for (Recognised file : covered.values()) {
            if (file.hashed()) {
                continue;
            }
            CopyGlance.Outcome outcome = CopyGlance.Outcome.UNKNOWN;
            if (!lost && !stop.isAsked()) {
                try {
                    outcome = glance.of(file.resource().file(), file.path());
                } catch (IOException gone) {
                    // Reading the other files shows whether the source is lost.
                    lost = true;
                }
            }
            same &= outcome != CopyGlance.Outcome.DIFFERENT;
            if (outcome != CopyGlance.Outcome.SAME) {
                unlike.add(file.asset().key());
            }
        }
        covered.values().removeIf(file -> unlike.contains(file.asset().key()));
        return same;
    }

    boolean isEmpty() {
        return covered.isEmpty();
    }

    /** Returns the files that will not be read unless something contradicts their claims. */
    List<Recognised> covered() {
        return List.copyOf(covered.values());
    }

    /** Returns the sample: assets that are read although they could be recognised. */
    Set<String> sample() {
        return sample;
    }

    /** Returns the steps without a recognised file that were not in {@link #first} before. */
    List<Step> differing(List<Step> before) {
        Set<Step> known = new HashSet<>(before);
        return first().stream().filter(step -> !known.contains(step)).toList();
    }

    /** Returns the steps without a recognised file, in the order of the plan. */
    List<Step> first() {
        return covered.isEmpty()
                ? steps
                : steps.stream().filter(step -> coveredOf(step) == 0).toList();
    }

    /** Returns the other files of assets with a recognised file: they belong to files that the backup has. */
    List<Step> beside() {
        return parts(file -> !covered.containsKey(file));
    }

    /** Returns the files known only by a claim, to be read after all. */
    List<Step> claimed() {
        return parts(file -> covered.containsKey(file) && !covered.get(file).hashed());
    }

    /** Drops all assets with a file that is known only by a claim. */
    void withoutClaims() {
        Set<String> assets = new HashSet<>();
        covered.values().stream()
                .filter(file -> !file.hashed())
                .forEach(file -> assets.add(file.asset().key()));
        covered.values().removeIf(file -> assets.contains(file.asset().key()));
    }

    private List<Step> parts(Predicate<String> wanted) {
        List<Step> parts = new ArrayList<>();
        for (Step step : steps) {
            List<Resource> files = step.missing().stream()
                    .filter(resource -> wanted.test(resource.file().path()))
                    .toList();
            if (coveredOf(step) > 0 && !files.isEmpty()) {
                parts.add(new Step(step.asset(), files));
            }
        }
        return parts;
    }

    private long coveredOf(Step step) {
        return step.missing().stream()
                .filter(resource -> covered.containsKey(resource.file().path()))
                .count();
    }
}
