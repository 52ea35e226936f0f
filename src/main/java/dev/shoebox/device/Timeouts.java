package dev.shoebox.device;

import java.time.Duration;

/**
 * How long to wait for the phone itself, not for its owner.
 *
 * @param silence the time without a byte after which a connection counts as lost
 * @param pause between two checks whether the phone is there, unlocked or trusting
 */
record Timeouts(Duration silence, Duration pause) {
    static final Timeouts STANDARD = new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(1));

    /** @return false if the thread was interrupted, which ends all waiting */
    boolean pauseOnce() {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
