package dev.shoebox.web.saving;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.Outcome;
import dev.shoebox.backup.event.Report;
import dev.shoebox.backup.event.Skipped;
import dev.shoebox.coverage.SafeToRemove;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/** What the page says of a run is no better than the run was. */
class RunFollowerTest {
    private final RunFollower follower = new RunFollower(Path.of("/media/me/Photos"), 3, () -> 0);

    private static Report report(List<Report.Failure> failures, Optional<IOException> ended) {
        return new Report(
                3,
                0,
                0,
                failures,
                List.of(),
                0,
                300,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                ended,
                false,
                Skipped.NOTHING,
                List.of(),
                Optional.empty(),
                false,
                List.of());
    }

    private void plan(int others) {
        follower.note(new BackupEvent.Listed(5, 5, 500, 0));
        follower.note(new BackupEvent.Unwanted(new Skipped(others, others, 0, 0)));
        follower.note(new BackupEvent.Planned(3, 300, 0));
    }

    private Object ended(Report report, String field) {
        follower.ended(new PageWork.Saved(report, true, Optional.empty()));
        return follower.fields(false).get(field);
    }

    @Test
    void whatWasChosenAndBroughtIsDone() {
        plan(2);
        assertEquals("done", ended(report(List.of(), Optional.empty()), "state"));
    }

    @Test
    void whatWasChosenAndIsThereNoMoreIsNotSaved() {
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
        Report report = report(List.of(new Report.Failure("DCIM/105APPLE", failed)), Optional.empty());
        assertEquals("incomplete", ended(report, "state"));
    }

    @Test
    void aCopyOfWhatIsBrokenOnThePhoneIsNotCalledSafe() {
        plan(2);
        follower.note(new BackupEvent.Doubtful(new Report.Implausible(
                "DCIM/100APPLE/IMG_0001.HEIC", "2026/08/IMG_0001.HEIC", "empty", "it is empty", true)));
        assertEquals("incomplete", ended(report(List.of(), Optional.empty()), "state"));
    }

    @Test
    void whatCouldBeDeletedOnThePhoneIsToldWhereItIsKnown() {
        plan(2);
        Report whole = report(List.of(), Optional.empty());
        assertNull(ended(whole, "removable"));
        follower.ended(new PageWork.Saved(whole, true, Optional.of(new SafeToRemove.Removable(2, 700))));
        assertEquals(2L, follower.fields(false).get("removable"));
        assertEquals(700L, follower.fields(false).get("removableBytes"));
    }
}
