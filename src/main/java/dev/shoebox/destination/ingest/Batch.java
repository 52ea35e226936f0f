package dev.shoebox.destination.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Assets that are made durable together. */
final class Batch {
    /** The first batches of a run have no more: what is copied is soon told, and a short run has several. */
    static final int FEW = 32;

    /** More files share what is forced once for a batch: its journal, the manifest, the folders. */
    static final int MANY = 128;

    private static final long BYTES = 64 << 20;
    private static final long NANOS = TimeUnit.SECONDS.toNanos(2);

    private final List<Arrival> arrivals = new ArrayList<>();
    private final long since = System.nanoTime();
    private final int most;
    private int files;
    private long bytes;

    /** @param most files that it has at most, but for those of its last asset */
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
     * How long it may still wait for more.
     *
     * @param now as {@link System#nanoTime} has it
     * @return {@link Long#MAX_VALUE} if there is nothing in it
     */
    long nanosLeft(long now) {
        if (isEmpty()) {
            return Long.MAX_VALUE;
        }
        return isFull() ? 0 : since + NANOS - now;
    }
}
