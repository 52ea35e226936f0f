package dev.shoebox.device;

import dev.shoebox.TransportUnderTest;
import dev.shoebox.backup.Backup;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.simulator.library.Libraries;
import dev.shoebox.simulator.phone.PhoneSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The next run reads what is new or changed on a phone, all of it, and nothing else. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag(TransportUnderTest.TAG)
class UnchangedTest {
    private static final String PHOTO = "DCIM/100APPLE/IMG_0001.JPG";
    private static final Instant TAKEN = Instant.parse("2024-05-01T12:00:00Z");
    private static final int FILE_OPEN = 0x0d;
    private static final int READ = 0x0f;

    @TempDir
    private Path folder;

    private Plugged plugged;

    @BeforeEach
    void plugIn() throws IOException {
        put(PHOTO, "harbour");
        put("DCIM/100APPLE/IMG_0002.JPG", "bicycle");
        plugged = Plugged.in(
                PhoneSettings.of(Libraries.folder(folder.resolve("phone"))).withPaired(true));
        report(PHOTO, TAKEN, TAKEN);
    }

    @AfterEach
    void unplug() throws IOException {
        plugged.close();
    }

    private void put(String path, String content) throws IOException {
        Path file = folder.resolve("phone").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void report(String path, Instant modified, Instant born) {
        plugged.phone.faults().reportTimes(path, modified, born);
    }

    /** @param opened the number of files that the run may open on the phone */
    private BackupResult run(int opened) throws IOException {
        long opens = plugged.phone.observed().requests(FILE_OPEN);
        long reads = plugged.phone.observed().requests(READ);
        Backup.Options options = new Backup.Options(
                Layout.parse("flat"),
                ZoneId.of("UTC"),
                RetryPolicy.waiting(Duration.ZERO),
                OptionalLong.empty(),
                Backup.Verify.AUTO);
        BackupResult report;
        try (MediaSource photos = plugged.photos();
                Destination destination = Destination.open(
                        folder.resolve("backup"), OpenMode.CREATE_IF_EMPTY, InstantSource.system(), line -> {})) {
            report = new Backup(photos, destination, options, InstantSource.system(), event -> {}).run();
        }
        assertTrue(report.ended().isEmpty() && report.did().failures().isEmpty(), report.toString());
        assertEquals(
                opened + report.traffic().readTwice(),
                plugged.phone.observed().requests(FILE_OPEN) - opens,
                "files opened");
        assertEquals(opened > 0, plugged.phone.observed().requests(READ) > reads, "anything read");
        return report;
    }

    /** The contents of all photos in the backup. */
    private Set<String> kept() throws IOException {
        Set<String> contents = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder.resolve("backup"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".JPG")).toList()) {
                assertTrue(contents.add(Files.readString(file)), file + " is there twice");
            }
        }
        return contents;
    }

    @Test
    void amongHundredsOfFilesTheNewOnesAreFoundAndNothingElseIsOpened() throws IOException {
        for (int i = 0; i < 500; i++) {
            put("DCIM/%dAPPLE/IMG_%04d.JPG".formatted(101 + i / 100, i), "photo " + i);
        }
        assertEquals(502, run(502).counts().copied());
        assertEquals(502, run(0).counts().alreadyBackedUp());

        put("DCIM/100APPLE/IMG_0000.JPG", "before all others");
        put("DCIM/103APPLE/IMG_0250A.JPG", "in their midst");
        put("PhotoData/CPLAssets/group1/0C0FFEE0.JPG", "behind all others");
        assertEquals(3, run(3).counts().copied());
        assertEquals(505, kept().size());
        assertEquals(505, run(0).counts().alreadyBackedUp());
    }

    @Test
    void photosTakenWhileTheClockWasWrongAreFound() throws IOException {
        run(2);
        put("DCIM/100APPLE/IMG_0003.JPG", "long ago");
        report("DCIM/100APPLE/IMG_0003.JPG", Instant.EPOCH, Instant.EPOCH);
        put("DCIM/100APPLE/IMG_0004.JPG", "far ahead");
        report("DCIM/100APPLE/IMG_0004.JPG", Instant.parse("2106-02-07T06:28:15Z"), TAKEN);
        assertEquals(2, run(2).counts().copied());
        assertEquals(Set.of("harbour", "bicycle", "long ago", "far ahead"), kept());
        run(0);
    }

    @Test
    void aClockThatJumpedOverEverythingCostsOneReadingAndNoCopy() throws IOException {
        run(2);
        report(PHOTO, TAKEN.plus(Duration.ofDays(40_000)), TAKEN.plus(Duration.ofDays(40_000)));
        report("DCIM/100APPLE/IMG_0002.JPG", TAKEN.minus(Duration.ofDays(40_000)), TAKEN);
        assertEquals(2, run(2).counts().duplicates());
        assertEquals(Set.of("harbour", "bicycle"), kept());
        run(0);
        report(PHOTO, TAKEN, TAKEN);
        assertEquals(2, run(0).counts().alreadyBackedUp(), "a file as it once was is known too");
    }

    @Test
    void aNameThatWasUsedAgainIsANewPhotoBesideTheOldOne() throws IOException {
        run(2);
        Files.delete(folder.resolve("phone").resolve(PHOTO));
        put(PHOTO, "glacier");
        report(PHOTO, TAKEN.plusSeconds(60), TAKEN.plusSeconds(60));
        assertEquals(1, run(1).counts().copied());
        assertEquals(Set.of("harbour", "bicycle", "glacier"), kept());
        run(0);
    }

    @Test
    void aChangeThatLeavesTheSizeIsFoundByItsTimeToTheNanosecond() throws IOException {
        run(2);
        put(PHOTO, "HARBOUR");
        report(PHOTO, TAKEN.plusNanos(1), TAKEN);
        assertEquals(1, run(1).counts().copied());
        assertEquals(Set.of("harbour", "bicycle", "HARBOUR"), kept());
        run(0);
    }

    @Test
    void anotherTimeOfBirthAloneIsReasonEnoughToReadAFileAgain() throws IOException {
        run(2);
        report(PHOTO, TAKEN, TAKEN.plusSeconds(1));
        assertEquals(1, run(1).counts().duplicates());
        run(0);
        put(PHOTO, "lantern");
        report(PHOTO, TAKEN, TAKEN.plusSeconds(2));
        assertEquals(1, run(1).counts().copied());
        assertEquals(Set.of("harbour", "bicycle", "lantern"), kept());
    }

    /** The limit that docs/architecture.md states: only rereading everything would show it. */
    @Test
    void aChangeThatLeavesPathSizeAndTimesIsNotSeen() throws IOException {
        run(2);
        put(PHOTO, "HARBOUR");
        assertEquals(2, run(0).counts().alreadyBackedUp());
    }
}
