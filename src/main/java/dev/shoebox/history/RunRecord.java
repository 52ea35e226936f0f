package dev.shoebox.history;

import dev.shoebox.photos.source.SourceId;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The record of one run: everything a person may want to know about it later.
 *
 * @param source empty if the run ended before it found one
 * @param shoebox the id of the destination, if known
 * @param ending empty while the run is in progress, and permanently if the computer or the process died first
 * @param did empty if the run ended before it did anything
 */
public record RunRecord(
        Start start,
        Optional<SourceId> source,
        Optional<String> shoebox,
        Optional<Ending> ending,
        Optional<RunResult> did,
        Notes notes) {
    private static final DateTimeFormatter COUNTED =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'-'journal'").withZone(ZoneOffset.UTC);

    /** The command that ran. */
    public enum Kind {
        BACKUP,
        VERIFY,
        /** A backup of files other than photos. It does not affect the age of the photos' backup. */
        FILES
    }

    /**
     * What is known when a run starts.
     *
     * @param id unique; sorts by start time
     * @param destination the folder as it was given
     * @param scheduled whether the run was unattended
     */
    public record Start(String id, Kind kind, String destination, boolean scheduled, Instant at) {}

    /**
     * The end of a run.
     *
     * @param message one line for people on why it ended early
     * @param followUps the tasks after the run, in order
     */
    public record Ending(Instant at, RunEnding how, Optional<String> message, List<FollowUp> followUps) {
        public Ending {
            followUps = List.copyOf(followUps);
        }

        /** Creates an ending without follow-up tasks. */
        public Ending(Instant at, RunEnding how, Optional<String> message) {
            this(at, how, message, List.of());
        }
    }

    /**
     * Observations during a run.
     *
     * @param verify how copies were verified: {@code auto}, {@code disk}, {@code phone}, {@code device}
     * @param warnings lines for people, at most {@link RunResult#MOST_NAMES}
     * @param folders the number of new files, by folder
     * @param removable what could be deleted from the phone at that time
     */
    public record Notes(
            Optional<String> verify, List<String> warnings, Map<String, Integer> folders, Removable removable) {
        public static final Notes NONE = new Notes(Optional.empty(), List.of(), Map.of());

        /** Creates notes without knowing what could be deleted. */
        public Notes(Optional<String> verify, List<String> warnings, Map<String, Integer> folders) {
            this(verify, warnings, folders, Removable.UNKNOWN);
        }

        public Notes {
            warnings = warnings.stream().limit(RunResult.MOST_NAMES).toList();
            folders = Map.copyOf(folders);
        }
    }

    /**
     * The photos and videos on a phone that could be deleted, because the backup has verified copies.
     *
     * @param bytes the size of all their files
     */
    public record Removable(long photosAndVideos, long bytes) {
        /** Stands for an unknown number. */
        public static final Removable UNKNOWN = new Removable(-1, 0);

        public boolean isKnown() {
            return photosAndVideos >= 0;
        }
    }

    /** Creates the record of a run that starts. */
    public RunRecord(Start start) {
        this(start, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Notes.NONE);
    }

    /**
     * Reconstructs the record of a backup from the journal, because its own record was dropped or it is older than
     * records.
     */
    public static RunRecord counted(SourceId source, Instant started, Ending ending, RunResult result) {
        Kind kind = source.isOfFiles() ? Kind.FILES : Kind.BACKUP;
        return new RunRecord(new Start(COUNTED.format(started), kind, "", false, started))
                .of(source)
                .endedWith(ending)
                .withResult(result);
    }

    public String id() {
        return start.id();
    }

    public Kind kind() {
        return start.kind();
    }

    /** Returns the folder as it was given. */
    public String destination() {
        return start.destination();
    }

    /** Returns whether the run was unattended. */
    public boolean scheduled() {
        return start.scheduled();
    }

    public Instant started() {
        return start.at();
    }

    /** Returns when it ended, or when it started if that is unknown. */
    public Instant ended() {
        return ending.map(Ending::at).orElse(start.at());
    }

    /** Returns what it did; an empty result if it ended before it did anything. */
    public RunResult result() {
        return did.orElse(RunResult.NOTHING);
    }

    /**
     * Sorts the latest run first. Runs dated in the future come last: the clock was wrong, and their real time is
     * unknown.
     */
    public static Comparator<RunRecord> latestFirst(Instant now) {
        return Comparator.comparing((RunRecord run) -> run.isAfter(now))
                .thenComparing(RunRecord::started, Comparator.reverseOrder());
    }

    /** Returns whether it is dated in the future. Allows a day for clocks that are set by hand. */
    public boolean isAfter(Instant now) {
        return started().isAfter(now.plus(1, ChronoUnit.DAYS));
    }

    /** Returns how the run ended, if known. */
    public Optional<RunEnding> how() {
        return ending.map(Ending::how);
    }

    /** Returns one line for people on why it ended early. */
    public Optional<String> message() {
        return ending.flatMap(Ending::message);
    }

    private boolean isEndedBy(RunEnding how) {
        return how().filter(how::equals).isPresent();
    }

    /** Returns whether the backup is complete, regardless of tasks that follow it. */
    public boolean isGood() {
        return isEndedBy(RunEnding.DONE) || isAfterHookFailed();
    }

    /**
     * Returns whether the backup has everything that the source could provide, even if some of it is broken on the
     * source itself. Such a file stays broken, and must not make a daily backup look old.
     */
    public boolean isComplete() {
        return isGood()
                || (isEndedBy(RunEnding.INCOMPLETE)
                        && left() == 0
                        && result().notSafe().files() > 0);
    }

    /**
     * Counts what prevents the backup from having everything that the source could provide: failures, unreadable files,
     * and archives in the source in which photos may be hidden.
     */
    public int left() {
        long denied = result().notSafe().named().stream()
                .filter(item -> item.reason().equals(UnsafeFiles.DENIED))
                .count();
        return result().counts().failed() + (int) denied + (result().mayHoldMore() ? 1 : 0);
    }

    /** Returns whether the backup is complete, but a second copy or the user's command after it failed. */
    public boolean isAfterHookFailed() {
        return isEndedBy(RunEnding.AFTER_HOOK_FAILED);
    }

    /** Returns the tasks after the run, in order; empty for records of earlier versions. */
    public List<FollowUp> followUps() {
        return ending.map(Ending::followUps).orElse(List.of());
    }

    /**
     * Returns why copies of this backup failed although the backup itself is complete: second copies, or the command
     * that makes one elsewhere. Independent of the exit code, which describes the backup first.
     */
    public List<String> failedCopies() {
        List<String> failed = followUps().stream()
                .filter(each -> each.isFailed() && !each.subject().equals(FollowUp.RUN_AFTER_FAIL))
                .map(FollowUp::message)
                .toList();
        return failed.isEmpty() && isAfterHookFailed() ? message().stream().toList() : failed;
    }

    /** Returns this record with further follow-up tasks. */
    public RunRecord followedBy(List<FollowUp> more) {
        if (ending.isEmpty()) {
            return this;
        }
        List<FollowUp> all = Stream.concat(followUps().stream(), more.stream()).toList();
        List<String> failed =
                more.stream().filter(FollowUp::isFailed).map(FollowUp::message).toList();
        List<String> warnings =
                Stream.concat(failed.stream(), notes.warnings().stream()).toList();
        Ending end = ending.get();
        Ending followed = isGood() && !failed.isEmpty()
                ? new Ending(end.at(), RunEnding.AFTER_HOOK_FAILED, Optional.of(String.join(" ", failed)), all)
                : new Ending(end.at(), end.how(), end.message(), all);
        return withNotes(new Notes(notes.verify(), warnings, notes.folders(), notes.removable()))
                .endedWith(followed);
    }

    /** Returns this record with an ending. */
    public RunRecord endedWith(Ending end) {
        return new RunRecord(start, source, shoebox, Optional.of(end), did, notes);
    }

    /**
     * Returns this record with an opened destination.
     *
     * @param id the id of the destination
     */
    public RunRecord in(String id) {
        return new RunRecord(start, source, Optional.of(id), ending, did, notes);
    }

    /** Returns this record with a source. */
    public RunRecord of(SourceId from) {
        return new RunRecord(start, Optional.of(from), shoebox, ending, did, notes);
    }

    /** Returns this record with a result. */
    public RunRecord withResult(RunResult result) {
        return new RunRecord(start, source, shoebox, ending, Optional.of(result), notes);
    }

    /** Returns this record with what could be deleted afterwards. */
    public RunRecord withRemovable(Removable found) {
        return withNotes(new Notes(notes.verify(), notes.warnings(), notes.folders(), found));
    }

    /** Returns this record with notes. */
    public RunRecord withNotes(Notes noted) {
        return new RunRecord(start, source, shoebox, ending, did, noted);
    }

    /** Returns this record with another spelling of the destination. */
    public RunRecord at(String destination) {
        return new RunRecord(
                new Start(id(), kind(), destination, scheduled(), started()), source, shoebox, ending, did, notes);
    }
}
