package dev.shoebox.history;

import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.source.PassedOver;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run did, from the engine that did it to the record that is kept of it.
 *
 * @param failures what could not be backed up, or is damaged, by name
 * @param healed what came right only when it was read again
 * @param notSafe what is not safe, though nothing failed
 * @param omitted what of the source was not taken; empty where that was not counted, as earlier versions did not
 */
public record RunResult(
        Counts counts,
        Traffic traffic,
        List<Item> failures,
        List<Item> healed,
        UnsafeFiles notSafe,
        Optional<Omitted> omitted) {
    /** So many names are kept; of more, the number. */
    public static final int MOST_NAMES = 500;

    /** Of a run that did nothing. */
    public static final RunResult NOTHING = of(Counts.NONE, Traffic.NONE);

    public RunResult {
        failures = List.copyOf(failures);
        healed = List.copyOf(healed);
    }

    /** The same, in a backup of which so many files are known to be damaged or missing, whoever found that. */
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

    /** Where nothing failed and nothing else is known. */
    public static RunResult of(Counts counts, Traffic traffic) {
        return new RunResult(counts, traffic, List.of(), List.of(), UnsafeFiles.NOTHING, Optional.empty());
    }

    /**
     * Numbers of files, but for {@code assets}.
     *
     * @param assets photos and videos on the source; for a verification, files that were read
     * @param copied files that are now durable and catalogued and were not before
     * @param duplicates files whose content was there already
     * @param failed including those that are not named
     * @param damaged found damaged or missing in the backup
     */
    public record Counts(int assets, int copied, int duplicates, int alreadyBackedUp, int failed, int damaged) {
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);
    }

    /**
     * What came from the source, and how it was checked.
     *
     * @param bytesCopied of the copied files
     * @param time from the first byte asked for to the last file durable
     * @param readTwice files that were read a second time and compared before they counted
     * @param proofs how many files are known to be right in which way; empty where that was not counted
     */
    public record Traffic(long bytesCopied, Duration time, int readTwice, Map<Proof, Integer> proofs) {
        public static final Traffic NONE = new Traffic(0, Duration.ZERO, 0, Map.of());

        public Traffic {
            proofs = Map.copyOf(proofs);
        }

        /** Of the duplicates, those that were not read: their fingerprints and sizes are those of files in the backup. */
        public int knownByFingerprint() {
            return proofs.getOrDefault(Proof.CLAIMED, 0);
        }
    }

    /**
     * A file with what was wrong with it.
     *
     * @param path on the source, or in the backup where that is damaged
     * @param reason one of the words that docs/json.md lists
     * @param message what happened and what to do
     */
    public record Item(String path, String reason, String message) {
        /** The reason of a file that was planned, but the run ended before it was stored. */
        public static final String NOT_REACHED = "not-reached";

        /** Whether the run came as far as this file. */
        public boolean isReached() {
            return !reason.equals(NOT_REACHED);
        }
    }

    /** Whether something was passed over in which photos may be. */
    public boolean mayHoldMore() {
        return omitted.stream()
                .flatMap(some -> some.passedOver().keySet().stream())
                .anyMatch(PassedOver.Kind::mayHoldPhotos);
    }

    /**
     * By how many the files of the source differ from those of which this tells what became of them. Anything but 0 is a
     * defect of ours: each is copied, known already, a duplicate, a failure, left out or passed over.
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
