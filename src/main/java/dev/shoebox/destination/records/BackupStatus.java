package dev.shoebox.destination.records;

import dev.shoebox.history.RunRecord;
import dev.shoebox.photos.source.SourceId;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * The state of one source in the backup.
 *
 * @param lastRun the latest recorded run, however it ended, as far as the journal shows
 * @param lastCompleteRun the latest run that copied everything the source could provide: exit code 0, or 3 without
 *     failed files, because some are incomplete on the source itself
 * @param assets the number of photos and videos, counting a Live Photo or an edit with its original
 * @param files distinct files on disk
 * @param bytes of those files
 * @param newest the latest capture time among them
 */
public record BackupStatus(
        SourceId source,
        Optional<RunRecord> lastRun,
        Optional<RunRecord> lastCompleteRun,
        long assets,
        long files,
        long bytes,
        Optional<LocalDateTime> newest) {}
