package dev.shoebox.run;

import java.time.Duration;
import java.util.Optional;

/**
 * The conditions of a scheduled backup. It waits for them, or ends if they are not met.
 *
 * @param profile the name of a phone in the configuration; empty for the only one
 * @param waitForTurn how long to wait for another run
 * @param cooldown the minimum age of the last complete backup of the phone; zero for any age
 * @param power which power the computer must have
 * @param minFree bytes that must be free at the destination
 */
public record BackupConditions(
        Optional<String> profile, Duration waitForTurn, Duration cooldown, PowerNeed power, long minFree) {
    /** The power supply that a scheduled backup needs. */
    public enum PowerNeed {
        MAINS,
        ANY
    }
}
