package dev.shoebox.destination.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Assets that are made durable together. */
final class Batch {
    static final int FILES = 32;

    private static final long BYTES = 64 << 20;
    private static final long NANOS = TimeUnit.SECONDS.toNanos(2);

    private final List<Arrival> arrivals = new ArrayList<>();
    private final long since = System.nanoTime();
    private int files;
    private long bytes;

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
        return files >= FILES || bytes >= BYTES;
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
