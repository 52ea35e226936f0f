package dev.shoebox.destination;

import dev.shoebox.Proof;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** A proof is worth what it detects: the trials that the protocol passes must find every defect. */
@Tag(Proof.TAG)
@Tag("mutants")
class MutantTest {
    private static final Map<DiskProfile, Remains> EXPECTED = new EnumMap<>(DiskProfile.class);
    private static final Map<DiskProfile, List<String>> STEPS = new EnumMap<>(DiskProfile.class);
    private static final AtomicInteger KILLED = new AtomicInteger();
    private static long start;

    @BeforeAll
    static void begin() throws IOException {
        start = System.nanoTime();
        for (DiskProfile profile : DiskProfile.values()) {
            try (var trial = new Trial(profile, UnaryOperator.identity(), 0)) {
                trial.run();
                STEPS.put(profile, trial.steps());
                EXPECTED.put(profile, trial.state());
            }
        }
    }

    @AfterAll
    static void end() {
        Proof.note(
                "mutants",
                "wrong protocols",
                Mutant.values().length,
                KILLED.get() + " found wrong",
                Duration.ofNanos(System.nanoTime() - start));
    }

    @ParameterizedTest
    @EnumSource(Mutant.class)
    void everyWrongProtocolIsFoundWrong(Mutant mutant) throws IOException {
        var random = new Random(Proof.seed());
        List<DiskProfile> profiles = mutant.profiles();
        int tries = Proof.cases(1500, 5000);
        int tried = 0;
        boolean found = false;
        while (!found && tried < tries) {
            tried++;
            DiskProfile profile = profiles.get(random.nextInt(profiles.size()));
            try (var trial = new Trial(profile, mutant, random.nextLong())) {
                int[] places = mutant.places(STEPS.get(profile));
                for (List<Faults.Kind> kinds : mutant.faults(random)) {
                    trial.disturbed(places[random.nextInt(places.length)], kinds.get(random.nextInt(kinds.size())));
                }
                trial.undisturbed(EXPECTED.get(profile));
                found = !trial.wrong().isEmpty();
            }
        }
        assertTrue(found, mutant + " passed " + tried + " trials");
        KILLED.incrementAndGet();
    }
}
