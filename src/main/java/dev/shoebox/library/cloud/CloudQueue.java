package dev.shoebox.library.cloud;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The pending items in the database of iCloud Photos, {@code store.cloudphotodb}.
 *
 * @param photos the number of photos waiting for upload; {@code videos} likewise
 * @param bytes the size of all files waiting for upload
 * @param since the time of the oldest pending change
 * @param lastCleared when the queue was last empty
 * @param lastSent when an item of this phone last reached iCloud
 * @param rejected rejected items
 */
public record CloudQueue(
        long photos,
        long videos,
        long bytes,
        Optional<Instant> since,
        Optional<Instant> lastCleared,
        Optional<Instant> lastSent,
        List<Rejected> rejected) {
    /**
     * A rejected item.
     *
     * @param id the identifier of its asset or master in the Photos library
     * @param reason in iCloud's own words, on one line; empty if there is none
     */
    public record Rejected(String id, Optional<Instant> at, String reason) {}

    public CloudQueue {
        rejected = List.copyOf(rejected);
    }
}
