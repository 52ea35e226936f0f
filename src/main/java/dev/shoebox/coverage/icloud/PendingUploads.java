package dev.shoebox.coverage.icloud;

import java.time.Instant;
import java.util.Optional;

/**
 * The items that wait to be uploaded to iCloud.
 *
 * @param bytes 0 if unknown
 * @param since when the longest waiting item was added to the library; absent if unknown
 */
public record PendingUploads(long photos, long videos, long bytes, Optional<Instant> since) {
    static final PendingUploads NOTHING = new PendingUploads(0, 0, 0, Optional.empty());

    public long items() {
        return photos + videos;
    }
}
