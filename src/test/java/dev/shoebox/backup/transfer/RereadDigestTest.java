package dev.shoebox.backup.transfer;

import dev.shoebox.backup.Backup;
import dev.shoebox.backup.ScriptedSource;
import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A cable that flips bits is detected by a second read, before anything wrong is published. */
class RereadDigestTest {
    private static final String FIRST = "DCIM/100APPLE/IMG_0001.JPG";
    private static final String SECOND = "DCIM/100APPLE/IMG_0002.JPG";
    private static final String THIRD = "DCIM/100APPLE/IMG_0003.JPG";

    @TempDir
    private Path folder;

    private final List<BackupEvent> events = new ArrayList<>();
    private final ScriptedSource source = new ScriptedSource()
            .with(FIRST, "the first photo")
            .with(SECOND, "the second photo")
            .with(THIRD, "the third photo");

    @Test
    void onlyTheFirstFileIsReadTwiceIfNothingIsOdd() throws IOException {
        BackupResult report = run(false);
        assertEquals(List.of(2, 1, 1), timesRead());
        assertEquals(1, report.traffic().readTwice());
        assertEquals(3, report.counts().copied());
    }

    @Test
    void everyFileIsReadTwiceIfThePersonWantsIt() throws IOException {
        BackupResult report = run(true);
        assertEquals(List.of(2, 2, 2), timesRead());
        assertEquals(3, report.traffic().readTwice());
        assertEquals(List.of(), report.did().healed());
    }

    @Test
    void aFileWithDifferingReadsIsReadUntilTwoAgreeAndListedAsHealed() throws IOException {
        BackupResult report = run(source.alters(SECOND, 1), true);
        assertRight(report, 3);
        assertEquals(3, source.timesRead(SECOND), "wrong, right, right");
        assertEquals(
                List.of(SECOND),
                report.did().healed().stream().map(RunResult.Item::path).toList());
    }

    @Test
    void aSecondReadingThatIsWrongTakesTwoMore() throws IOException {
        BackupResult report = run(source.rightOnce(SECOND).alters(SECOND, 1), true);
        assertRight(report, 3);
        assertEquals(4, source.timesRead(SECOND), "right, wrong, right, right");
    }

    @Test
    void aDifferenceInTheSampleMakesEveryFurtherFileBeReadTwiceAndIsReportedOnce() throws IOException {
        BackupResult report = run(source.alters(FIRST, 1).alters(THIRD, 1), false);
        assertRight(report, 3);
        assertEquals(List.of(3, 2, 3), timesRead());
        assertEquals(
                1,
                events.stream()
                        .filter(event -> event instanceof BackupEvent.Warning warning
                                && warning.message().contains("cable or port"))
                        .count());
    }

    @Test
    void aFileThatNeverReadsTheSameTwiceFailsByNameAndTheRunContinues() throws IOException {
        BackupResult report = run(source.alters(SECOND, 99), true);
        assertRight(report, 2);
        assertEquals(Readings.MOST, source.timesRead(SECOND));
        assertEquals(
                List.of(SECOND),
                report.did().failures().stream().map(RunResult.Item::path).toList());
        assertEquals("read-error", report.did().failures().get(0).reason());
    }

    @Test
    void afterALossTheNextFilesAreReadTwice() throws IOException {
        BackupResult report = run(source.breaksAt(SECOND, 1).alters(SECOND, 1), false);
        assertRight(report, 3);
        assertTrue(source.timesRead(THIRD) == 2, "also what follows");
    }

    @Test
    void aSecondReadingThatBreaksOffIsMadeAgain() throws IOException {
        BackupResult report = run(source.rightOnce(FIRST).breaksAt(FIRST, 1), false);
        assertRight(report, 3);
        assertEquals(3, source.timesRead(FIRST));
    }

    @Test
    void aFileThatCannotBeReadIsNotWaitedForASecondTime() throws IOException {
        BackupResult report = run(source.unreadable(SECOND, 99), true);
        assertRight(report, 2);
        assertEquals(
                List.of(SECOND),
                report.did().failures().stream().map(RunResult.Item::path).toList());
    }

    private void assertRight(BackupResult report, int files) throws IOException {
        assertTrue(report.ended().isEmpty(), report.toString());
        assertEquals(files, report.counts().copied());
        List<String> right = List.of("the first photo", "the second photo", "the third photo");
        for (int number = 1; number <= 3; number++) {
            Path stored = folder.resolve("backup/2024/05/IMG_000" + number + ".JPG");
            if (Files.exists(stored)) {
                assertEquals(right.get(number - 1), Files.readString(stored));
            } else {
                assertFalse(files == 3, stored + " is missing");
            }
        }
    }

    private List<Integer> timesRead() {
        return List.of(source.timesRead(FIRST), source.timesRead(SECOND), source.timesRead(THIRD));
    }

    private BackupResult run(boolean everythingTwice) throws IOException {
        return run(source, everythingTwice);
    }

    private BackupResult run(ScriptedSource from, boolean everythingTwice) throws IOException {
        var persistence = new RetryPolicy(Duration.ZERO, Duration.ofMillis(5), Duration.ofSeconds(15));
        var options = new Backup.Options(
                Layout.parse("month"),
                ZoneId.of("UTC"),
                persistence,
                OptionalLong.empty(),
                everythingTwice ? Backup.Verify.DEVICE : Backup.Verify.AUTO);
        try (Destination destination = Destination.open(
                folder.resolve("backup"), OpenMode.CREATE_IF_EMPTY, InstantSource.system(), line -> {})) {
            return new Backup(from, destination, options, InstantSource.system(), events::add).run();
        }
    }
}
