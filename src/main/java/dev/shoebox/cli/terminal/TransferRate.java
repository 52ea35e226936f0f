package dev.shoebox.cli.terminal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The transfer rate over the last seconds, so that a stall shows and a slow start is soon forgotten. */
final class TransferRate {
    private static final long WINDOW_NANOS = Duration.ofSeconds(15).toNanos();
    private static final long STEP_NANOS = Duration.ofMillis(250).toNanos();

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** @param bytes the total so far */
    void sample(long nanos, long bytes) {
        while (samples.size() > 2 && nanos - samples.getFirst().nanos > WINDOW_NANOS) {
            samples.removeFirst();
        }
        if (samples.isEmpty() || nanos - samples.getLast().nanos >= STEP_NANOS) {
            samples.addLast(new Sample(nanos, bytes));
        }
    }

    /** Returns bytes per second; empty before the first samples. */
    Optional<Double> rate() {
        if (samples.size() < 2) {
            return Optional.empty();
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        return Optional.of(Math.max(0, last.bytes - first.bytes) * 1e9 / (last.nanos - first.nanos));
    }

    Optional<Duration> timeFor(long bytes) {
        return rate().filter(rate -> rate >= 1).map(rate -> Duration.ofSeconds((long) Math.ceil(bytes / rate)));
    }

    private record Sample(long nanos, long bytes) {}
}
