package dev.shoebox.destination;

import dev.shoebox.photos.SourceId;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * What the backup holds of one source.
 *
 * @param lastRun the latest run that was recorded, however it ended
 * @param lastCompleteRun the latest that ended with exit code 0
 * @param assets how many photos and videos, counting a Live Photo or an edit with its original
 * @param files distinct files on disk
 * @param bytes of those files
 * @param newest the latest capture time among them
 */
public record Status(
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
