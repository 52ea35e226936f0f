package dev.shoebox.destination.records;

import dev.shoebox.history.RunRecord;
import dev.shoebox.photos.source.SourceId;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * What the backup holds of one source.
 *
 * @param lastRun the latest run that was recorded, however it ended, as far as the journal tells
 * @param lastCompleteRun the latest that brought everything the source could give: that ended with exit code 0, or with 3 and
 *     no failed file, because some are not whole on the source itself
 * @param assets how many photos and videos, counting a Live Photo or an edit with its original
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
