package dev.shoebox.backup.transfer;

import java.time.Duration;

/**
 * The limits of retries in a run.
 *
 * @param forSource how long to wait for a lost source, each time; zero for one attempt
 * @param pause between two attempts to reach it
 * @param longestInVain how long one file may keep a source silent before it is skipped
 */
public record RetryPolicy(Duration forSource, Duration pause, Duration longestInVain) {
    /** Returns the limits for a phone on a cable. */
    public static RetryPolicy waiting(Duration wait) {
        return new RetryPolicy(wait, Duration.ofSeconds(1), Duration.ofSeconds(15));
    }

    /** Returns the pause before an attempt: short before the second, longer before the third. */
    public Duration beforeTry(int attempt) {
        return attempt == 2 ? pause.dividedBy(4) : pause;
    }
}
