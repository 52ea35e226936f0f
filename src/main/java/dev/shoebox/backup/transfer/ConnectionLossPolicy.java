package dev.shoebox.backup.transfer;

import java.time.Duration;

/**
 * Distinguishes a file that breaks the connection each time it is read, which alone is given up, from a source that is
 * no longer usable.
 */
final class ConnectionLossPolicy {
    /** How often the connection may break at one file. */
    private static final int MOST_BREAKS = 3;

    /** If so many files in a row are given up, without a complete file between them, the source is at fault. */
    private static final int MOST_FILES = 5;

    /** So many are enough if not a single byte arrived within the time limit for a file. */
    private static final int MOST_SILENT_FILES = 2;

    /** What to do after a loss. */
    enum Verdict {
        GO_ON,
        GIVE_UP_FILE,
        GIVE_UP_SOURCE
    }

    /**
     * The position at which a source was lost.
     *
     * @param path the file that was being read
     * @param settled the number of files settled before
     * @param kept the bytes of it that need not be read again
     */
    record Place(String path, int settled, long kept) {}

    private final Duration longestInVain;
    private Place last = new Place("", -1, 0);
    private int breaks;
    private long inVain;
    private int files;
    private int silentFiles;
    private int settledThen;

    /** @param longestInVain how long to wait for one file */
    ConnectionLossPolicy(Duration longestInVain) {
        this.longestInVain = longestInVain;
    }

    /**
     * @param nanos the time since the last byte arrived or was requested
     * @param anything whether any byte arrived over this connection
     */
    Verdict judge(Place place, long nanos, boolean anything) {
        if (isFurther(place)) {
            last = place;
            breaks = 0;
            inVain = 0;
        }
        breaks++;
        inVain += nanos;
        boolean silent = !anything && inVain >= longestInVain.toNanos();
        if (breaks < MOST_BREAKS && inVain < longestInVain.toNanos()) {
            return Verdict.GO_ON;
        }
        last = new Place("", -1, 0);
        if (place.settled() > settledThen) {
            files = 0;
            silentFiles = 0;
        }
        // The file that is given up will count as settled.
        settledThen = place.settled() + 1;
        files++;
        silentFiles = silent ? silentFiles + 1 : 0;
        return files >= MOST_FILES || silentFiles >= MOST_SILENT_FILES ? Verdict.GIVE_UP_SOURCE : Verdict.GIVE_UP_FILE;
    }

    /**
     * Whether the earlier attempts made progress. The kept part of a large file shrinks each time it is resumed without
     * success: that changes the position but is no progress, and a file of gigabytes would be retried all night.
     */
    private boolean isFurther(Place place) {
        return !place.path().equals(last.path()) || place.settled() != last.settled() || place.kept() > last.kept();
    }

    /** Returns how often the connection broke at the position that was judged last. */
    int breaks() {
        return breaks;
    }
}
