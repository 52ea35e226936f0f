package dev.shoebox.destination;

import dev.shoebox.Proof;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Many cases of the crash model, tried in parallel. */
final class CrashTrials {
    private static final int SHOWN = 12;

    /** Into how many parts a run is divided. */
    private static final int PARTS = 8;

    private CrashTrials() {}

    /** Tries one case. */
    interface Attempt<C> {
        /** The defects found; empty if none. */
        List<String> of(C each) throws IOException;
    }

    private static <C> List<C> shuffled(List<C> all) {
        List<C> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(Proof.seed()));
        return shuffled;
    }

    /** A random sample of these cases; all of them for a full count. */
    static <C> List<C> sample(List<C> all, int some) {
        List<C> shuffled = shuffled(all);
        return shuffled.subList(0, Proof.cases(some, all.size()));
    }

    /**
     * A random sample of these cases in which every trait of any of them occurs, so that it leaves out no kind of fault and
     * no kind of place; all of them for a full count.
     *
     * @param traits what a case is a sample of; empty if its fault has no effect
     */
    static <C> List<C> sample(List<C> all, int some, Function<C, List<Object>> traits) {
        Set<Object> seen = new HashSet<>();
        List<C> sample = new ArrayList<>();
        List<C> others = new ArrayList<>();
        List<C> idle = new ArrayList<>();
        for (C each : shuffled(all)) {
            List<Object> own = traits.apply(each);
            (seen.addAll(own) ? sample : own.isEmpty() ? idle : others).add(each);
        }
        assertTrue(sample.size() <= some, sample.size() + " cases are needed");
        sample.addAll(others);
        sample.addAll(idle);
        return sample.subList(0, Proof.cases(some, all.size()));
    }

    /**
     * An operation of a run.
     *
     * @param step what it does, as "step path"
     * @param at its number, of so many
     */
    record Place(String step, int at, int of) {
        /** All operations of a run, as {@link Faults#steps} has them. */
        static List<Place> all(List<String> steps) {
            return IntStream.range(0, steps.size())
                    .mapToObj(at -> new Place(steps.get(at), at, steps.size()))
                    .toList();
        }

        /** The traits of a fault here: how each disk, each step, and each part of the run meets this kind. */
        List<Object> traits(DiskProfile profile, Faults.Kind kind) {
            return kind == Faults.Kind.WRITES_SHORT && !step.startsWith("WRITE ")
                    ? List.of()
                    : List.of(
                            List.of(profile, kind),
                            List.of(step.substring(0, step.indexOf(' ')), kind),
                            List.of(at * PARTS / of, kind));
        }
    }

    /** The failed cases, each with its defects. */
    static <C> List<String> failures(List<C> cases, Attempt<C> attempt) {
        List<String> failures = Collections.synchronizedList(new ArrayList<>());
        cases.parallelStream().forEach(each -> {
            List<String> wrong;
            try {
                wrong = attempt.of(each);
            } catch (IOException | RuntimeException e) {
                wrong = List.of(e.toString());
            }
            if (!wrong.isEmpty()) {
                failures.add(each + ": " + wrong);
            }
        });
        return failures;
    }

    /**
     * Asserts that no case fails, and notes the result.
     *
     * @param what was done, in a few words
     * @param right the outcome to note if no case failed
     */
    static <C> void tryAll(List<C> cases, Attempt<C> attempt, String what, String right) {
        long start = System.nanoTime();
        List<String> failures = failures(cases, attempt);
        Proof.note(
                "crash-model",
                what,
                cases.size(),
                failures.isEmpty() ? right : failures.size() + " went wrong",
                Duration.ofNanos(System.nanoTime() - start));
        assertEquals(List.of(), failures.stream().limit(SHOWN).toList(), failures.size() + " of " + cases.size());
    }
}
