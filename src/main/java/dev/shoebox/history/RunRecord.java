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
 * The record of one run: everything a person may want to know of it later.
 *
 * @param source empty where the run ended before it was known
 * @param shoebox what the destination calls itself, where that is known
 * @param ending empty while the run goes on, and for ever where the computer or the process ended first
 * @param did empty where the run ended before it did anything
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

    /** What was executed. */
    public enum Kind {
        BACKUP,
        VERIFY,
        /** A backup of files that are no photos. It says nothing of how old the backup of the photos is. */
        FILES
    }

    /**
     * What is known of a run when it begins.
     *
     * @param id tells runs apart, and sorts them by their beginning
     * @param destination the folder, as it was named
     * @param scheduled whether nobody watched
     */
    public record Start(String id, Kind kind, String destination, boolean scheduled, Instant at) {}

    /**
     * How it ended.
     *
     * @param message why, in a line for people, where it ended early
     * @param followUps what was to be done behind it, one by one
     */
    public record Ending(Instant at, RunEnding how, Optional<String> message, List<FollowUp> followUps) {
        public Ending {
            followUps = List.copyOf(followUps);
        }

        /** With nothing to be done behind it. */
        public Ending(Instant at, RunEnding how, Optional<String> message) {
            this(at, how, message, List.of());
        }
    }

    /**
     * What came up while it went on.
     *
     * @param verify how each copy was proven: {@code auto}, {@code disk}, {@code phone}, {@code device}
     * @param warnings lines for people, at most {@link RunResult#MOST_NAMES}
     * @param folders how many files came into which folder
     * @param removable what could be deleted on the phone then
     */
    public record Notes(
            Optional<String> verify, List<String> warnings, Map<String, Integer> folders, Removable removable) {
        public static final Notes NONE = new Notes(Optional.empty(), List.of(), Map.of());

        /** Where it is not known what could be deleted. */
        public Notes(Optional<String> verify, List<String> warnings, Map<String, Integer> folders) {
            this(verify, warnings, folders, Removable.UNKNOWN);
        }

        public Notes {
            warnings = warnings.stream().limit(RunResult.MOST_NAMES).toList();
            folders = Map.copyOf(folders);
        }
    }

    /**
     * Photos and videos of a phone that the backup proves, and that could be deleted there.
     *
     * @param bytes of all their files
     */
    public record Removable(long photosAndVideos, long bytes) {
        /** Nothing is said to be removable where nobody found out. */
        public static final Removable UNKNOWN = new Removable(-1, 0);

        public boolean isKnown() {
            return photosAndVideos >= 0;
        }
    }

    /** One that begins. */
    public RunRecord(Start start) {
        this(start, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Notes.NONE);
    }

    /** A backup of which only the journal tells: its own record was dropped, or it is older than records are. */
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

    /** The folder, as it was named. */
    public String destination() {
        return start.destination();
    }

    /** Whether nobody watched. */
    public boolean scheduled() {
        return start.scheduled();
    }

    public Instant started() {
        return start.at();
    }

    /** When it ended; when it began where that is not known. */
    public Instant ended() {
        return ending.map(Ending::at).orElse(start.at());
    }

    /** What it did; nothing where it ended before it did anything. */
    public RunResult result() {
        return did.orElse(RunResult.NOTHING);
    }

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
        return started().isAfter(now.plus(1, ChronoUnit.DAYS));
    }

    /** How the run ended, as far as that is known. */
    public Optional<RunEnding> how() {
        return ending.map(Ending::how);
    }

    /** Why it ended early, in a line for people. */
    public Optional<String> message() {
        return ending.flatMap(Ending::message);
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
                        && result().notSafe().files() > 0);
    }

    /**
     * How much a person has to see to before the backup has all that the source could give: what failed, what may not be
     * read, and the source itself where archives in it may hold photos that nobody can find.
     */
    public int left() {
        long denied = result().notSafe().named().stream()
                .filter(item -> item.reason().equals(UnsafeFiles.DENIED))
                .count();
        return result().counts().failed() + (int) denied + (result().mayHoldMore() ? 1 : 0);
    }

    /** Whether the backup is complete, and a second copy or the person's own command behind it failed. */
    public boolean isAfterHookFailed() {
        return isEndedBy(RunEnding.AFTER_HOOK_FAILED);
    }

    /** What was to be done behind it, one by one; empty also where an earlier version kept the record. */
    public List<FollowUp> followUps() {
        return ending.map(Ending::followUps).orElse(List.of());
    }

    /**
     * Why copies of this backup are not what they should be, though the backup itself is complete: a second copy, or the
     * person's command that makes one elsewhere, failed. Whatever the exit code, which tells of the backup first.
     */
    public List<String> failedCopies() {
        List<String> failed = followUps().stream()
                .filter(each -> each.isFailed() && !each.subject().equals(FollowUp.RUN_AFTER_FAIL))
                .map(FollowUp::message)
                .toList();
        return failed.isEmpty() && isAfterHookFailed() ? message().stream().toList() : failed;
    }

    /** The same run, behind which that was done or failed. */
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

    /** The same run, of which is known now how it ended. */
    public RunRecord endedWith(Ending end) {
        return new RunRecord(start, source, shoebox, Optional.of(end), did, notes);
    }

    /**
     * The same run, of a backup that was opened.
     *
     * @param id what the destination calls itself, where that can be read
     */
    public RunRecord in(Optional<String> id) {
        return new RunRecord(start, source, id, ending, did, notes);
    }

    /** The same run, of that source. */
    public RunRecord of(SourceId from) {
        return new RunRecord(start, Optional.of(from), shoebox, ending, did, notes);
    }

    /** The same run, which did this. */
    public RunRecord withResult(RunResult result) {
        return new RunRecord(start, source, shoebox, ending, Optional.of(result), notes);
    }

    /** The same run, after which that could be deleted on the phone. */
    public RunRecord withRemovable(Removable found) {
        return withNotes(new Notes(notes.verify(), notes.warnings(), notes.folders(), found));
    }

    /** The same run, while which this came up. */
    public RunRecord withNotes(Notes noted) {
        return new RunRecord(start, source, shoebox, ending, did, noted);
    }

    /** The same run, whose destination was named so. */
    public RunRecord at(String destination) {
        return new RunRecord(
                new Start(id(), kind(), destination, scheduled(), started()), source, shoebox, ending, did, notes);
    }
}
