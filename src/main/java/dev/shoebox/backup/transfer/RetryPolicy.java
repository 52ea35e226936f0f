package dev.shoebox.backup.transfer;

import java.time.Duration;

/**
 * How long a run keeps trying.
 *
 * @param forSource how long to wait for a source that was lost, each time; zero tries once
 * @param pause between two tries to reach it
 * @param longestInVain how long one file may keep a source silent before it is passed over
 */
public record RetryPolicy(Duration forSource, Duration pause, Duration longestInVain) {
    /** As it suits a phone on a cable. */
    public static RetryPolicy waiting(Duration wait) {
        return new RetryPolicy(wait, Duration.ofSeconds(1), Duration.ofSeconds(15));
    }

    /** A little while before the second time that files are asked for, and longer before the third. */
    public Duration beforeTry(int attempt) {
        return attempt == 2 ? pause.dividedBy(4) : pause;
    }
}
