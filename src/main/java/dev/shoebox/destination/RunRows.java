package dev.shoebox.destination;

import dev.shoebox.destination.records.BackupStatus;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.photos.source.SourceId;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** A run as the journal counts it, from its record and back as far as the figures go. */
final class RunRows {
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'-'journal'").withZone(ZoneOffset.UTC);

    private RunRows() {}

    static BackupStatus.Run of(RunRecord run, ZoneId zone) {
        RunRecord.Ending end = run.ending().orElseThrow();
        Optional<RunRecord.Figures> figures = run.figures();
        return new BackupStatus.Run(
                run.started(),
                end.at(),
                zone.getId(),
                figures.map(RunRecord.Figures::copied).orElse(0),
                figures.map(RunRecord.Figures::duplicates).orElse(0),
                figures.map(RunRecord.Figures::alreadyBackedUp).orElse(0),
                run.left(),
                figures.map(RunRecord.Figures::bytesCopied).orElse(0L),
                end.how().number());
    }

    /** Of a run whose record was dropped, or that is older than records are. */
    static RunRecord record(SourceId source, BackupStatus.Run run, Path root) {
        Instant started = run.started();
        return new RunRecord(
                ID.format(started),
                RunRecord.Kind.BACKUP,
                Optional.of(source),
                root.toString(),
                Optional.empty(),
                false,
                started,
                Optional.of(new RunRecord.Ending(
                        run.ended(), RunEnding.of(run.exitCode()).orElse(RunEnding.BUG), Optional.empty())),
                Optional.of(new RunRecord.Figures(
                        0,
                        run.copied(),
                        run.duplicates(),
                        run.alreadyBackedUp(),
                        run.failed(),
                        0,
                        0,
                        run.bytesCopied(),
                        Duration.ZERO)),
                RunRecord.Details.NONE);
    }
}
