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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
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
    /** The operations of an undisturbed run, and the state that it leaves. */
    private record Undisturbed(Remains state, int operations, int repairing) {
        static Undisturbed on(DiskProfile profile) throws IOException {
            try (var trial = new PartsTrial(profile, UnaryOperator.identity(), 0)) {
                trial.attempt();
                trial.check("undisturbed");
                int operations = trial.operations();
                Remains state = trial.state();
                trial.damage();
                trial.attempt();
                int repairing = trial.operations();
                trial.undisturbed(state);
                assertEquals(List.of(), trial.wrong(), profile.toString());
                return new Undisturbed(state, operations, repairing);
            }
        }
    }

    private record Fault(
            DiskProfile profile, boolean isRepair, int at, Kind kind, int secondAt, Kind second, long seed) {
        List<String> run(Remains expected, UnaryOperator<Disk> mutation) {
            try (var trial = new PartsTrial(profile, mutation, seed)) {
                if (isRepair) {
                    trial.attempt();
                    trial.damage();
                }
                trial.disturbed(at, kind);
                if (secondAt >= 0) {
                    trial.disturbed(secondAt, second);
                }
                trial.undisturbed(expected);
                return trial.wrong();
            } catch (IOException | RuntimeException e) {
                return List.of(e.toString());
            }
        }
    }

    private static Map<DiskProfile, Undisturbed> undisturbed() throws IOException {
        var all = new EnumMap<DiskProfile, Undisturbed>(DiskProfile.class);
        for (DiskProfile profile : DiskProfile.values()) {
            all.put(profile, Undisturbed.on(profile));
        }
        return all;
    }

    private static void tryAll(List<Fault> faults, Map<DiskProfile, Undisturbed> undisturbed, String what) {
        long start = System.nanoTime();
        List<String> failures = Collections.synchronizedList(new ArrayList<>());
        faults.parallelStream().forEach(fault -> {
            List<String> wrong = fault.run(undisturbed.get(fault.profile()).state(), UnaryOperator.identity());
            if (!wrong.isEmpty()) {
                failures.add(fault + ": " + wrong);
            }
        });
        Proof.note(
                "crash-model",
                what,
                faults.size(),
                failures.isEmpty() ? "0 lost, changed, in the way or twice" : failures.size() + " went wrong",
                Duration.ofNanos(System.nanoTime() - start));
        assertEquals(List.of(), failures.stream().limit(12).toList(), failures.size() + " of " + faults.size());
    }

    private static void tryOneFault(boolean isRepair, String what) throws IOException {
        Map<DiskProfile, Undisturbed> undisturbed = undisturbed();
        var faults = new ArrayList<Fault>();
        undisturbed.forEach((profile, each) -> {
            int operations = isRepair ? each.repairing() : each.operations();
            for (int at = 0; at < operations; at++) {
                for (Kind kind : Kind.values()) {
                    faults.add(new Fault(profile, isRepair, at, kind, -1, kind, Proof.seed() + at));
                }
            }
        });
        Collections.shuffle(faults, new Random(Proof.seed()));
        int some = Proof.cases(100, faults.size());
        tryAll(faults.subList(0, Math.min(faults.size(), some)), undisturbed, what);
    }

    @Test
    void everyOperationMayFailInEveryWay() throws IOException {
        tryOneFault(false, "one fault at each operation of a run that stores files in parts");
    }

    @Test
    void everyOperationOfARepairMayFailInEveryWay() throws IOException {
        tryOneFault(true, "one fault at each operation of a repair of files in parts");
    }

    @Test
    void twoFaultsInARowAreSurvivedToo() throws IOException {
        Map<DiskProfile, Undisturbed> undisturbed = undisturbed();
        var random = new Random(Proof.seed());
        DiskProfile[] profiles = DiskProfile.values();
        Kind[] kinds = Kind.values();
        var faults = new ArrayList<Fault>();
        for (int i = 0; i < Proof.cases(60, 5000); i++) {
            DiskProfile profile = profiles[random.nextInt(profiles.length)];
            int operations = undisturbed.get(profile).operations();
            int second = random.nextBoolean() ? random.nextInt(60) : random.nextInt(operations);
            faults.add(new Fault(
                    profile,
                    false,
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
        boolean found = false;
        for (int at = 0; at < right.operations() && !found; at++) {
            var fault = new Fault(
                    DiskProfile.FAT,
                    false,
                    right.operations() - 1 - at,
                    Kind.CRASHES_AFTER,
                    -1,
                    Kind.CRASHES_AFTER,
                    Proof.seed() + at);
            found = !fault.run(right.state(), wrong).isEmpty();
        }
        assertTrue(found, wrong + " passed " + right.operations() + " trials");
    }
}
