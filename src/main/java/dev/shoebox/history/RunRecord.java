package dev.shoebox.history;

import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.source.PassedOver;
import dev.shoebox.photos.source.SourceId;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is remembered of one run: everything a person may want to know of it later.
 *
 * @param id tells runs apart, and sorts them by their beginning
 * @param source absent where the run ended before it was known
 * @param destination the folder, as it was named
 * @param shoebox what the destination calls itself, where that is known
 * @param scheduled whether nobody watched
 * @param ending absent while the run goes on, and for ever where the computer or the process ended first
 * @param figures absent where the run ended before it had any
 */
public record RunRecord(
        String id,
        Kind kind,
        Optional<SourceId> source,
        String destination,
        Optional<String> shoebox,
        boolean scheduled,
        Instant started,
        Optional<Ending> ending,
        Optional<Figures> figures,
        Details details) {
    /** So many names are kept; of more, the number. */
    public static final int MOST_NAMES = 500;

    /** What was executed. */
    public enum Kind {
        BACKUP,
        VERIFY
    }

    /**
     * How it ended.
     *
     * @param message why, in a line for people, where it ended early
     */
    public record Ending(Instant at, RunEnding how, Optional<String> message) {}

    /**
     * What a run did, in numbers. All but {@code assets} and {@code bytesCopied} count files.
     *
     * @param assets photos and videos on the source; for a verification, files that were read
     * @param failed including those that are not named
     * @param readTwice compared with a second reading
     * @param damaged found damaged or missing in the backup
     * @param proofs how many files are known to be right in which way; empty where nobody counted that
     */
    public record Figures(
            int assets,
            int copied,
            int duplicates,
            int alreadyBackedUp,
            int failed,
            int readTwice,
            int damaged,
            long bytesCopied,
            Duration transfer,
            Map<Proof, Integer> proofs) {
        public Figures {
            proofs = Map.copyOf(proofs);
        }

        /** Where nobody counted how files are known to be right. */
        public Figures(
                int assets,
                int copied,
                int duplicates,
                int alreadyBackedUp,
                int failed,
                int readTwice,
                int damaged,
                long bytesCopied,
                Duration transfer) {
            this(
                    assets,
                    copied,
                    duplicates,
                    alreadyBackedUp,
                    failed,
                    readTwice,
                    damaged,
                    bytesCopied,
                    transfer,
                    Map.of());
        }

        /** Of the duplicates, those that were not read. */
        public int knownByFingerprint() {
            return proofs.getOrDefault(Proof.CLAIMED, 0);
        }
    }

    /**
     * What is told by name, each at most {@link #MOST_NAMES} times.
     *
     * @param verify how far the way of the bytes was mistrusted: {@code auto}, {@code disk}, {@code device}
     * @param failures what could not be backed up, or is damaged, and was not merely not reached
     * @param healed what came right only when it was read again
     * @param warnings lines for people
     * @param folders how many files came into which folder
     * @param notSafe what is not safe, though nothing failed
     * @param omitted what of the source was not taken; empty where nobody counted it, as earlier versions did not
     */
    public record Details(
            Optional<String> verify,
            List<Item> failures,
            List<Item> healed,
            List<String> warnings,
            Map<String, Integer> folders,
            UnsafeFiles notSafe,
            Optional<Omitted> omitted) {
        public static final Details NONE =
                new Details(Optional.empty(), List.of(), List.of(), List.of(), new TreeMap<>());

        public Details {
            failures = first(failures);
            healed = first(healed);
            warnings = first(warnings);
            folders = Map.copyOf(folders);
        }

        /** Where everything that did not fail is safe. */
        public Details(
                Optional<String> verify,
                List<Item> failures,
                List<Item> healed,
                List<String> warnings,
                Map<String, Integer> folders) {
            this(verify, failures, healed, warnings, folders, UnsafeFiles.NOTHING, Optional.empty());
        }

        Details withWarnings(List<String> lines) {
            return new Details(verify, failures, healed, lines, folders, notSafe, omitted);
        }

        private static <T> List<T> first(List<T> all) {
            return all.stream().limit(MOST_NAMES).toList();
        }
    }

    /**
     * A file with what was wrong with it.
     *
     * @param path on the source, or in the backup where that is damaged
     * @param reason one of the words that docs/json.md lists
     * @param message what happened and what to do
     */
    public record Item(String path, String reason, String message) {}

    /**
     * The last run first. One that is dated in the future was made while the clock was wrong; when, nobody knows, so it must
     * not stay the latest until then, and comes last.
     */
    public static Comparator<RunRecord> latestFirst(Instant now) {
        return Comparator.comparing((RunRecord run) -> run.isAfter(now))
                .thenComparing(RunRecord::started, Comparator.reverseOrder());
    }

    /** Whether the clock must have been wrong; a day is left for those that are set by hand. */
    public boolean isAfter(Instant now) {
        return started.isAfter(now.plus(1, ChronoUnit.DAYS));
    }

    /** How the run ended, as far as that is known. */
    public Optional<RunEnding> how() {
        return ending.map(Ending::how);
    }

    private boolean isEndedBy(RunEnding how) {
        return how().filter(how::equals).isPresent();
    }

    /** Whether everything that was to be backed up is, whatever came of the person's own command afterwards. */
    public boolean isGood() {
        return isEndedBy(RunEnding.DONE) || isAfterHookFailed();
    }

    /**
     * Whether the backup has everything that the source could give, though some of it may not be whole on the source itself:
     * such a file stays, and must not make a backup look old that is made every day.
     */
    public boolean isComplete() {
        return isGood()
                || (isEndedBy(RunEnding.INCOMPLETE)
                        && left() == 0
                        && details.notSafe().files() > 0);
    }

    /**
     * How much a person has to see to before the backup has all that the source could give: what failed, what may not be
     * read, and the source itself where archives in it may hold photos that nobody can find.
     */
    public int left() {
        long denied = details.notSafe().named().stream()
                .filter(item -> item.reason().equals(UnsafeFiles.DENIED))
                .count();
        boolean mayHoldMore = details.omitted().stream()
                .flatMap(omitted -> omitted.passedOver().keySet().stream())
                .anyMatch(PassedOver.Kind::mayHoldPhotos);
        return figures.map(Figures::failed).orElse(0) + (int) denied + (mayHoldMore ? 1 : 0);
    }

    /** Whether the backup is complete and the person's own command behind it, such as a copy elsewhere, is not. */
    public boolean isAfterHookFailed() {
        return isEndedBy(RunEnding.AFTER_HOOK_FAILED);
    }

    /**
     * The same run, whose command of {@code run-after} or {@code run-after-fail} failed.
     *
     * @param why in a line for people
     */
    public RunRecord withFailedHook(String why) {
        List<String> warnings =
                Stream.concat(Stream.of(why), details.warnings().stream()).toList();
        return new RunRecord(
                id,
                kind,
                source,
                destination,
                shoebox,
                scheduled,
                started,
                ending.map(end -> isGood() ? new Ending(end.at(), RunEnding.AFTER_HOOK_FAILED, Optional.of(why)) : end),
                figures,
                details.withWarnings(warnings));
    }

    /** The same run, of which is known now how it ended. */
    public RunRecord ended(Ending end) {
        return new RunRecord(
                id, kind, source, destination, shoebox, scheduled, started, Optional.of(end), figures, details);
    }
}
