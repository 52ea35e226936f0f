package dev.shoebox;

import dev.shoebox.Fuzzing.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertFalse;

/** Feeds each of our parsers with valid input, with inputs that fuzzing found, and with random changes of both. */
@Tag(Proof.TAG)
@Tag("hostile")
class FuzzTest {
    /** Targets that make a backup, or a database, of each input. */
    private static final Set<String> COSTLY = Set.of("EditedManifest", "LibraryRows");

    static List<Target> targets() throws Exception {
        List<Target> targets = Fuzzing.targets();
        assertFalse(targets.isEmpty());
        return targets;
    }

    @ParameterizedTest
    @MethodSource("targets")
    void noInputThatWasKeptEndsInAnythingButAResult(Target target) throws IOException {
        long began = System.nanoTime();
        Hostile hostile = new Hostile();
        List<byte[]> inputs = new ArrayList<>(target.seeds());
        inputs.addAll(target.kept());
        for (byte[] input : inputs) {
            hostile.assertBounded(target.name(), () -> target.feed(input));
        }
        int cases = Proof.cases(COSTLY.contains(target.name()) ? 80 : 200, 5_000);
        for (int i = 0; i < cases; i++) {
            byte[] input = hostile.mutated(inputs.get(i % inputs.size()));
            hostile.assertBounded(target.name(), () -> target.feed(input));
        }
        Proof.note(
                "hostile",
                "fuzz target " + target + ": " + inputs.size() + " kept inputs, and these changed at random",
                hostile.cases(),
                hostile.outcome(),
                Duration.ofNanos(System.nanoTime() - began));
    }
}
