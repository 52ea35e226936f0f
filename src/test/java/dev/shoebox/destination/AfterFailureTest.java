package dev.shoebox.destination;

import dev.shoebox.Proof;
import dev.shoebox.destination.disk.AppendOnlyLines;
import dev.shoebox.destination.disk.DiskCapabilities;
import dev.shoebox.destination.disk.DiskCapabilities.NameFolding;
import dev.shoebox.destination.disk.PathDisk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Failures that the model of disks found in the protocol, each in its smallest form. */
@Tag(Proof.TAG)
@Tag("crash-model")
class AfterFailureTest {
    /** In how many ways the power fails after the last run. */
    private static final int CUTS = 24;

    /** What an undisturbed run leaves. */
    private static final Map<DiskProfile, Remains> EXPECTED = new EnumMap<>(DiskProfile.class);

    private static final AppendOnlyLines.Kind LINES = new AppendOnlyLines.Kind("lines", true);
    private static final AppendOnlyLines.Position NOTHING = new AppendOnlyLines.Position(0, -1);

    private static final DiskCapabilities CAPABLE =
            new DiskCapabilities(new NameFolding(false, false), true, true, true, true, true, Long.MAX_VALUE);

    private interface Course {
        void run(Trial trial) throws IOException;
    }

    /** In every possible outcome of a power cut, nothing is wrong after it and after the next run. */
    private static void assertSurvived(DiskProfile profile, Course course) throws IOException {
        Remains expected = expected(profile);
        Set<Object> met = new HashSet<>();
        for (int way = 0; way < ways(); way++) {
            try (Trial trial = trial(profile, way)) {
                course.run(trial);
                // On the same disk, the next run would do the same.
                if (met.add(trial.outcome())) {
                    trial.undisturbed(expected, CUTS);
                }
                assertEquals(List.of(), trial.wrong(), "way " + way);
            }
        }
    }

    private static Remains expected(DiskProfile profile) throws IOException {
        if (!EXPECTED.containsKey(profile)) {
            try (Trial trial = trial(profile, 0)) {
                trial.run();
                EXPECTED.put(profile, trial.state());
            }
        }
        return EXPECTED.get(profile);
    }

    /** How often each course is run. */
    private static int ways() {
        return Proof.cases(12, 48);
    }

    private static Trial trial(DiskProfile profile, int way) throws IOException {
        // The first random numbers of seeds that follow each other are much the same.
        return new Trial(profile, UnaryOperator.identity(), new SplittableRandom(way).nextLong());
    }

    /** The following runs repair. */
    private static void damaged(Trial trial) throws IOException {
        trial.run();
        trial.settle();
        trial.damage();
    }

    /** The following runs store photos again. */
    private static void deleted(Trial trial) throws IOException {
        trial.run();
        trial.settle();
        trial.delete();
    }

    @ParameterizedTest
    @EnumSource(names = {"FAT", "EXFAT"})
    void aPartialFileThatComesBackTakesNoPhotoWithIt(DiskProfile profile) throws IOException {
        assertSurvived(profile, trial -> {
            trial.run();
            trial.cutPower();
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"FAT", "EXFAT"})
    void aPhotoThatCameBackTwiceIsReadAgain(DiskProfile profile) throws IOException {
        assertSurvived(profile, trial -> trial.disturbed("MOVE 2024/01/IMG_0013.HEIC", Faults.Kind.CRASHES_AFTER));
    }

    @ParameterizedTest
    @EnumSource(names = {"EXT2", "EXT4"})
    void aWithdrawnPhotoIsNotUnlistedAfterAPowerCut(DiskProfile profile) throws IOException {
        assertSurvived(profile, trial -> {
            trial.disturbed("FORCE_FOLDER 2024/01", Faults.Kind.FAILS_ONCE);
            trial.cutPower();
        });
    }

    @Test
    void aFolderThatAFailedRunMadeIsForcedByTheNext() throws IOException {
        assertSurvived(DiskProfile.EXT2, trial -> trial.disturbed("FORCE_FOLDER 2024/05", Faults.Kind.FAILS_ONCE));
        assertSurvived(DiskProfile.EXT2, trial -> trial.disturbed("FORCE_FOLDER 2024", Faults.Kind.FAILS_ONCE));
    }

    @Test
    void linesOfTheManifestThatTheSystemDroppedAreWrittenAgain() throws IOException {
        assertSurvived(DiskProfile.EXT4, trial -> trial.disturbed("FORCE SHA256SUMS", Faults.Kind.FAILS_ONCE));
    }

    @Test
    void anIdentityThatMayNeverHaveBeenWrittenIsReplaced() throws IOException {
        assertSurvived(DiskProfile.EXT4, trial -> trial.disturbed("FORCE .shoebox/id", Faults.Kind.FAILS_ONCE));
    }

    @Test
    void aFileThatCannotBeClosedKeepsNoLock() throws IOException {
        assertSurvived(DiskProfile.EXT4, trial -> trial.disturbed("CLOSE SHA256SUMS", Faults.Kind.FAILS_ONCE));
    }

    @Test
    void aDiskThatFailedToForceAFolderOnceCanStillForceFolders() throws IOException {
        assertSurvived(
                DiskProfile.EXFAT, trial -> trial.disturbed("FORCE_FOLDER .shoebox/staging", Faults.Kind.FAILS_ONCE));
    }

    @Test
    void anEditThatChangedNothingStandsBesideItsOriginalWhateverACrashLeft() throws IOException {
        assertSurvived(
                DiskProfile.EXT2,
                trial -> trial.disturbed("LINK 2024/04/IMG_0023_edited.heic", Faults.Kind.CRASHES_AFTER));
    }

    @Test
    void theJournalKeepsItsNameFromTheFirstBatchOn() throws IOException {
        assertSurvived(
                DiskProfile.EXT2, trial -> trial.disturbed("LINK 2024/01/IMG_0013.HEIC", Faults.Kind.CRASHES_AFTER));
    }

    @Test
    void aPhotoWhoseForceFailsIsNotAdopted() throws IOException {
        assertSurvived(DiskProfile.FAT, trial -> {
            trial.disturbed("FORCE_FOLDER 2024/01", Faults.Kind.KILLED);
            trial.disturbed("FORCE 2024/01/IMG_0013.HEIC", Faults.Kind.FAILS_ONCE);
        });
    }

    @Test
    void nothingIsAddedBehindALineThatIsTorn() throws IOException {
        var medium = new Medium(DiskProfile.EXT4);
        var disk = new CrashDisk(medium, Faults.none(), new PathDisk(Path.of("nowhere")));
        var failing = new DelegatingDisk(disk) {
            private int left = 2;

            @Override
            public Out append(String path) throws IOException {
                Out out = super.append(path);
                return new DelegatingOut(out) {
                    @Override
                    public void write(ByteBuffer bytes) throws IOException {
                        if (left-- > 0) {
                            bytes.limit(bytes.limit() / 2);
                            super.write(bytes);
                            throw new IOException("written in part");
                        }
                        super.write(bytes);
                    }

                    @Override
                    public void truncate(long size) throws IOException {
                        if (left-- > 0) {
                            throw new IOException("not cut");
                        }
                        super.truncate(size);
                    }
                };
            }
        };
        AppendOnlyLines lines = AppendOnlyLines.open(failing, LINES, NOTHING, line -> true);
        assertThrows(IOException.class, () -> lines.append(List.of("one.")));

        assertThrows(IOException.class, () -> lines.append(List.of("two.")));

        assertEquals(0, lines.length());
        AppendOnlyLines again = AppendOnlyLines.open(failing, LINES, NOTHING, line -> true);
        again.append(List.of("three."));
        assertEquals(
                "three.\n", new String(medium.at("lines").orElseThrow().node().bytes(), StandardCharsets.UTF_8));
    }

    /** Beside a new catalogue, no position is recorded: every line may be one that the system dropped. */
    @Test
    void linesThatTheDiskHasAreNotWrittenAgainWithThoseThatTheSystemDropped() throws IOException {
        String theirs = "theirs\n".repeat(3000);
        var medium = new Medium(DiskProfile.EXT4);
        medium.keep("lines", theirs.getBytes(StandardCharsets.UTF_8));
        AppendOnlyLines dropped = lines(medium, "FORCE lines");
        dropped.append(List.of("ours", "ours, too"));
        assertThrows(IOException.class, dropped::force);

        AppendOnlyLines failing = lines(medium, "WRITE lines");
        assertThrows(IOException.class, () -> failing.secure(CAPABLE));
        assertEquals(theirs, DiskTrial.text(medium.at("lines").orElseThrow().node()));
    }

    private static AppendOnlyLines lines(Medium medium, String failing) throws IOException {
        var faults = new Faults(failing::equals, Faults.Kind.FAILS_ONCE, () -> {});
        var disk = new CrashDisk(medium, faults, new PathDisk(Path.of("nowhere")));
        return AppendOnlyLines.open(disk, LINES, NOTHING, line -> true);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAT", "EXT2"})
    void aRepairThatWasKilledBeforeItsLastForceIsMadeDurableByTheNext(DiskProfile profile) throws IOException {
        assertSurvived(profile, trial -> {
            damaged(trial);
            // Where a rename does not carry bytes along, only the folder is left to force.
            String last = profile.keepsForcedBytes() ? "FORCE_FOLDER 2024/03" : "FORCE 2024/03/IMG_0021.HEIC";
            trial.disturbed(last, Faults.Kind.KILLED);
        });
    }

    /** The journal names the files, also without the catalogue. */
    @ParameterizedTest
    @EnumSource(names = {"FAT", "EXT2"})
    void aRepairThatWasKilledIsMadeDurableByTheNextIfTheCatalogueIsLost(DiskProfile profile) throws IOException {
        assertSurvived(profile, trial -> {
            damaged(trial);
            String last = profile.keepsForcedBytes() ? "FORCE_FOLDER 2024/03" : "FORCE 2024/03/IMG_0021.HEIC";
            trial.disturbed(last, Faults.Kind.KILLED);
            trial.loseCatalogue();
        });
    }

    @Test
    void aPermanentlyFailingDiskIsNotTrustedAboutARepair() throws IOException {
        assertSurvived(DiskProfile.FAT, trial -> {
            damaged(trial);
            trial.disturbed("FORCE 2024/02/IMG_0015.HEIC", Faults.Kind.FAILS_FROM_THEN);
        });
    }

    @Test
    void aPartialFileOfARepairThatComesBackTakesNoPhotoWithIt() throws IOException {
        assertSurvived(DiskProfile.EXFAT, trial -> {
            damaged(trial);
            trial.disturbed("MOVE 2024/02/IMG_0015.HEIC", Faults.Kind.CRASHES_AFTER);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"FAT", "EXT2"})
    void filesThatARepairSetAsideSurviveAPowerCut(DiskProfile profile) throws IOException {
        assertSurvived(profile, trial -> {
            damaged(trial);
            trial.run();
            trial.cutPower();
            trial.requireSetAside();
        });
    }

    /** The next run finds the photos in the system's memory, under names that are listed, and has nothing to store. */
    @ParameterizedTest
    @EnumSource(names = {"EXT2", "EXFAT", "FAT"})
    void deletedPhotosThatAKilledRunStoredAgainAreForcedByTheNext(DiskProfile profile) throws IOException {
        assertSurvived(profile, trial -> {
            deleted(trial);
            trial.disturbed(
                    profile.renameResets() ? "FORCE 2024/01/IMG_0010-2d3cbed6.HEIC" : "FORCE_FOLDER 2024/01",
                    Faults.Kind.KILLED);
        });
    }

    /** The journal shows that the photos were stored before. */
    @ParameterizedTest
    @EnumSource(names = {"EXT2", "EXFAT", "FAT"})
    void theyAreForcedByTheNextIfTheCatalogueIsLost(DiskProfile profile) throws IOException {
        assertSurvived(profile, trial -> {
            deleted(trial);
            trial.disturbed(
                    profile.renameResets() ? "FORCE 2024/01/IMG_0010-2d3cbed6.HEIC" : "FORCE_FOLDER 2024/01",
                    Faults.Kind.KILLED);
            trial.loseCatalogue();
        });
    }

    /** Its size is right, its name is listed, and its bytes may be others. */
    @ParameterizedTest
    @EnumSource(names = {"EXFAT", "FAT"})
    void aDeletedPhotoThatIsWrongAfterAPowerCutIsReadAgain(DiskProfile profile) throws IOException {
        assertSurvived(profile, trial -> {
            deleted(trial);
            trial.disturbed("MOVE 2024/01/IMG_0010-2d3cbed6.HEIC", Faults.Kind.CRASHES_AFTER);
        });
    }

    /** The next run finds the line in the system's memory, and has nothing to add to it. */
    @ParameterizedTest
    @EnumSource(DiskProfile.class)
    void aLineOfTheJournalThatAKilledRunDidNotForceIsForcedByTheNext(DiskProfile profile) throws IOException {
        for (int way = 0; way < ways(); way++) {
            try (Trial trial = trial(profile, way)) {
                trial.run();
                trial.settle();
                trial.doubting();
                trial.disturbed("FORCE .shoebox/journal.ndjson", Faults.Kind.KILLED);
                trial.opens();
                String which = "way " + way;
                trial.eachPowerCut(CUTS, () -> assertEquals(1, trial.doubts(), which));
            }
        }
    }
}
