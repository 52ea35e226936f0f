package dev.shoebox.backup.transfer;

import java.time.Duration;

/**
 * Tells a file that breaks the connection each time it is read, which alone is given up, from a source that is no longer
 * of use.
 */
final class ConnectionLossPolicy {
    /** How often the connection may break at one file. */
    private static final int MOST_BREAKS = 3;

    /** So many files given up in a row, and not one whole between them, are the source's trouble. */
    private static final int MOST_FILES = 5;

    /** So many are enough where not a single byte came any more for as long as a file is waited for. */
    private static final int MOST_SILENT_FILES = 2;

    /** What to do after a loss. */
    enum Verdict {
        GO_ON,
        GIVE_UP_FILE,
        GIVE_UP_SOURCE
    }

    /**
     * Where a source was lost.
     *
     * @param path of the file that was being read
     * @param settled how many files were settled before
     * @param kept bytes of it that need not be read again
     */
    record Place(String path, int settled, long kept) {}

    private final Duration longestInVain;
    private Place last = new Place("", -1, 0);
    private int breaks;
    private long inVain;
    private int files;
    private int silentFiles;
    private int settledThen;

    /** @param longestInVain for which one file may be waited for */
    ConnectionLossPolicy(Duration longestInVain) {
        this.longestInVain = longestInVain;
    }

    /**
     * @param nanos since the last byte came, or was asked for
     * @param anything whether a single byte came over this connection
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
        // The file that is given up will be one more that is settled.
        settledThen = place.settled() + 1;
        files++;
        silentFiles = silent ? silentFiles + 1 : 0;
        return files >= MOST_FILES || silentFiles >= MOST_SILENT_FILES ? Verdict.GIVE_UP_SOURCE : Verdict.GIVE_UP_FILE;
    }

    /**
     * Whether anything came of the tries before. What is kept of a large file shrinks each time that it is taken up in vain:
     * that is another place too, but no progress, and a file of gigabytes would be waited for all night.
     */
    private boolean isFurther(Place place) {
        return !place.path().equals(last.path()) || place.settled() != last.settled() || place.kept() > last.kept();
    }

    /** How often the connection broke at the place that was judged last. */
    int breaks() {
        return breaks;
    }
}
