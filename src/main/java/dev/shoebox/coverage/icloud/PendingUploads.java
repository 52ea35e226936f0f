package dev.shoebox.coverage.icloud;

import java.time.Instant;
import java.util.Optional;

/**
 * What waits to be sent to iCloud.
 *
 * @param bytes 0 where that is not known
 * @param since when the item that waits longest came into the library; absent where that is not known
 */
public record PendingUploads(long photos, long videos, long bytes, Optional<Instant> since) {
    static final PendingUploads NOTHING = new PendingUploads(0, 0, 0, Optional.empty());

    public long items() {
        return photos + videos;
    }
}
