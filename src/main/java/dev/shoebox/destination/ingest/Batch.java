package dev.shoebox.destination.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Assets that are made durable together. */
final class Batch {
    /**
     * The size of the first batches of a run, so that copied files are soon reported, and a short run has several
     * batches.
     */
    static final int FEW = 32;

    /** The size of later batches: more files share the forces of the journal, the manifest and the folders. */
    static final int MANY = 128;

    private static final long BYTES = 64 << 20;
    private static final long NANOS = TimeUnit.SECONDS.toNanos(2);

    private final List<Arrival> arrivals = new ArrayList<>();
    private final long since = System.nanoTime();
    private final int most;
    private int files;
    private long bytes;

    /** @param most the maximum number of files, not counting the last asset */
    Batch(int most) {
        this.most = most;
    }

    void add(Arrival arrival) {
        arrivals.add(arrival);
        files += arrival.files().size();
        bytes += arrival.files().stream()
                .mapToLong(file -> file.staged().length())
                .sum();
    }

    List<Arrival> arrivals() {
        return arrivals;
    }

    boolean isEmpty() {
        return arrivals.isEmpty();
    }

    boolean isFull() {
        return files >= most || bytes >= BYTES;
    }

    /**
     * Returns how long it may still wait for more files.
     *
     * @param now as {@link System#nanoTime} has it
     * @return nanoseconds; {@link Long#MAX_VALUE} if it is empty
     */
    long nanosLeft(long now) {
        if (isEmpty()) {
            return Long.MAX_VALUE;
        }
        return isFull() ? 0 : since + NANOS - now;
    }
}
