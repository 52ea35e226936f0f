package dev.shoebox.web.saving;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.event.ImplausibleFile;
import dev.shoebox.backup.event.Outcome;
import dev.shoebox.backup.event.Skipped;
import dev.shoebox.coverage.SafeToRemove;
import dev.shoebox.history.RunResult;
import dev.shoebox.history.UnsafeFiles;
import dev.shoebox.photos.source.SourceId;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/** What the page says about a run is no better than the run was. */
class RunFollowerTest {
    private static final String ONE = "DCIM/100APPLE/IMG_0001";

    private final RunFollower follower = new RunFollower(
            Path.of("/media/me/Photos"),
            new ChosenPhotos(
                    new SourceId(SourceId.Kind.PHONE, "00008110", "Anna"),
                    Map.of(
                            ONE + ".HEIC",
                            ONE + ".HEIC",
                            ONE + ".MOV",
                            ONE + ".HEIC",
                            "DCIM/100APPLE/IMG_0002.JPG",
                            "DCIM/100APPLE/IMG_0002.JPG",
                            "DCIM/100APPLE/IMG_0003.JPG",
                            "DCIM/100APPLE/IMG_0003.JPG")),
            () -> 0);

    private static BackupResult report(List<RunResult.Item> failures, Optional<IOException> ended) {
        return report(failures, List.of(), ended);
    }

    private static BackupResult report(
            List<RunResult.Item> failures, List<ImplausibleFile> broken, Optional<IOException> ended) {
        RunResult did = new RunResult(
                new RunResult.Counts(5, 3, 0, 0, failures.size(), 0),
                new RunResult.Traffic(300, Duration.ofSeconds(1), 0, Map.of()),
                failures,
                List.of(),
                UnsafeFiles.NOTHING,
                Optional.empty());
        return new BackupResult(did, broken, Skipped.NOTHING, List.of(), false, ended.orElse(null), false);
    }

    private void plan(int others) {
        follower.note(new BackupEvent.Listed(5, 5, 500, 0));
        follower.note(new BackupEvent.Unwanted(new Skipped(others, others, 0, 0, 0)));
        follower.note(new BackupEvent.Planned(3, 300, 0));
    }

    private Object ended(BackupResult report, String field) {
        follower.ended(new PageWork.Saved(report, true, Optional.empty()));
        return follower.fields(false).get(field);
    }

    @Test
    void selectedAndStoredPhotosAreDone() {
        plan(2);
        assertEquals("done", ended(report(List.of(), Optional.empty()), "state"));
    }

    @Test
    void aSelectedPhotoThatDisappearedIsNotSaved() {
        plan(3);
        assertEquals("incomplete", ended(report(List.of(), Optional.empty()), "state"));
        assertEquals(1, follower.fields(false).get("notSaved"));
        assertEquals(2, follower.fields(false).get("saved"));
    }

    @Test
    void aFolderThatCannotBeListedIsNotPassedOver() {
        plan(2);
        var failed = new Outcome.Failed(Outcome.Failed.Reason.READ_ERROR, "it cannot be listed");
        follower.note(new BackupEvent.Unlisted("DCIM/105APPLE", failed));
        BackupResult report =
                report(List.of(new RunResult.Item("DCIM/105APPLE", "read-error", failed.message())), Optional.empty());
        assertEquals("incomplete", ended(report, "state"));
    }

    @Test
    void aCopyOfAPhotoBrokenOnThePhoneIsNotCalledSafe() {
        plan(2);
        follower.note(new BackupEvent.Doubtful(new ImplausibleFile(
                "DCIM/100APPLE/IMG_0001.HEIC", "2026/08/IMG_0001.HEIC", "empty", "it is empty", true)));
        assertEquals("incomplete", ended(report(List.of(), Optional.empty()), "state"));
    }

    private static ImplausibleFile broken(String path) {
        return new ImplausibleFile(path, "2026/08/A.JPG", "empty", "it is empty", true);
    }

    /** A backup reports everything that it has of a phone; the user selected these. */
    @Test
    void brokenPhotosThatWereNotSelectedAreNotCounted() {
        plan(2);
        follower.note(new BackupEvent.Doubtful(broken("DCIM/100APPLE/IMG_0099.JPG")));
        assertEquals(
                "done",
                ended(report(List.of(), List.of(broken("DCIM/100APPLE/IMG_0099.JPG")), Optional.empty()), "state"));
        assertEquals(3, follower.fields(false).get("saved"));
    }

    @Test
    void aPhotoWithTwoBrokenFilesIsOnePhoto() {
        plan(2);
        follower.note(new BackupEvent.Doubtful(broken(ONE + ".HEIC")));
        follower.note(new BackupEvent.Doubtful(broken(ONE + ".MOV")));
        assertEquals("incomplete", ended(report(List.of(), Optional.empty()), "state"));
        assertEquals(1, follower.fields(false).get("notSaved"));
        assertEquals(2, follower.fields(false).get("saved"));
    }

    @Test
    void secondCopiesAreUpdatedBeforeItIsDone() {
        plan(2);
        follower.updatesCopies();
        assertEquals("copies", follower.fields(false).get("state"));
        assertEquals("done", ended(report(List.of(), Optional.empty()), "state"));
    }

    @Test
    void aRunThatIsToStopSaysSoWhileSecondCopiesAreUpdated() {
        plan(2);
        follower.stopping();
        follower.updatesCopies();
        assertEquals("stopping", follower.fields(false).get("state"));
    }

    @Test
    void aRunThatWasStoppedWhileItWaitedForTheSourceIsPaused() {
        follower.stopping();
        follower.broken(new InterruptedIOException());
        assertEquals("paused", follower.fields(false).get("state"));
        assertNull(follower.fields(false).get("message"));
    }

    @Test
    void theAmountThatCouldBeDeletedIsShownIfItIsKnown() {
        plan(2);
        BackupResult whole = report(List.of(), Optional.empty());
        assertNull(ended(whole, "removable"));
        follower.ended(new PageWork.Saved(whole, true, Optional.of(new SafeToRemove.Removable(2, 700))));
        assertEquals(2L, follower.fields(false).get("removable"));
        assertEquals(700L, follower.fields(false).get("removableBytes"));
    }
}
