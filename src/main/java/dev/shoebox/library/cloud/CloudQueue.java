package dev.shoebox.library.cloud;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the database of iCloud Photos, {@code store.cloudphotodb}, says of items on their way.
 *
 * @param photos items that wait to be sent; {@code videos} likewise
 * @param bytes of all files that wait to be sent
 * @param since when the oldest change that waits was noted
 * @param lastCleared when nothing waited last
 * @param lastSent when an item of this phone last arrived in iCloud
 * @param rejected items that were given up
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
     * An item that was given up.
     *
     * @param id of its asset or master in the Photos library
     * @param reason in iCloud's own words, on one line; empty where it gives none
     */
    public record Rejected(String id, Optional<Instant> at, String reason) {}

    public CloudQueue {
        rejected = List.copyOf(rejected);
    }
}
