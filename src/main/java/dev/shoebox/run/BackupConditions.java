package dev.shoebox.run;

import java.time.Duration;
import java.util.Optional;

/**
 * What a backup that a scheduler starts waits for, or ends without.
 *
 * @param profile the name of a phone of the configuration; empty for its only one
 * @param waitForTurn how long to wait for another run
 * @param cooldown how old the last complete backup of the phone must be; zero for any age
 * @param power which power the computer must have
 * @param minFree bytes that must be free where the backup is
 */
public record BackupConditions(
        Optional<String> profile, Duration waitForTurn, Duration cooldown, PowerNeed power, long minFree) {
    /** Which power a scheduled backup needs. */
    public enum PowerNeed {
        MAINS,
        ANY
    }
}
