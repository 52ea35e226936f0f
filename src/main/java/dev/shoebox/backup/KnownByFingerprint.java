package dev.shoebox.backup;

import dev.shoebox.backup.event.StopSignal;
import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.backup.transfer.PhoneHashing;
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
 * Finds out which files of a plan need not be read, since a proven copy with the fingerprint that the source's library
 * claims, and the same size, is here. A claim may be wrong: a sample of them is read all the same, and everything else that
 * could have been read as well comes before any of them is recorded.
 */
final class KnownByFingerprint {
    /** A camera has written a photo by then, or a film; what was changed later, Photos may have taken in before. */
    private static final Duration WRITTEN = Duration.ofMinutes(1);

    private static final Duration FILMED = Duration.ofHours(6);

    /** A phone that hashes slower than so many bytes in a second, after so many seconds, is not asked on. */
    private static final double WORTH_ASKING = 60e6;

    private static final double PATIENCE_SECONDS = 2;

    /** Where so many assets seem to be others, and none was right, the phone's hashes tell nothing. */
    private static final int MOST_WRONG = 3;

    /** Where more than one file in so many seems to have been changed, times tell nothing on this source. */
    private static final int UNUSUAL = 10;

    private final Map<String, Recognised> covered;
    private final Set<String> sample;
    private final List<Step> steps;

    private KnownByFingerprint(List<Step> steps, Map<String, Recognised> covered, Set<String> sample) {
        this.steps = steps;
        this.covered = covered;
        this.sample = sample;
    }

    /** Where nothing is to be known so. */
    static KnownByFingerprint nothing(List<Step> steps) {
        return new KnownByFingerprint(steps, Map.of(), Set.of());
    }

    /** @param random chooses what is read all the same */
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
        // Two files that claim one content: one of them may be another.
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

    private static void withoutChanged(Map<String, Recognised> covered) {
        Set<String> changed = new HashSet<>();
        covered.forEach((path, found) -> {
            if (isChanged(found.resource())) {
                changed.add(path);
            }
        });
        if (changed.size() * UNUSUAL <= covered.size()) {
            changed.forEach(covered::remove);
        }
    }

    /** What goes with a photo that is to be read is read with it: that decides where all of it is stored. */
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
     * Has the phone hash what is covered, and compares the copies with that. What differs is covered no longer. A phone that
     * does not hash, or hashes slower than a cable carries, or is never right, leaves a claim a claim.
     */
    void prove(PhoneHashing hashing, Recognition recognition, StopSignal stop) {
        long began = System.nanoTime();
        long bytes = 0;
        int right = 0;
        Set<String> wrong = new HashSet<>();
        for (Recognised file : List.copyOf(covered.values())) {
            MediaFile media = file.resource().file();
            double seconds = (System.nanoTime() - began) / 1e9;
            boolean slow = seconds > PATIENCE_SECONDS && bytes / seconds < WORTH_ASKING;
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
        }
        covered.values().removeIf(file -> wrong.contains(file.asset().key()));
    }

    /**
     * Compares a little of each file that is known by a claim alone with its copy. What differs is covered no longer, nor is what
     * could not be compared.
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
                    // Whoever reads what is not covered finds out.
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

    /** What is not read if nothing speaks against it. */
    List<Recognised> covered() {
        return List.copyOf(covered.values());
    }

    /** What is read although it could be known: the sample. */
    Set<String> sample() {
        return sample;
    }

    /** Everything of which no file is covered by now and that was not among {@link #first} before. */
    List<Step> differing(List<Step> before) {
        Set<Step> known = new HashSet<>(before);
        return first().stream().filter(step -> !known.contains(step)).toList();
    }

    /** Everything of which no file is covered, in the order of the plan. */
    List<Step> first() {
        return covered.isEmpty()
                ? steps
                : steps.stream().filter(step -> coveredOf(step) == 0).toList();
    }

    /** The other files of assets of which one is covered: they belong to what lies here already. */
    List<Step> beside() {
        return parts(file -> !covered.containsKey(file));
    }

    /** What is known by a claim alone, to be read after all. */
    List<Step> claimed() {
        return parts(file -> covered.containsKey(file) && !covered.get(file).hashed());
    }

    /** Covers nothing any more of an asset of which a file is known by a claim alone. */
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
