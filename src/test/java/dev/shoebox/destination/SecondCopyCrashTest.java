package dev.shoebox.destination;

import dev.shoebox.Proof;
import dev.shoebox.destination.ingest.IngestListener.StoredAsset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The disk of a second copy fails, is full or loses its power at every operation, on every disk of the model. */
@Tag(Proof.TAG)
@Tag("crash-model")
class SecondCopyCrashTest {
    @TempDir
    private static Path home;

    private static Path first;
    private static final List<StoredAsset> ASSETS = new ArrayList<>();
    private static List<String> contents;

    @BeforeAll
    static void firstBackup() throws IOException {
        Backups backup = new Backups(home.resolve("first"));
        backup.stored = ASSETS::add;
        List<Backups.Shot> some = new ArrayList<>();
        for (int i = 0; i < TwentyShots.ALL.length; i += 2) {
            some.add(TwentyShots.ALL[i]);
        }
        backup.run(some.toArray(Backups.Shot[]::new));
        first = backup.root;
        contents = backup.photos().values().stream().sorted().toList();
    }

    private static SecondCopyTrial trial(DiskProfile profile, Mutant[] mutant, long seed) throws IOException {
        return new SecondCopyTrial(
                first, ASSETS, contents, profile, mutant.length == 0 ? UnaryOperator.identity() : mutant[0], seed);
    }

    private static int operations(DiskProfile profile) throws IOException {
        try (SecondCopyTrial trial = trial(profile, new Mutant[0], 0)) {
            assertTrue(trial.run());
            return trial.operations();
        }
    }

    private record Case(DiskProfile profile, int at, Faults.Kind kind, long seed) {
        List<String> run(Mutant... mutant) throws IOException {
            try (SecondCopyTrial trial = trial(profile, mutant, seed)) {
                trial.disturbed(at, kind);
                trial.undisturbed();
                return trial.wrong();
            }
        }
    }

    private static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (DiskProfile profile : DiskProfile.values()) {
            int operations = operations(profile);
            for (int at = 0; at < operations; at++) {
                for (Faults.Kind kind : Faults.Kind.values()) {
                    cases.add(new Case(profile, at, kind, Proof.seed() + at));
                }
            }
        }
        return cases;
    }

    /**
     * The next run finds the lines in the system's memory, and has nothing to store. The first lines are those stored
     * while the first backup was filled, the second those of the merge.
     */
    @ParameterizedTest
    @EnumSource(DiskProfile.class)
    void linesThatAKilledRunDidNotForceSurviveAPowerCutAfterTheNextRun(DiskProfile profile) throws IOException {
        for (long seed = 0; seed < 4; seed++) {
            try (SecondCopyTrial trial = trial(profile, new Mutant[0], seed)) {
                trial.disturbed("FORCE SHA256SUMS", 2, Faults.Kind.KILLED);
                trial.undisturbed();
                assertEquals(List.of(), trial.wrong());
            }
        }
    }

    @Test
    void everyOperationMayFailInEveryWay() throws IOException {
        CrashTrials.tryAll(
                CrashTrials.sample(cases(), 50),
                Case::run,
                "one fault at each operation of a second copy",
                "0 lost, twice, or complete and lacking");
    }

    @ParameterizedTest
    @EnumSource(
            value = Mutant.class,
            names = {"NO_FORCE_AT_ALL", "FAILED_FORCE_IGNORED", "MANIFEST_NOT_FORCED"})
    void aWrongSecondCopyIsFoundWrong(Mutant mutant) throws IOException {
        List<Case> cases = new ArrayList<>(cases());
        Collections.shuffle(cases, new Random(Proof.seed()));
        cases.removeIf(each -> !mutant.profiles().contains(each.profile()));
        boolean found = false;
        int tried = 0;
        for (; tried < Proof.cases(400, 2000) && !found; tried++) {
            found = !cases.get(tried).run(mutant).isEmpty();
        }
        assertTrue(found, mutant + " passed " + tried);
    }
}
