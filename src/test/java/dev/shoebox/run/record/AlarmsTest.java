package dev.shoebox.run.record;

import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunResult;
import dev.shoebox.photos.source.SourceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Alerts of a computer that cannot remember which ones it sent. */
class AlarmsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path state;

    private final List<String> told = new ArrayList<>();

    private void run(RunEnding ending, int damaged) {
        Alarms alarms = new Alarms(state, InstantSource.fixed(NOW), (title, text) -> told.add(title));
        RunRecord run = new RunRecord(new RunRecord.Start("run", RunRecord.Kind.BACKUP, "/media/me/Photos", true, NOW))
                .endedWith(new RunRecord.Ending(NOW, ending, Optional.of("why it ended")))
                .withResult(RunResult.of(new RunResult.Counts(10, 1, 0, 0, 0, damaged), RunResult.Traffic.NONE))
                .of(new SourceId(SourceId.Kind.PHONE, "00008101-A", "Ada's iPhone"));
        alarms.after(run, Duration.ofDays(8), source -> true);
    }

    /** A second trouble is reported, although the first could not be recorded. */
    @Test
    void noTroubleHidesAnotherIfNothingCanBeRecorded() throws IOException {
        Files.createDirectories(state.resolve("told.json/taken"));
        run(RunEnding.DONE, 2);
        assertEquals(2, told.size(), told::toString);
    }

    @Test
    void anAlertIsNotRepeated() {
        run(RunEnding.DONE, 2);
        told.clear();
        run(RunEnding.DONE, 2);
        assertEquals(List.of(), told);
    }
}
