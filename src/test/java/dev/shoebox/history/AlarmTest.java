package dev.shoebox.history;

import dev.shoebox.photos.source.SourceId;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** When alerts are sent, and when they are not. */
class AlarmTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private static final SourceId APPS = new SourceId(SourceId.Kind.PHONE_FILES, "files:00008101-A", "Ada's iPhone");

    private final List<RunRecord> past = new ArrayList<>();
    private final Map<String, Instant> told = new HashMap<>();
    private List<String> over = List.of();

    private static RunRecord run(RunRecord.Kind kind, double day, int exitCode, boolean sawPhone, int damaged) {
        Instant started = START.plusSeconds(Math.round(day * 86400));
        RunRecord run = new RunRecord(new RunRecord.Start("run-" + started, kind, "/media/me/Photos", true, started))
                .endedWith(new RunRecord.Ending(
                        started.plusSeconds(60), RunEnding.of(exitCode).orElseThrow(), Optional.of("why it ended")))
                .withResult(RunResult.of(new RunResult.Counts(10, 1, 0, 0, 0, damaged), RunResult.Traffic.NONE));
        return sawPhone ? run.of(new SourceId(SourceId.Kind.PHONE, "00008101-A", "Ada's iPhone")) : run;
    }

    private Optional<String> tell(RunRecord run) {
        Alarm alarm = new Alarm(Duration.ofDays(8), told);
        over = alarm.over(run).stream().map(Alarm.Notice::title).toList();
        alarm.over(run).forEach(news -> told.remove(news.key()));
        List<Alarm.Notice> notices = alarm.after(run, past, source -> true);
        notices.forEach(news -> told.put(news.key(), run.ending().orElseThrow().at()));
        past.add(run);
        return notices.stream().map(Alarm.Notice::title).reduce((one, other) -> one + "; " + other);
    }

    private Optional<String> tell(double day, int exitCode) {
        return tell(run(RunRecord.Kind.BACKUP, day, exitCode, exitCode != 75, 0));
    }

    @Test
    void onlyTheFirstSuccessIsReported() {
        assertEquals(Optional.of("The first backup of Ada's iPhone is complete"), tell(0, 0));
        for (int day = 1; day < 60; day++) {
            assertEquals(Optional.empty(), tell(day, 0));
        }
    }

    @Test
    void oneMissIsNoAlarm() {
        tell(0, 0);
        assertEquals(Optional.empty(), tell(1, 75));
        assertEquals(Optional.empty(), tell(2, 14));
        assertEquals(Optional.empty(), tell(3, 0));
    }

    @Test
    void absenceIsReportedOnceAWeekUntilItEnds() {
        tell(0, 0);
        List<Integer> days = new ArrayList<>();
        for (int half = 2; half <= 48; half++) {
            if (tell(half / 2.0, 75).isPresent()) {
                days.add(half / 2);
            }
            assertEquals(List.of(), over);
        }
        assertEquals(List.of(8, 15, 22), days);
        assertEquals(Optional.empty(), tell(24.2, 0));
        assertEquals(List.of("Backups of Ada's iPhone complete again"), over);
        assertEquals(Optional.empty(), tell(25, 75));
        tell(26, 0);
        assertEquals(List.of(), over, "once");
    }

    @Test
    void aBackupThatNeverSucceededIsMissedFromItsFirstTry() {
        assertEquals(Optional.empty(), tell(0, 75));
        assertEquals(Optional.of("No backup of the iPhone has ever completed"), tell(9, 75));
    }

    /** They have another source than the photos, and so no backups of it. */
    @Test
    void otherFilesThatCouldNotBeCopiedMakeNoBackupOverdue() {
        tell(run(RunRecord.Kind.BACKUP, 0, 75, false, 0));
        tell(0.1, 0);
        tell(19, 0);
        assertEquals(
                Optional.empty(),
                tell(run(RunRecord.Kind.FILES, 20, 14, true, 0).of(APPS)));
    }

    private Optional<String> tellFiles(double day, int exitCode) {
        return tell(run(RunRecord.Kind.FILES, day, exitCode, true, 0).of(APPS));
    }

    @Test
    void otherFilesThatAreNotBackedUpForLongAreReportedApartFromThePhotos() {
        tell(0, 0);
        tellFiles(0.1, 0);
        List<String> alarms = new ArrayList<>();
        for (int day = 1; day <= 16; day++) {
            assertEquals(Optional.empty(), tell(day, 0));
            int today = day;
            tellFiles(day + 0.1, 3).ifPresent(title -> alarms.add(today + " " + title));
        }
        assertEquals(
                List.of(
                        "8 No backup of the other files of Ada's iPhone for 8 days",
                        "15 No backup of the other files of Ada's iPhone for 15 days"),
                alarms);
        assertEquals(Optional.empty(), tellFiles(17, 0));
        assertEquals(List.of("Backups of the other files of Ada's iPhone complete again"), over);
    }

    @Test
    void anAlarmForOtherFilesOfAnIPhoneThatWasNeverOpenedEnds() {
        tell(run(RunRecord.Kind.FILES, 0, 14, false, 0));
        assertEquals(
                Optional.of("No backup of the other files of the iPhone has ever completed"),
                tell(run(RunRecord.Kind.FILES, 9, 14, false, 0)));
        tellFiles(10, 0);
        assertEquals(List.of("Backups of the other files of Ada's iPhone complete again"), over);
        assertEquals(Map.of(), told);
    }

    @Test
    void damageIsReportedOnceAWeekUntilItIsRepaired() {
        tell(0, 0);
        assertTrue(tell(run(RunRecord.Kind.VERIFY, 1, 4, false, 2)).orElse("").contains("damaged"));
        assertEquals(Optional.empty(), tell(run(RunRecord.Kind.VERIFY, 1.5, 4, false, 2)));
        assertTrue(tell(run(RunRecord.Kind.VERIFY, 8.5, 4, false, 2)).isPresent());
        assertEquals(Optional.empty(), tell(run(RunRecord.Kind.VERIFY, 9, 0, false, 0)));
        assertEquals(List.of("The photos in the backup are intact again"), over);
    }

    @Test
    void aClockThatWasWrongSilencesNothingForEver() {
        tell(0, 0);
        told.put("overdue /media/me/Photos 00008101-A", START.plus(Duration.ofDays(4000)));
        assertTrue(tell(20, 75).isPresent());
    }

    @Test
    void aRunThatIsDatedInTheFutureKeepsNoAlarmSilent() {
        tell(0, 0);
        tell(3650, 0);
        assertEquals(Optional.empty(), tell(5, 75));
        assertEquals(Optional.of("No backup of Ada's iPhone for 9 days"), tell(9, 75));
        Instant now = START.plus(Duration.ofDays(17));
        assertTrue(new Alarm(Duration.ofDays(8), told)
                .absence(past, source -> true, now)
                .isPresent());
    }

    private static RunRecord followed(double day, FollowUp... followUps) {
        return run(RunRecord.Kind.BACKUP, day, 0, true, 0).followedBy(List.of(followUps));
    }

    private static FollowUp copy(FollowUp.State state) {
        return new FollowUp(FollowUp.Kind.SECOND_COPY, "/media/me/Second", state, "why");
    }

    @Test
    void aSecondCopyIsMissedWhenItIsAsOldAsABackupMayBe() {
        tell(followed(0, copy(FollowUp.State.DONE)));
        List<Integer> days = new ArrayList<>();
        for (int day = 1; day < 20; day++) {
            if (tell(followed(day, copy(FollowUp.State.AWAY))).isPresent()) {
                days.add(day);
            }
        }
        assertEquals(List.of(8, 15), days);
        assertEquals(Optional.empty(), tell(followed(20, copy(FollowUp.State.DONE))));
        assertEquals(List.of("The second copy of Ada's iPhone is complete again"), over);
    }

    @Test
    void noTroubleHidesAnother() {
        tell(0, 0);
        tell(run(RunRecord.Kind.VERIFY, 1, 4, false, 2));
        RunRecord run = run(RunRecord.Kind.BACKUP, 2, 0, true, 2)
                .followedBy(List.of(
                        copy(FollowUp.State.FAILED),
                        FollowUp.failed(FollowUp.Kind.COMMAND, FollowUp.RUN_AFTER, "ended with 1")));
        assertEquals(
                Optional.of("The second copy of Ada's iPhone is not complete; The command after the backup of Ada's"
                        + " iPhone failed"),
                tell(run));
        assertEquals(List.of(), over, "known damage is not over because a backup went well");
    }

    /** One phone is backed up daily, which must not hide that the other stays away. */
    @Test
    void aPhoneThatStaysAwayIsMissedThoughAnotherComesToTheSameFolder() {
        SourceId ben = new SourceId(SourceId.Kind.PHONE, "00008101-B", "Ben's iPhone");
        tell(0, 0);
        past.add(new RunRecord(new RunRecord.Start("ben", RunRecord.Kind.BACKUP, "/media/me/Photos", true, START))
                .of(ben)
                .endedWith(new RunRecord.Ending(START, RunEnding.DONE, Optional.empty())));
        for (int day = 1; day < 10; day++) {
            tell(day, 0);
        }
        List<Alarm.Notice> notices = new Alarm(Duration.ofDays(8), told)
                .after(run(RunRecord.Kind.BACKUP, 9.5, 75, false, 0), past, ben::equals);
        assertEquals(
                List.of("No backup of Ben's iPhone for 9 days"),
                notices.stream().map(Alarm.Notice::title).toList());
    }
}
