package dev.shoebox.backup;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.plan.PlannedCopy;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.opening.UncheckedDrive;
import dev.shoebox.history.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

class BackupTest extends BackupCase {
    @Test
    void everyFileArrivesUnderItsDateWithItsBytes() throws IOException {
        BackupResult report = run(source());
        assertEquals(
                Map.of(
                        "2024/05/IMG_0001.HEIC",
                        "a still",
                        "2024/05/IMG_0001.MOV",
                        "its moving half",
                        "2024/05/IMG_0002.JPG",
                        "another still"),
                tree());
        assertEquals(3, report.counts().copied());
        assertEquals(7 + 15 + 13, report.traffic().bytesCopied());
        assertEquals(List.of(), report.did().failures());
        assertTrue(report.ended().isEmpty());
    }

    @Test
    void aSecondRunReadsNothing() throws IOException {
        run(source());
        ScriptedSource again = source();
        BackupResult report = run(again);
        assertEquals(0, report.counts().copied());
        assertEquals(3, report.counts().alreadyBackedUp());
        assertEquals(0, again.timesRead(PHOTO));
    }

    @Test
    void aCopyThatVanishedIsReadAgainAndNamed() throws IOException {
        run(source());
        Files.delete(destination().resolve("2024/05/IMG_0002.JPG"));
        events.clear();
        BackupResult report = run(source());
        assertEquals(1, report.counts().copied());
        assertEquals("another still", tree().get("2024/05/IMG_0002.JPG"));
        assertTrue(events.stream()
                .anyMatch(event -> event instanceof BackupEvent.Warning warning
                        && warning.message().contains("2024/05/IMG_0002.JPG")));
    }

    @Test
    void aRunOnAnUncheckedDriveReportsAnOverwrittenPhoto() throws IOException {
        run(source());
        Files.writeString(destination().resolve(UncheckedDrive.NOTE), "last: 0\n");
        Files.writeString(destination().resolve("2024/05/IMG_0002.JPG"), "another photo");
        BackupResult report = run(source());
        assertInstanceOf(DestinationException.Disordered.class, report.ended().orElseThrow());
        Files.delete(destination().resolve(UncheckedDrive.NOTE));
        assertTrue(run(source()).ended().isEmpty());
    }

    @Test
    void equalContentUnderAnotherNameIsNotStoredTwice() throws IOException {
        BackupResult report = run(source().with("DCIM/101APPLE/IMG_0002.JPG", "another still"));
        assertEquals(3, report.counts().copied());
        assertEquals(1, report.counts().duplicates());
        assertEquals(3, tree().size());
    }

    @Test
    void oneBrokenHalfDoesNotHoldBackTheOtherAndComesLaterBesideIt() throws IOException {
        BackupResult report = run(source().unreadable(LIVE, 99));
        assertEquals(2, report.counts().copied());
        assertEquals(1, report.did().failures().size());
        assertEquals(LIVE, report.did().failures().get(0).path());
        assertEquals("read-error", report.did().failures().get(0).reason());
        BackupResult next = run(source());
        assertEquals(1, next.counts().copied());
        assertEquals("its moving half", tree().get("2024/05/IMG_0001.MOV"));
    }

    @Test
    void aReadErrorIsTriedAgain() throws IOException {
        ScriptedSource source = source().unreadable(NEXT, 2);
        BackupResult report = run(source);
        assertEquals(3, report.counts().copied());
        assertEquals(List.of(), report.did().failures());
        assertEquals(4, source.timesRead(NEXT), "and once more to compare");
        assertEquals(
                List.of(new RunResult.Item(NEXT, "healed", "the phone could not read it")),
                report.did().healed());
    }

    @Test
    void aBrokenConnectionIsReplacedAndTheFileReadFromItsStart() throws IOException {
        BackupResult report = run(source().breaksAt(PHOTO, 2));
        assertEquals(3, report.counts().copied());
        assertEquals("a still", tree().get("2024/05/IMG_0001.HEIC"));
        long received = events.stream()
                .mapToLong(event -> event instanceof BackupEvent.Received more ? more.bytes() : 0)
                .sum();
        assertEquals(report.traffic().bytesCopied(), received, "bytes thrown away are taken off the progress");
    }

    @Test
    void aFileThatAlwaysBreaksTheConnectionIsPassedOver() throws IOException {
        ScriptedSource source = source().breaksAt(PHOTO, 99);
        BackupResult report = run(source);
        assertEquals(3, source.timesRead(PHOTO), "and not tried in vain for ever");
        assertEquals(2, report.counts().copied());
        assertEquals(PHOTO, report.did().failures().get(0).path());
        assertTrue(report.ended().isEmpty());
    }

    @Test
    void aPhoneThatStaysAwayEndsTheRunWithCompleteFiles() throws IOException {
        BackupResult report = run(source().breaksAt(NEXT, 1).awayFor(99));
        assertEquals("lost at " + NEXT, report.ended().orElseThrow().getMessage());
        assertEquals(2, report.counts().copied());
        assertEquals("not-reached", report.did().failures().get(0).reason());
        assertEquals(1, run(source()).counts().copied());
    }

    @Test
    void aPhoneThatComesBackInTimeIsGoneOnWith() throws IOException {
        patience = Duration.ofSeconds(30);
        BackupResult report = run(source().breaksAt(NEXT, 1).awayFor(2));
        assertEquals(3, report.counts().copied());
        assertTrue(report.ended().isEmpty());
        assertEquals(
                List.of(BackupEvent.Paused.class, BackupEvent.Resumed.class),
                events.stream()
                        .filter(event -> event instanceof BackupEvent.Paused || event instanceof BackupEvent.Resumed)
                        .map(Object::getClass)
                        .toList());
    }

    @Test
    void aPhoneThatIsLostWhileItIsListedIsWaitedFor() throws IOException {
        patience = Duration.ofSeconds(30);
        BackupResult report = run(source().losesListing(1).awayFor(2));
        assertEquals(3, report.counts().copied());
        assertTrue(events.stream().anyMatch(BackupEvent.Resumed.class::isInstance));
    }

    @Test
    void aStopWhileWaitingForThePhoneEndsTheRunAtOnce() throws IOException {
        patience = Duration.ofMinutes(10);
        ScriptedSource source = source().breaksAt(NEXT, 1).awayFor(Integer.MAX_VALUE);
        long started = System.nanoTime();
        try (Destination destination = open()) {
            List<Backup> running = new ArrayList<>();
            Backup backup = new Backup(source, destination, options(), InstantSource.system(), event -> {
                if (event instanceof BackupEvent.Paused) {
                    running.get(0).stop();
                }
            });
            running.add(backup);
            BackupResult report = backup.run();
            assertTrue(report.interrupted());
            assertEquals(2, report.counts().copied());
        }
        assertTrue(System.nanoTime() - started < Duration.ofSeconds(30).toNanos());
    }

    @Test
    void unreadableFilesAreReportedWithTheirReasonEvenIfThePhoneIsLostLater() throws IOException {
        BackupResult report = run(source().unreadable(LIVE, 1).breaksAt(NEXT, 1).awayFor(99));
        assertEquals(
                Map.of(LIVE, "read-error", NEXT, RunResult.Item.NOT_REACHED),
                report.did().failures().stream()
                        .collect(Collectors.toMap(RunResult.Item::path, RunResult.Item::reason)));
    }

    @Test
    void twoFilesInARowThatBreakTheConnectionAtTheirFirstByteDoNotEndTheRun() throws IOException {
        BackupResult report = run(new ScriptedSource()
                .with(EARLIER, "x")
                .breaksAt(EARLIER, 99)
                .with(PHOTO, "y")
                .breaksAt(PHOTO, 99)
                .with(NEXT, "another still"));
        assertTrue(report.ended().isEmpty(), report.toString());
        assertEquals(
                List.of(EARLIER, PHOTO),
                report.did().failures().stream().map(RunResult.Item::path).toList());
        assertEquals(1, report.counts().copied());
    }

    @Test
    void aStopKeepsCompleteFilesAndTheNextRunContinues() throws IOException {
        List<Backup> running = new ArrayList<>();
        ScriptedSource source = source();
        source.beforeEachPiece(() -> {
            if (source.timesRead(NEXT) == 1) {
                running.get(0).stop();
            }
        });
        try (Destination destination = open()) {
            Backup backup = new Backup(source, destination, options(), InstantSource.system(), events::add);
            running.add(backup);
            BackupResult report = backup.run();
            assertTrue(report.interrupted());
            assertEquals(2, report.counts().copied());
            assertEquals(
                    List.of(NEXT),
                    report.did().failures().stream().map(RunResult.Item::path).toList());
        }
        assertEquals(1, run(source()).counts().copied());
        assertEquals(3, tree().size());
    }

    @Test
    @Timeout(30)
    void aListingThatWouldNotEndIsEndedByAStop() throws IOException {
        patience = Duration.ofMinutes(5);
        List<Backup> running = new ArrayList<>();
        ScriptedSource source = source().listsUntilInterrupted(
                        () -> new Thread(() -> running.get(0).stop()).start());
        try (Destination destination = open()) {
            Backup backup = new Backup(source, destination, options(), InstantSource.system(), events::add);
            running.add(backup);
            assertTrue(backup.run().interrupted());
            assertFalse(Thread.currentThread().isInterrupted());
        }
        assertTrue(events.stream().noneMatch(event -> event instanceof BackupEvent.Paused), events.toString());
    }

    @Test
    void aLimitHoldsFromPieceToPiece() throws IOException {
        limit = OptionalLong.of(50);
        List<Long> asked = new ArrayList<>();
        long started = System.nanoTime();
        BackupResult report = run(source().beforeEachPiece(() -> asked.add(System.nanoTime())));
        long elapsed = System.nanoTime() - started;
        long second = asked.get(1) - asked.get(0);
        assertEquals(3, report.counts().copied());
        assertTrue(elapsed >= 0.99 * report.traffic().bytesCopied() / 50 * 1e9, elapsed + " ns for everything");
        assertTrue(second >= 0.99 * 7 / 50 * 1e9, second + " ns for the first piece of 7 bytes");
    }

    @Test
    void aFolderThatCannotBeListedIsNamed() throws IOException {
        BackupResult report = run(source().cannotList("DCIM/103APPLE"));
        assertEquals(3, report.counts().copied());
        assertEquals("DCIM/103APPLE", report.did().failures().get(0).path());
        assertEquals("denied", report.did().failures().get(0).reason());
    }

    @Test
    void aListingThatBrokeOffIsMadeAgain() throws IOException {
        assertEquals(3, run(source().losesListing(2)).counts().copied());
        BackupResult report = run(source().losesListing(3));
        assertEquals("lost while listing", report.ended().orElseThrow().getMessage());
    }

    @Test
    void aPreviewWritesNothingAndListsWhatARunWouldDo() throws IOException {
        Path absent = folder.resolve("not yet");
        List<PlannedCopy> planned;
        try (Destination destination = Destination.view(absent, OpenMode.CREATE_IF_EMPTY)) {
            planned = new Backup(source(), destination, options(), InstantSource.system(), events::add).preview();
        }
        assertFalse(Files.exists(absent));
        assertEquals(
                List.of("2024/05/IMG_0001.HEIC", "2024/05/IMG_0001.MOV", "2024/05/IMG_0002.JPG"),
                planned.stream().map(PlannedCopy::path).toList());
    }
}
