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

/** When people are told something, and when they are left in peace. */
class AlarmTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

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
        Optional<Alarm.Notice> notice = alarm.after(run, past);
        notice.ifPresent(news -> told.put(news.key(), run.ending().orElseThrow().at()));
        past.add(run);
        return notice.map(Alarm.Notice::title);
    }

    private Optional<String> tell(double day, int exitCode) {
        return tell(run(RunRecord.Kind.BACKUP, day, exitCode, exitCode != 75, 0));
    }

    @Test
    void theFirstSuccessIsToldAndNoneOfTheLaterOnes() {
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
    void absenceIsToldOnceAWeekUntilItEnds() {
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
        assertEquals(List.of("Backups of Ada's iPhone are completed again"), over);
        assertEquals(Optional.empty(), tell(25, 75));
        tell(26, 0);
        assertEquals(List.of(), over, "once");
    }

    @Test
    void aBackupThatNeverSucceededIsMissedFromItsFirstTry() {
        assertEquals(Optional.empty(), tell(0, 75));
        assertEquals(Optional.of("No backup of the iPhone was ever completed"), tell(9, 75));
    }

    @Test
    void damageIsToldOnceAWeekUntilItIsMended() {
        tell(0, 0);
        assertTrue(tell(run(RunRecord.Kind.VERIFY, 1, 4, false, 2)).orElse("").contains("damaged"));
        assertEquals(Optional.empty(), tell(run(RunRecord.Kind.VERIFY, 1.5, 4, false, 2)));
        assertTrue(tell(run(RunRecord.Kind.VERIFY, 8.5, 4, false, 2)).isPresent());
        assertEquals(Optional.empty(), tell(run(RunRecord.Kind.VERIFY, 9, 0, false, 0)));
        assertEquals(List.of("The photos in the backup are whole again"), over);
    }

    @Test
    void aClockThatWasWrongSilencesNothingForEver() {
        tell(0, 0);
        told.put("overdue /media/me/Photos", START.plus(Duration.ofDays(4000)));
        assertTrue(tell(20, 75).isPresent());
    }

    @Test
    void aRunThatIsDatedInTheFutureKeepsNoAlarmSilent() {
        tell(0, 0);
        tell(3650, 0);
        assertEquals(Optional.empty(), tell(5, 75));
        assertEquals(Optional.of("No backup of the iPhone for 9 days"), tell(9, 75));
        Instant now = START.plus(Duration.ofDays(17));
        assertTrue(new Alarm(Duration.ofDays(8), told).absence(past, now).isPresent());
    }
}
