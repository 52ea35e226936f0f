package dev.shoebox.destination.records;

import dev.shoebox.photos.source.SourceId;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * What the backup holds of one source.
 *
 * @param lastRun the latest run that was recorded, however it ended
 * @param lastCompleteRun the latest that brought everything the source could give: that ended with exit code 0, or with 3 and
 *     no failed file, because some are not whole on the source itself
 * @param assets how many photos and videos, counting a Live Photo or an edit with its original
 * @param files distinct files on disk
 * @param bytes of those files
 * @param newest the latest capture time among them
 */
public record BackupStatus(
        SourceId source,
        Optional<Run> lastRun,
        Optional<Run> lastCompleteRun,
        long assets,
        long files,
        long bytes,
        Optional<LocalDateTime> newest) {
    /**
     * One execution, as it is remembered.
     *
     * @param zone where it placed times known only in UTC
     * @param bytesCopied of the copied files
     * @param failed files that failed, or may not be read where they lie; and what of the source could not be looked into
     * @param exitCode as docs/exit-codes.md lists them
     */
    public record Run(
            Instant started,
            Instant ended,
            String zone,
            int copied,
            int duplicates,
            int alreadyBackedUp,
            int failed,
            long bytesCopied,
            int exitCode) {}
}
