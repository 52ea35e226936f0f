package dev.shoebox.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The conditions of a scheduled backup. It waits for them, or ends if they are not met.
 *
 * @param folder the folder of the backup; empty if the configuration says where it is
 * @param profile the name of a phone in the configuration; empty for the only one
 * @param waitForTurn how long to wait for another run
 * @param cooldown the minimum age of the last complete backup of the phone; zero for any age
 * @param power which power the computer must have
 * @param minFree bytes that must be free at the destination
 */
public record BackupConditions(
        Optional<Path> folder,
        Optional<String> profile,
        Duration waitForTurn,
        Duration cooldown,
        PowerNeed power,
        long minFree) {
    /** Returns these conditions for a backup in the given folder. */
    public BackupConditions in(Path given) {
        return new BackupConditions(Optional.of(given), profile, waitForTurn, cooldown, power, minFree);
    }

    /** The power supply that a scheduled backup needs. */
    public enum PowerNeed {
        MAINS,
        ANY
    }
}
