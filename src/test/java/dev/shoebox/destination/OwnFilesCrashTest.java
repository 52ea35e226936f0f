package dev.shoebox.destination;

import dev.shoebox.Proof;
import dev.shoebox.destination.Faults.Kind;
import dev.shoebox.destination.disk.Disk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Adopting a user's files, and forgetting those they deleted, with every operation failing in every way on every disk.
 */
@Tag(Proof.TAG)
@Tag("crash-model")
class OwnFilesCrashTest {
    /** After these, files that were just copied are still as their owner made them. */
    private static final Set<Kind> CRASHES = Set.of(Kind.CRASHES_BEFORE, Kind.CRASHES_AFTER, Kind.KILLED);

    private enum Work {
        ADOPTION,
        FORGETTING
    }

    private record Case(DiskProfile profile, Work work, boolean durably, int at, Kind kind, long seed) {
        OwnFilesTrial begun(UnaryOperator<Disk> mutation) throws IOException {
            var trial = new OwnFilesTrial(profile, durably || work == Work.FORGETTING, mutation, seed);
            if (work == Work.FORGETTING) {
                trial.attempt();
                trial.forgetting(durably);
            }
            return trial;
        }

        List<String> run(UnaryOperator<Disk> mutation) throws IOException {
            try (var trial = begun(mutation)) {
                trial.disturbed(at, kind);
                trial.undisturbed();
                return trial.wrong();
            }
        }
    }

    private static List<Case> cases(Work work) throws IOException {
        List<Case> cases = new ArrayList<>();
        for (DiskProfile profile : DiskProfile.values()) {
            int operations;
            try (var trial = new Case(profile, work, true, 0, Kind.KILLED, 0).begun(UnaryOperator.identity())) {
                trial.attempt();
                operations = trial.operations();
            }
            for (int at = 0; at < operations; at++) {
                for (Kind kind : Kind.values()) {
                    cases.add(new Case(profile, work, true, at, kind, Proof.seed() + at));
                    // Where names own their bytes, a name that comes back shares them with the file that reused them.
                    if (CRASHES.contains(kind) && (work == Work.ADOPTION || !profile.namesOwnBytes())) {
                        cases.add(new Case(profile, work, false, at, kind, Proof.seed() + at));
                    }
                }
            }
        }
        return cases;
    }

    private static void tryAll(Work work, String what) throws IOException {
        CrashTrials.tryAll(
                CrashTrials.sample(cases(work), 60),
                each -> each.run(UnaryOperator.identity()),
                what,
                "0 lost, changed, or safe and not there");
    }

    @Test
    void everyOperationOfAnAdoptionMayFailInEveryWay() throws IOException {
        tryAll(Work.ADOPTION, "one fault at each operation of an adoption");
    }

    @Test
    void everyOperationOfALettingGoMayFailInEveryWay() throws IOException {
        tryAll(Work.FORGETTING, "one fault at each operation of letting go");
    }

    /** The trials find every defect of an adoption. */
    @ParameterizedTest
    @EnumSource(
            value = Mutant.class,
            names = {"NO_SECOND_FORCE", "JOURNAL_NOT_FORCED", "MANIFEST_NOT_FORCED", "NO_FOLDER_FORCED"})
    void aWrongAdoptionIsFoundWrong(Mutant mutant) throws IOException {
        boolean found = false;
        List<Case> cases = new ArrayList<>(cases(Work.ADOPTION));
        cases.removeIf(Case::durably);
        Collections.shuffle(cases, new Random(Proof.seed()));
        for (int i = 0; i < cases.size() && !found; i++) {
            found = !cases.get(i).run(mutant).isEmpty();
        }
        assertTrue(found, mutant + " passed " + cases.size() + " trials");
    }
}
