package dev.shoebox.device.afc;

import java.time.Duration;

/**
 * Limits the bytes in flight from the phone: enough that the cable never waits for a request, and no more than it
 * delivers in a tenth of a second, because a request cannot be taken back. A closing stream must receive these bytes
 * first, and every other user of the phone must wait for them.
 *
 * <p>So the window is what arrives in that time, or in two round trips if these take longer; it doubles with each round
 * trip until more bytes in flight are no faster.
 */
final class ReadWindow {
    private static final long ENOUGH_NANOS = Duration.ofMillis(100).toNanos();

    /**
     * The weight of one response in the rate if it is slower; a faster one counts at once, because a pause of the phone
     * is not one of the cable.
     */
    private static final double CREDULITY = 1 / 16.0;

    private final int least;
    private final int most;
    private double bytesPerNano;
    private long roundTrip = Long.MAX_VALUE;
    private long inFlight;
    private long arrived;

    /** Sets bounds in bytes; the window starts at the lower one. */
    ReadWindow(int least, int most) {
        this.least = least;
        this.most = Math.max(least, most);
    }

    /** @param before how many bytes had arrived when this request was sent */
    record Question(int bytes, long nanos, long before) {}

    /** Returns whether so many more bytes may be requested now. */
    boolean admits(int bytes) {
        return inFlight == 0 || inFlight + bytes <= bytes();
    }

    /** @param nanos now, in {@link System#nanoTime} */
    Question ask(int bytes, long nanos) {
        inFlight += bytes;
        return new Question(bytes, nanos, arrived);
    }

    /** @param bytes the received bytes, at most the requested number */
    void answered(Question question, int bytes, long nanos) {
        inFlight -= question.bytes;
        arrived += bytes;
        long took = Math.max(1, nanos - question.nanos);
        double rate = (double) (arrived - question.before) / took;
        bytesPerNano = rate > bytesPerNano ? rate : bytesPerNano + (rate - bytesPerNano) * CREDULITY;
        roundTrip = Math.min(roundTrip, took);
    }

    /** Returns its current size. */
    int bytes() {
        if (arrived == 0) {
            return least;
        }
        double wanted = bytesPerNano * Math.max((double) ENOUGH_NANOS, 2.0 * roundTrip);
        return (int) Math.max(least, Math.min(most, wanted));
    }
}
