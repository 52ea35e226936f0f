package dev.shoebox.backup.event;

import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.source.Inventory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a run did.
 *
 * @param copied files that are now durable and catalogued and were not before
 * @param duplicates files read whose content was there already
 * @param failures every file that could not be backed up, and folders that could not be listed
 * @param healed files that came right only when they were read again
 * @param readTwice files that were read a second time and compared before they counted
 * @param bytesCopied of the copied files
 * @param transfer from the first byte asked for to the last file durable
 * @param ended what ended the run early: a lost phone, a full disk
 * @param interrupted whether {@code Backup.stop} ended it early
 * @param leftOut what was neither in the backup nor wanted
 * @param absences what is only in iCloud
 * @param inventory all that the source was seen to hold; empty where the run ended before it had compared that with the
 *     backup
 * @param foundNothing whether a folder or archive that was never backed up holds nothing that could be
 * @param implausible files of the source that are in the backup, now or from before, and are not what they should be
 * @param proofs how many files that this run brought, or found to be there, are known to be right in which way
 */
public record Report(
        int copied,
        int duplicates,
        int alreadyBackedUp,
        List<Failure> failures,
        List<Healed> healed,
        int readTwice,
        long bytesCopied,
        Duration transfer,
        Duration total,
        Optional<IOException> ended,
        boolean interrupted,
        Skipped leftOut,
        List<MissingOriginal> absences,
        Optional<Inventory> inventory,
        boolean foundNothing,
        List<Implausible> implausible,
        Map<Proof, Integer> proofs) {
    /** One that does not say how its files are known to be right. */
    public Report(
            int copied,
            int duplicates,
            int alreadyBackedUp,
            List<Failure> failures,
            List<Healed> healed,
            int readTwice,
            long bytesCopied,
            Duration transfer,
            Duration total,
            Optional<IOException> ended,
            boolean interrupted,
            Skipped leftOut,
            List<MissingOriginal> absences,
            Optional<Inventory> inventory,
            boolean foundNothing,
            List<Implausible> implausible) {
        this(
                copied,
                duplicates,
                alreadyBackedUp,
                failures,
                healed,
                readTwice,
                bytesCopied,
                transfer,
                total,
                ended,
                interrupted,
                leftOut,
                absences,
                inventory,
                foundNothing,
                implausible,
                Map.of());
    }

    public Report {
        proofs = Map.copyOf(proofs);
        failures = List.copyOf(failures);
        absences = List.copyOf(absences);
        healed = List.copyOf(healed);
        implausible = List.copyOf(implausible);
    }

    /** How many of the duplicates were not read: their fingerprints and sizes are those of files that are here. */
    public int knownByFingerprint() {
        return proofs.getOrDefault(Proof.CLAIMED, 0);
    }

    /** Whether nothing failed, all that was stored can be read and is not broken, and nothing was passed over that may hold photos. */
    public boolean isComplete() {
        return failures.isEmpty()
                && implausible.stream().noneMatch(Implausible::isBroken)
                && inventory.filter(Inventory::mayHoldMore).isEmpty();
    }

    /**
     * How much a person has to see to before the backup has all that the source could give: what failed, what may not be read,
     * and the source itself where things in it may hold photos that nobody can find. What is not whole on the source is none of it.
     */
    public int left() {
        int denied = (int) implausible.stream()
                .filter(file -> file.reason().equals(Implausible.DENIED))
                .count();
        return failures.size()
                + denied
                + (inventory.filter(Inventory::mayHoldMore).isPresent() ? 1 : 0);
    }

    /**
     * A file that is in the backup and not safe.
     *
     * @param path on the source
     * @param storedAs relative to the destination
     * @param reason the word that docs/json.md lists
     * @param words what is wrong with it, for people, without a full stop
     * @param isBroken whether nobody can see a photo in it
     */
    public record Implausible(String path, String storedAs, String reason, String words, boolean isBroken) {
        private static final String DENIED = "denied";

        public static Implausible of(String path, String storedAs, Plausibility plausibility) {
            return new Implausible(
                    path,
                    storedAs,
                    plausibility.name().toLowerCase(Locale.ROOT),
                    plausibility.words(),
                    plausibility.isBroken());
        }

        /** Whether its name alone is that of a photo or video. */
        public boolean isUnrecognised() {
            return reason.equals(Plausibility.UNRECOGNISED.name().toLowerCase(Locale.ROOT));
        }

        /** One whose bytes are not those that the source's library took in. */
        static Implausible perhapsDamaged(String path, String storedAs) {
            return new Implausible(
                    path,
                    storedAs,
                    "perhaps-damaged",
                    "it came twice alike and is not what Photos took in; compare it with the copy in iCloud or"
                            + " in an older backup",
                    false);
        }

        public static Implausible contradicted(String path, String storedAs) {
            return new Implausible(
                    path,
                    storedAs,
                    "contradicted",
                    "SHA256SUMS lists its copy with another checksum than it was stored with; 'shoebox repair' reads the"
                            + " copy and mends what is wrong",
                    true);
        }

        /** @param why it may not be read */
        public static Implausible denied(String path, String storedAs, String why) {
            return new Implausible(path, storedAs, DENIED, why, true);
        }
    }

    /**
     * By how many the files of the source differ from those of which this tells what became of them. Anything but 0 is a
     * defect of ours: each is copied, known already, a duplicate, a failure, left out or passed over.
     */
    public long unaccounted() {
        if (inventory.isEmpty()) {
            return 0;
        }
        Inventory all = inventory.get();
        long settled = (long) copied + duplicates + alreadyBackedUp + failures.size();
        return all.found() - settled - leftOut.allFiles() - all.passedOver();
    }

    /**
     * @param path on the source
     * @param message what had been wrong
     */
    public record Healed(String path, String message) {}

    /** @param path on the source */
    public record Failure(String path, Outcome.Failed outcome) {}
}
