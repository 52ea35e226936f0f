package dev.shoebox.destination;

import dev.shoebox.Proof;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Many cases of the crash model, tried in parallel. */
final class CrashTrials {
    private static final int SHOWN = 12;

    private CrashTrials() {}

    /** Tries one case. */
    interface Attempt<C> {
        /** The defects found; empty if none. */
        List<String> of(C each) throws IOException;
    }

    /** A random sample of these cases; all of them for a full count. */
    static <C> List<C> sample(List<C> all, int some) {
        List<C> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(Proof.seed()));
        return shuffled.subList(0, Proof.cases(some, all.size()));
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
