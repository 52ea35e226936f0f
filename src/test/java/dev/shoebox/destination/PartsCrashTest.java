package dev.shoebox.destination;

import dev.shoebox.Proof;
import dev.shoebox.destination.Faults.Kind;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.records.Identity;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Films in parts on every disk of the model, with every operation failing in every way, and with two faults in a row.
 */
@Tag(Proof.TAG)
@Tag("crash-model")
class PartsCrashTest {
    private static final Map<DiskProfile, Undisturbed> UNDISTURBED = new EnumMap<>(DiskProfile.class);

    /** The state before a run. */
    private enum Scene {
        /** An empty disk, or a backup of earlier runs. */
        BACKUP {
            @Override
            void prepare(PartsTrial trial) {}
        },
        /** Films with damaged and missing parts, for a repair. */
        REPAIR {
            @Override
            void prepare(PartsTrial trial) throws IOException {
                trial.attempt();
                trial.damage();
            }
        },
        /** Films that are listed as one file, and missing. */
        COPIED_WITHOUT_FILMS {
            @Override
            void prepare(PartsTrial trial) throws IOException {
                trial.attempt();
                trial.copiedWithoutFilms();
            }
        };

        abstract void prepare(PartsTrial trial) throws IOException;
    }

    /** The state that an undisturbed run leaves, and its operations. */
    private record Undisturbed(Remains state, Map<Scene, List<String>> steps) {
        static Undisturbed on(DiskProfile profile) throws IOException {
            Remains state;
            try (var trial = new PartsTrial(profile, UnaryOperator.identity(), 0)) {
                trial.attempt();
                trial.check("undisturbed");
                assertEquals(List.of(), trial.wrong(), profile.toString());
                state = trial.state();
            }
            Map<Scene, List<String>> steps = new EnumMap<>(Scene.class);
            for (Scene scene : Scene.values()) {
                try (var trial = new PartsTrial(profile, UnaryOperator.identity(), 0)) {
                    scene.prepare(trial);
                    trial.attempt();
                    steps.put(scene, trial.steps());
                    trial.undisturbed(state);
                    assertEquals(List.of(), trial.wrong(), profile + " " + scene);
                }
            }
            return new Undisturbed(state, steps);
        }
    }

    private record Fault(DiskProfile profile, Scene scene, int at, Kind kind, int secondAt, Kind second, long seed) {
        List<String> run(Remains expected, UnaryOperator<Disk> mutation) throws IOException {
            try (var trial = new PartsTrial(profile, mutation, seed)) {
                scene.prepare(trial);
                trial.disturbed(at, kind);
                if (secondAt >= 0) {
                    trial.disturbed(secondAt, second);
                }
                trial.undisturbed(expected);
                return trial.wrong();
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

    private static void tryAll(List<Fault> faults, Map<DiskProfile, Undisturbed> undisturbed, String what) {
        CrashTrials.tryAll(
                faults,
                each -> each.run(undisturbed.get(each.profile()).state(), UnaryOperator.identity()),
                what,
                "0 lost, changed, in the way or twice");
    }

    private static void tryOneFault(Scene scene, String what) throws IOException {
        Map<DiskProfile, Undisturbed> undisturbed = undisturbed();
        var faults = new ArrayList<Fault>();
        Map<Fault, List<Object>> traits = new HashMap<>();
        undisturbed.forEach((profile, each) -> {
            for (CrashTrials.Place place : CrashTrials.Place.all(each.steps().get(scene))) {
                for (Kind kind : Kind.values()) {
                    var fault = new Fault(profile, scene, place.at(), kind, -1, kind, Proof.seed() + place.at());
                    faults.add(fault);
                    traits.put(fault, place.traits(profile, kind));
                }
            }
        });
        tryAll(CrashTrials.sample(faults, 100, traits::get), undisturbed, what);
    }

    @Test
    void everyOperationMayFailInEveryWay() throws IOException {
        tryOneFault(Scene.BACKUP, "one fault at each operation of a run that stores files in parts");
    }

    @Test
    void everyOperationOfARepairMayFailInEveryWay() throws IOException {
        tryOneFault(Scene.REPAIR, "one fault at each operation of a repair of files in parts");
    }

    @Test
    void everyOperationMayFailInEveryWayWhereFilmsWereListedAsOneFile() throws IOException {
        tryOneFault(
                Scene.COPIED_WITHOUT_FILMS,
                "one fault at each operation of a run that stores in parts what was listed as one file");
    }

    @Test
    void twoFaultsInARowAreSurvivedToo() throws IOException {
        Map<DiskProfile, Undisturbed> undisturbed = undisturbed();
        var random = new Random(Proof.seed());
        DiskProfile[] profiles = DiskProfile.values();
        Kind[] kinds = Kind.values();
        var faults = new ArrayList<Fault>();
        for (int i = 0; i < Proof.cases(50, 5000); i++) {
            DiskProfile profile = profiles[random.nextInt(profiles.length)];
            int operations = undisturbed.get(profile).steps().get(Scene.BACKUP).size();
            int second = random.nextBoolean() ? random.nextInt(60) : random.nextInt(operations);
            faults.add(new Fault(
                    profile,
                    Scene.BACKUP,
                    random.nextInt(operations),
                    kinds[random.nextInt(kinds.length)],
                    second,
                    kinds[random.nextInt(kinds.length)],
                    random.nextLong()));
        }
        tryAll(faults, undisturbed, "two faults in a row where files lie in parts");
    }

    /** The protocol for files in parts with one defect. */
    private enum Wrong implements UnaryOperator<Disk> {
        NOTE_NOT_FORCED {
            @Override
            public Disk apply(Disk disk) {
                return new WrongDisk.Forcing(disk, path -> path.endsWith(".sha256"));
            }
        },
        OTHER_PARTS_NOT_FORCED {
            @Override
            public Disk apply(Disk disk) {
                return new WrongDisk.Forcing(disk, path -> path.endsWith(".002"));
            }
        },
        FORMAT_NOT_FORCED {
            @Override
            public Disk apply(Disk disk) {
                return new WrongDisk.Forcing(disk, path -> path.startsWith(Identity.FILE));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Wrong.class)
    void aWrongProtocolIsFoundWrong(Wrong wrong) throws IOException {
        Undisturbed right = Undisturbed.on(DiskProfile.FAT);
        int operations = right.steps().get(Scene.BACKUP).size();
        boolean found = false;
        for (int at = 0; at < operations && !found; at++) {
            Kind kind = Kind.CRASHES_AFTER;
            var fault =
                    new Fault(DiskProfile.FAT, Scene.BACKUP, operations - 1 - at, kind, -1, kind, Proof.seed() + at);
            found = !fault.run(right.state(), wrong).isEmpty();
        }
        assertTrue(found, wrong + " passed " + operations + " trials");
    }
}
