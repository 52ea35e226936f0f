package dev.shoebox.destination;

import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunResult;
import dev.shoebox.photos.source.SourceId;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Records of runs as a backup leaves them. */
public final class RecordedRun {
    private RecordedRun() {}

    /** A run without a result yet. */
    public static RunRecord begun(RunRecord.Kind kind, Instant started) {
        String id = started.toString().replaceAll("[-:]", "").replaceAll("[.]\\d+", "") + "-abcd";
        return new RunRecord(new RunRecord.Start(id, kind, "/backup", false, started));
    }

    /** The result of a run that copied this many files and bytes. */
    public static RunResult copied(int files, long bytes) {
        return RunResult.of(
                new RunResult.Counts(files, files, 0, 0, 0, 0),
                new RunResult.Traffic(bytes, Duration.ZERO, 0, Map.of()));
    }

    /** A run that copied nothing. */
    public static RunRecord of(SourceId source, Instant started, Instant ended, RunEnding how) {
        return of(source, started, ended, how, copied(0, 0));
    }

    public static RunRecord of(SourceId source, Instant started, Instant ended, RunEnding how, RunResult did) {
        return begun(RunRecord.Kind.BACKUP, started)
                .of(source)
                .endedWith(new RunRecord.Ending(ended, how, Optional.empty()))
                .withResult(did);
    }
}
