package dev.shoebox.device;

import dev.shoebox.Proof;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Fingerprints and hashing phones never cost a photo, and the same trials detect an engine with one wrong line. */
@Tag(Proof.TAG)
@Tag("mutants")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EngineMutantTest {
    /** If many files are known by chance, nearly every attempt detects a wrong one. */
    private static final int TRIES = 3;

    private static final AtomicInteger FOUND = new AtomicInteger();
    private static long start;

    @TempDir
    private Path folder;

    @BeforeAll
    static void begin() {
        start = System.nanoTime();
    }

    @AfterAll
    static void end() {
        Proof.note(
                "mutants",
                "wrong engines, tried with fingerprints and hashes",
                mutants().size(),
                FOUND.get() + " found wrong",
                Duration.ofNanos(System.nanoTime() - start));
    }

    static Set<String> scenarios() {
        return new TreeSet<>(FingerprintTrial.scenarios());
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theRightEngineIsRight(String scenario) {
        assertEquals(List.of(), FingerprintTrial.wrong(scenario, folder));
    }

    static List<EngineMutant> mutants() {
        List<EngineMutant> all = new ArrayList<>(List.of(EngineMutant.values()));
        Collections.shuffle(all, new Random(Proof.seed()));
        return all.subList(0, Proof.cases(4, all.size()));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void everyWrongEngineIsFoundWrong(EngineMutant mutant) throws Exception {
        Class<?> trial = mutant.load(Files.createDirectory(folder.resolve("mutant")))
                .loadClass(FingerprintTrial.class.getName());
        var wrong = trial.getMethod("wrong", String.class, Path.class);
        boolean found = false;
        for (int attempt = 0; attempt < TRIES && !found; attempt++) {
            Path place = Files.createDirectory(folder.resolve("trial" + attempt));
            found = !((List<?>) wrong.invoke(null, mutant.scenario(), place)).isEmpty();
        }
        assertTrue(found, mutant + " passed");
        FOUND.incrementAndGet();
    }
}
