package dev.shoebox.destination;

import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.photos.source.SourceId;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Records of runs as a backup would have left them. */
public final class RecordedRun {
    private RecordedRun() {}

    /** One that copied nothing. */
    public static RunRecord of(SourceId source, Instant started, Instant ended, RunEnding how) {
        return of(source, started, ended, how, new RunRecord.Figures(0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO));
    }

    public static RunRecord of(
            SourceId source, Instant started, Instant ended, RunEnding how, RunRecord.Figures figures) {
        String id = started.toString().replaceAll("[-:]", "").replaceAll("[.]\\d+", "") + "-abcd";
        return new RunRecord(
                id,
                RunRecord.Kind.BACKUP,
                Optional.of(source),
                "/backup",
                Optional.empty(),
                false,
                started,
                Optional.of(new RunRecord.Ending(ended, how, Optional.empty())),
                Optional.of(figures),
                RunRecord.Details.NONE);
    }
}
