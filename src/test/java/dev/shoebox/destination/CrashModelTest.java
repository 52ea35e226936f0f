package dev.shoebox.destination;

import dev.shoebox.Proof;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Twenty assets on every disk of the model, with every operation failing in every way, and with two faults in a row:
 * what was reported safe stays safe, and the next run reaches the state of an undisturbed one.
 */
@Tag(Proof.TAG)
@Tag("crash-model")
class CrashModelTest {
    private static final Map<DiskProfile, Undisturbed> UNDISTURBED = new EnumMap<>(DiskProfile.class);

    /** The operations of an undisturbed run, and the state that it leaves. */
    private record Undisturbed(Remains state, List<String> steps) {
        static Undisturbed on(DiskProfile profile) throws IOException {
            try (var trial = new Trial(profile, UnaryOperator.identity(), 0)) {
                trial.run();
                List<String> steps = trial.steps();
                return new Undisturbed(trial.state(), steps);
            }
        }
    }

    /** The same for all tests. */
    private static Map<DiskProfile, Undisturbed> undisturbed() throws IOException {
        for (DiskProfile profile : DiskProfile.values()) {
            if (!UNDISTURBED.containsKey(profile)) {
                UNDISTURBED.put(profile, Undisturbed.on(profile));
            }
        }
        return UNDISTURBED;
    }

    /** What happens to a complete backup before the run that is disturbed. */
    private enum Before {
        /** The run repairs. */
        DAMAGED {
            @Override
            void happens(Trial trial) throws IOException {
                trial.damage();
            }
        },
        /** The run stores again what the user deleted. */
        DELETED {
            @Override
            void happens(Trial trial) throws IOException {
                trial.delete();
            }
        };

        abstract void happens(Trial trial) throws IOException;

        Trial trial(DiskProfile profile, long seed) throws IOException {
            var trial = new Trial(profile, UnaryOperator.identity(), seed);
            trial.run();
            trial.settle();
            happens(trial);
            return trial;
        }
    }

    /** Lost photos, a disturbed run that restores them, and an undisturbed one. */
    private record RestoringFault(
            Before before, DiskProfile profile, CrashTrials.Place place, Faults.Kind kind, long seed) implements Case {
        static List<RestoringFault> all(Before before) throws IOException {
            var faults = new ArrayList<RestoringFault>();
            for (DiskProfile profile : DiskProfile.values()) {
                List<String> steps;
                try (var trial = before.trial(profile, 0)) {
                    trial.run();
                    steps = trial.steps();
                }
                for (CrashTrials.Place place : CrashTrials.Place.all(steps)) {
                    for (Faults.Kind kind : Faults.Kind.values()) {
                        faults.add(new RestoringFault(before, profile, place, kind, Proof.seed() + place.at()));
                    }
                }
            }
            return faults;
        }

        @Override
        public List<Object> traits() {
            return place.traits(profile, kind);
        }

        @Override
        public List<String> run(Map<DiskProfile, Undisturbed> undisturbed) throws IOException {
            try (var trial = before.trial(profile, seed)) {
                trial.disturbed(place.at(), kind);
                trial.undisturbed(undisturbed.get(profile).state());
                return trial.wrong();
            }
        }
    }

    /** Photos moved by hand, a disturbed reconciliation, and an undisturbed one. */
    private record TidyFault(DiskProfile profile, boolean durably, CrashTrials.Place place, Faults.Kind kind, long seed)
            implements Case {
        /** The state after an undisturbed reconciliation. */
        private static final Map<DiskProfile, Remains> RECONCILED = new EnumMap<>(DiskProfile.class);

        static Trial tidied(DiskProfile profile, boolean durably, long seed) throws IOException {
            var trial = new Trial(profile, UnaryOperator.identity(), seed);
            trial.run();
            trial.settle();
            trial.tidy(durably);
            return trial;
        }

        @Override
        public List<Object> traits() {
            List<Object> traits = place.traits(profile, kind);
            return traits.isEmpty()
                    ? traits
                    : Stream.concat(traits.stream(), Stream.of(List.of(durably, kind)))
                            .toList();
        }

        @Override
        public List<String> run(Map<DiskProfile, Undisturbed> undisturbed) throws IOException {
            try (var trial = tidied(profile, durably, seed)) {
                trial.disturbed(place.at(), kind);
                if (durably) {
                    trial.undisturbed(RECONCILED.get(profile));
                } else {
                    // After a failed force, another one heals nothing, and files that another program moved cannot be
                    // rewritten: the disk is as it appears only after a restart.
                    if (kind == Faults.Kind.CRASHES_BEFORE || kind == Faults.Kind.CRASHES_AFTER) {
                        trial.disturbed(Integer.MAX_VALUE, kind);
                    }
                    trial.cutPower();
                }
                return trial.wrong();
            }
        }
    }

    private interface Case {
        List<Object> traits();

        /** The defects found; empty if none. */
        List<String> run(Map<DiskProfile, Undisturbed> undisturbed) throws IOException;
    }

    private record Fault(DiskProfile profile, CrashTrials.Place place, Faults.Kind kind, long seed) implements Case {
        @Override
        public List<Object> traits() {
            return place.traits(profile, kind);
        }

        @Override
        public List<String> run(Map<DiskProfile, Undisturbed> undisturbed) throws IOException {
            try (var trial = new Trial(profile, UnaryOperator.identity(), seed)) {
                trial.disturbed(place.at(), kind);
                trial.undisturbed(undisturbed.get(profile).state());
                return trial.wrong();
            }
        }
    }

    private record TwoFaults(DiskProfile profile, int at, Faults.Kind kind, int secondAt, Faults.Kind second, long seed)
            implements Case {
        @Override
        public List<Object> traits() {
            return List.of(List.of(kind, second), List.of(profile, kind), List.of(profile, second));
        }

        @Override
        public List<String> run(Map<DiskProfile, Undisturbed> undisturbed) throws IOException {
            try (var trial = new Trial(profile, UnaryOperator.identity(), seed)) {
                trial.disturbed(at, kind);
                trial.disturbed(secondAt, second);
                trial.undisturbed(undisturbed.get(profile).state());
                return trial.wrong();
            }
        }
    }

    private static void tryAll(List<? extends Case> cases, String what) throws IOException {
        Map<DiskProfile, Undisturbed> undisturbed = undisturbed();
        CrashTrials.tryAll(cases, each -> each.run(undisturbed), what, "0 lost, changed, overwritten or twice");
    }

    @Test
    void everyOperationMayFailInEveryWay() throws IOException {
        var faults = new ArrayList<Fault>();
        undisturbed().forEach((profile, undisturbed) -> {
            for (CrashTrials.Place place : CrashTrials.Place.all(undisturbed.steps())) {
                for (Faults.Kind kind : Faults.Kind.values()) {
                    faults.add(new Fault(profile, place, kind, Proof.seed() + place.at()));
                }
            }
        });
        tryAll(CrashTrials.sample(faults, 160, Case::traits), "one fault at each operation of each disk");
    }

    @Test
    void everyOperationOfARepairMayFailInEveryWay() throws IOException {
        tryAll(
                CrashTrials.sample(RestoringFault.all(Before.DAMAGED), 95, Case::traits),
                "one fault at each operation of a repair");
    }

    @Test
    void everyOperationOfARunThatStoresDeletedPhotosAgainMayFailInEveryWay() throws IOException {
        tryAll(
                CrashTrials.sample(RestoringFault.all(Before.DELETED), 95, Case::traits),
                "one fault at each operation of a run that stores deleted photos again");
    }

    @Test
    void everyOperationOfAReconciliationMayFailInEveryWay() throws IOException {
        var faults = new ArrayList<TidyFault>();
        for (DiskProfile profile : DiskProfile.values()) {
            List<String> steps;
            try (var trial = TidyFault.tidied(profile, true, 0)) {
                trial.run();
                steps = trial.steps();
                TidyFault.RECONCILED.put(profile, trial.state());
            }
            for (CrashTrials.Place place : CrashTrials.Place.all(steps)) {
                for (Faults.Kind kind : Faults.Kind.values()) {
                    faults.add(new TidyFault(profile, true, place, kind, Proof.seed() + place.at()));
                    faults.add(new TidyFault(profile, false, place, kind, Proof.seed() + place.at()));
                }
            }
        }
        tryAll(CrashTrials.sample(faults, 95, Case::traits), "one fault at each operation of a reconciliation");
    }

    @Test
    void twoFaultsInARowAreSurvivedToo() throws IOException {
        var random = new Random(Proof.seed());
        var undisturbed = undisturbed();
        DiskProfile[] profiles = DiskProfile.values();
        Faults.Kind[] kinds = Faults.Kind.values();
        var faults = new ArrayList<TwoFaults>();
        for (int i = 0; i < 10_000; i++) {
            DiskProfile profile = profiles[random.nextInt(profiles.length)];
            int operations = undisturbed.get(profile).steps().size();
            // The second fault often hits recovery, at the start of the next run.
            int second = random.nextBoolean() ? random.nextInt(60) : random.nextInt(operations);
            faults.add(new TwoFaults(
                    profile,
                    random.nextInt(operations),
                    kinds[random.nextInt(kinds.length)],
                    second,
                    kinds[random.nextInt(kinds.length)],
                    random.nextLong()));
        }
        tryAll(CrashTrials.sample(faults, 90, Case::traits), "two faults in a row");
    }
}
