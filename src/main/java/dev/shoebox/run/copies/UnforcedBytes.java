package dev.shoebox.run.copies;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the bytes that were written to a disk and may still be in the system's cache. A force may have to wait for all
 * of them, not only for those of its own file. Thread-safe.
 */
final class UnforcedBytes {
    /** By path, relative to the root of the disk. */
    private final Map<String, Long> byPath = new ConcurrentHashMap<>();

    void written(String path, long bytes) {
        byPath.merge(path, bytes, Long::sum);
    }

    /** Returns how many bytes a force of this file is about to make durable; more may be written meanwhile. */
    long of(String path) {
        return byPath.getOrDefault(path, 0L);
    }

    /** @param bytes what {@link #of} returned before the force began */
    void forced(String path, long bytes) {
        byPath.computeIfPresent(path, (same, unforced) -> unforced > bytes ? Long.valueOf(unforced - bytes) : null);
    }

    /** Forgets a file that was deleted or moved: whoever needs its bytes has forced them before. */
    void dropped(String path) {
        byPath.remove(path);
    }

    long total() {
        return byPath.values().stream().mapToLong(Long::longValue).sum();
    }
}
