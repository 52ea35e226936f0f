package dev.shoebox.destination.naming;

import dev.shoebox.destination.disk.ContentHash;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.disk.Permission;
import dev.shoebox.destination.records.Journal;
import dev.shoebox.destination.records.Kept;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks the claims of records against the content of files. Another program may have written a line of
 * {@code SHA256SUMS}, and a file may have rotted since: before a photo counts as a duplicate, the existing file is
 * read, once per run. Used by one thread.
 */
public final class ContentClaims {
    /** The number of files whose result is remembered. */
    private static final int REMEMBERED = 10_000;

    private final Disk disk;
    private final boolean pastCache;
    private final InstantSource clock;
    private final Set<String> contradicted;

    /** Whether each file has its claimed content, by path. */
    private final Map<String, Boolean> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    private final List<String> well = new ArrayList<>();
    private final List<String> damaged = new ArrayList<>();

    /**
     * @param pastCache whether the disk supports direct reads
     * @param contradicted files that are listed with other content, and cannot serve as originals of duplicates
     */
    public ContentClaims(Disk disk, boolean pastCache, InstantSource clock, Set<String> contradicted) {
        this.contradicted = contradicted;
        this.disk = disk;
        this.pastCache = pastCache;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** Returns whether the file has its recorded content; reads it unless this run did before. */
    boolean holds(Kept kept) {
        return !contradicted.contains(kept.path()) && known.computeIfAbsent(kept.path(), path -> isRight(kept));
    }

    private boolean isRight(Kept kept) {
        boolean right;
        boolean denied = false;
        try {
            right = ContentHash.of(disk, kept.path(), pastCache).equals(kept.sha256());
        } catch (IOException unreadable) {
            right = false;
            denied = Permission.isDenied(unreadable);
        }
        if (right) {
            well.add(kept.path());
        } else if (kept.role().isPresent() && !denied) {
            damaged.add(kept.path());
        }
        // If only a line claims it, the line is wrong: the file may be as the user wants it.
        return right;
    }

    /** Notes that this run wrote the file. */
    void stored(String path) {
        known.put(path, true);
    }

    /** Drops the result for a file. */
    void forget(String path) {
        known.remove(path);
    }

    /** Returns and clears the findings since the last call. */
    List<Journal.Event> news() {
        var news = new ArrayList<Journal.Event>();
        if (!well.isEmpty()) {
            news.add(new Journal.Verified(clock.instant(), well));
        }
        if (!damaged.isEmpty()) {
            news.add(new Journal.Damaged(clock.instant(), damaged));
        }
        well.clear();
        damaged.clear();
        return news;
    }
}
