package dev.shoebox.device.afc;

import java.time.Duration;

/**
 * How many bytes may be on their way from the phone at once: enough that the cable never waits for a question, and no
 * more than it brings in a tenth of a second, because what was asked for cannot be taken back. A stream that is closed
 * has to listen to it first, and so has everyone else who wants something from the phone.
 *
 * <p>So the window is what comes in that time, or in two round trips where these take longer, which doubles it with each
 * round trip until more in flight brings no more.
 */
final class ReadWindow {
    private static final long ENOUGH_NANOS = Duration.ofMillis(100).toNanos();

    /** Share of one answer in the rate when it is slower; faster ones count at once, for a pause of the phone is none of the cable's. */
    private static final double CREDULITY = 1 / 16.0;

    private final int least;
    private final int most;
    private double bytesPerNano;
    private long roundTrip = Long.MAX_VALUE;
    private long inFlight;
    private long arrived;

    /** Bounds in bytes; the window starts at its least. */
    ReadWindow(int least, int most) {
        this.least = least;
        this.most = Math.max(least, most);
    }

    /** @param before how many bytes had arrived when this question went out */
    record Question(int bytes, long nanos, long before) {}

    /** Whether so many bytes more may be asked for now. */
    boolean admits(int bytes) {
        return inFlight == 0 || inFlight + bytes <= bytes();
    }

    /** @param nanos now, in {@link System#nanoTime} */
    Question ask(int bytes, long nanos) {
        inFlight += bytes;
        return new Question(bytes, nanos, arrived);
    }

    /** @param bytes that came, at most what was asked for */
    void answered(Question question, int bytes, long nanos) {
        inFlight -= question.bytes;
        arrived += bytes;
        long took = Math.max(1, nanos - question.nanos);
        double rate = (double) (arrived - question.before) / took;
        bytesPerNano = rate > bytesPerNano ? rate : bytesPerNano + (rate - bytesPerNano) * CREDULITY;
        roundTrip = Math.min(roundTrip, took);
    }

    /** How large it is now. */
    int bytes() {
        if (arrived == 0) {
            return least;
        }
        double wanted = bytesPerNano * Math.max((double) ENOUGH_NANOS, 2.0 * roundTrip);
        return (int) Math.max(least, Math.min(most, wanted));
    }
}
