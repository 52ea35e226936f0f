package dev.shoebox.history;

import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.source.PassedOver;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run did, from the engine to its record.
 *
 * @param failures what could not be backed up, or is damaged, by name
 * @param healed files that were right only after they were read again
 * @param notSafe what is not safe although nothing failed
 * @param omitted what was not taken from the source; empty in records of versions that did not count it
 */
public record RunResult(
        Counts counts,
        Traffic traffic,
        List<Item> failures,
        List<Item> healed,
        UnsafeFiles notSafe,
        Optional<Omitted> omitted) {
    /** The maximum number of names kept. */
    public static final int MOST_NAMES = 500;

    /** The result of a run that did nothing. */
    public static final RunResult NOTHING = of(Counts.NONE, Traffic.NONE);

    public RunResult {
        failures = List.copyOf(failures);
        healed = List.copyOf(healed);
    }

    /** Returns this result with what of the source was not taken. */
    public RunResult withOmitted(Omitted left) {
        return new RunResult(counts, traffic, failures, healed, notSafe, Optional.of(left));
    }

    /**
     * Returns this result with the number of files known to be damaged or missing in the backup, whichever run found
     * that.
     */
    public RunResult withDamaged(int damaged) {
        var known = new Counts(
                counts.assets(),
                counts.copied(),
                counts.duplicates(),
                counts.alreadyBackedUp(),
                counts.failed(),
                damaged);
        return new RunResult(known, traffic, failures, healed, notSafe, omitted);
    }

    /** Creates a result without failures. */
    public static RunResult of(Counts counts, Traffic traffic) {
        return new RunResult(counts, traffic, List.of(), List.of(), UnsafeFiles.NOTHING, Optional.empty());
    }

    /**
     * Numbers of files, except for {@code assets}.
     *
     * @param assets photos and videos on the source; for a verification, files that were read
     * @param copied files that became durable and catalogued
     * @param duplicates files whose content was in the backup already
     * @param failed includes those that are not named
     * @param damaged files of the backup found damaged or missing
     */
    public record Counts(int assets, int copied, int duplicates, int alreadyBackedUp, int failed, int damaged) {
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);
    }

    /**
     * What was transferred from the source, and how it was verified.
     *
     * @param bytesCopied the size of the copied files
     * @param time from the first request for data until the last file was durable
     * @param readTwice the number of files that were read twice and compared before they counted
     * @param proofs the number of files by proof; empty if not counted
     */
    public record Traffic(long bytesCopied, Duration time, int readTwice, Map<Proof, Integer> proofs) {
        public static final Traffic NONE = new Traffic(0, Duration.ZERO, 0, Map.of());

        public Traffic {
            proofs = Map.copyOf(proofs);
        }

        /**
         * Returns how many of the duplicates were not read, because files in the backup have their fingerprints and
         * sizes.
         */
        public int knownByFingerprint() {
            return proofs.getOrDefault(Proof.CLAIMED, 0);
        }
    }

    /**
     * A file and what is wrong with it.
     *
     * @param path on the source, or in the backup if the copy is damaged
     * @param reason one of the words listed in docs/json.md
     * @param message what happened and what to do
     */
    public record Item(String path, String reason, String message) {
        /** The reason for a planned file that the run did not reach before it ended. */
        public static final String NOT_REACHED = "not-reached";

        /** Returns whether the run reached this file. */
        public boolean isReached() {
            return !reason.equals(NOT_REACHED);
        }
    }

    /** Returns whether something that may contain photos was passed over. */
    public boolean mayHoldMore() {
        return omitted.stream()
                .flatMap(some -> some.passedOver().keySet().stream())
                .anyMatch(PassedOver.Kind::mayHoldPhotos);
    }

    /**
     * Returns the number of the source's files minus the number whose outcome is known. Anything but 0 is a bug: every
     * file is copied, known already, a duplicate, a failure, left out or passed over.
     */
    public long unaccounted() {
        if (omitted.isEmpty()) {
            return 0;
        }
        Omitted rest = omitted.get();
        long settled = (long) counts.copied() + counts.duplicates() + counts.alreadyBackedUp() + counts.failed();
        long left = (long) rest.leftOutFiles() + rest.recentlyDeletedFiles();
        return rest.found() - settled - left - rest.files(false) - rest.files(true);
    }
}
