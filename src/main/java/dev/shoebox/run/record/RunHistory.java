package dev.shoebox.run.record;

import dev.shoebox.config.ConfigurationException;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.run.RunRecords;
import dev.shoebox.history.Alarm;
import dev.shoebox.history.FollowUp;
import dev.shoebox.history.RecordName;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunRecordJson;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.system.PrivateFolder;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Sees to it that every run leaves a record on this computer and in the backup, however it ends. What keeps it from doing
 * so on this computer is said, and changes nothing about the run.
 */
public final class RunHistory {
    /** Below the folder where Shoebox remembers what it did. */
    public static final String FOLDER = "runs";

    private static final int MOST_IN_VAIN = 100;

    /** Endings at which the backup is not there, not ours, in other hands or without room. */
    private static final Set<RunEnding> OUT_OF_REACH = EnumSet.of(
            RunEnding.BAD_USAGE,
            RunEnding.NOT_A_SHOEBOX,
            RunEnding.DESTINATION_IN_USE,
            RunEnding.DESTINATION_FULL,
            RunEnding.DESTINATION_LOST,
            RunEnding.HOOK_FAILED,
            RunEnding.NOTHING_TO_DO_NOW);

    private static final Inside NOWHERE = (name, run) -> {};

    private final RunListener listener;
    private final InstantSource clock;
    private final Path state;
    private final Alarms alarms;
    private final Predicate<Throwable> misuse;

    /**
     * @param state where Shoebox remembers what it did; need not be there
     * @param misuse tells failures that mean that no run took place, since what was asked for makes no sense
     */
    public RunHistory(
            RunListener listener, InstantSource clock, Path state, Alarms alarms, Predicate<Throwable> misuse) {
        this.listener = listener;
        this.clock = clock;
        this.state = state;
        this.alarms = alarms;
        this.misuse = misuse;
    }

    /** What a run does. */
    public interface Work {
        RunEnding run() throws IOException;
    }

    /**
     * Runs the work and keeps the record of it on this computer; in the backup, where the work did not do so itself.
     *
     * @param after receives the record, whatever came of the work, and says what became of what it did then
     */
    public RunEnding of(RunRecorder recorder, Path root, Work work, Function<RunRecord, List<FollowUp>> after)
            throws IOException {
        requireOwnState();
        begin(recorder.record());
        listener.note(recorder.record().id() + " begins: " + root);
        RunEnding how;
        try {
            how = work.run();
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError failure) {
            if (misuse.test(failure)) {
                forget(recorder.record());
            } else {
                RunRecord run = end(recorder, root, Failures.ending(failure), Optional.of(Failures.words(failure)));
                after(recorder, root, run, after);
            }
            throw failure;
        }
        return after(recorder, root, end(recorder, root, how, Optional.empty()), after)
                .how()
                .orElse(how);
    }

    /** What failed after the run is part of what is remembered of it: a copy elsewhere may fail for a year unseen. */
    private RunRecord after(RunRecorder recorder, Path root, RunRecord run, Function<RunRecord, List<FollowUp>> after)
            throws DestinationException {
        List<FollowUp> followUps = after.apply(run);
        RunRecord whole = run.followedBy(followUps).withRemovable(recorder.removable());
        List<String> failed = followUps.stream()
                .filter(FollowUp::isFailed)
                .map(FollowUp::message)
                .toList();
        failed.forEach(listener::warn);
        if (!whole.equals(run)) {
            // Only what failed is worth opening the backup once more.
            keep(whole, RecordName.followed(whole), RecordName.ended(run), failed.isEmpty() ? NOWHERE : reopened(root));
        }
        listener.note(
                whole.id() + " ends: exit code " + whole.how().orElseThrow().number());
        if (whole.scheduled()) {
            // What waits for the next backup must not take a verification for it; that photos are damaged is a failure.
            if (whole.kind() == RunRecord.Kind.BACKUP || !whole.isGood()) {
                alarms.ended(whole);
            }
            alarms.after(whole, recorder.alarmAfter(), recorder.wanted());
        }
        return whole;
    }

    /**
     * A backup is over, and its destination still open: its record is kept there, in the journal too, and on this computer.
     *
     * @param message why it ended, where that was early
     * @param zone where times were placed that are known only in UTC
     * @throws DestinationException if the journal does not take it, and nothing else had ended the run: that has then
     */
    public void conclude(
            RunRecorder recorder, RunEnding how, Optional<String> message, Destination destination, ZoneId zone)
            throws DestinationException {
        RunRecord run = recorder.conclude(how, message);
        try {
            keep(run, RecordName.ended(run), RecordName.begun(run), (name, record) -> destination
                    .runs()
                    .record(record, zone));
        } catch (DestinationException unrecorded) {
            // A full disk takes no note either: then why the run ended is what the person must hear.
            if (message.isEmpty()) {
                run = recorder.conclude(Failures.ending(unrecorded), Optional.of(Failures.words(unrecorded)));
            }
            keep(run, RecordName.ended(run), RecordName.begun(run), NOWHERE);
            if (message.isEmpty()) {
                throw unrecorded;
            }
        }
    }

    /**
     * Makes the folder where Shoebox remembers what it did.
     *
     * @throws ConfigurationException if others may write there: they could have another drive taken for the one that is
     *     known, or a folder of theirs filled
     */
    public void requireOwnState() throws ConfigurationException {
        ConfigurationException.requireTrusted(state);
        try {
            PrivateFolder.makeIfAbsent(state);
        } catch (IOException | UnsupportedOperationException unwritable) {
            // At the end of the run that is told.
        }
    }

    private void begin(RunRecord run) {
        try {
            records().note(RecordName.begun(run), RunRecordJson.of(run));
        } catch (IOException unwritable) {
            // At the end it is tried again, and told.
        }
    }

    private void forget(RunRecord run) {
        try {
            records().drop(RecordName.begun(run));
        } catch (IOException stays) {
            // It will be shown as a run that did not come to its end, which is true.
        }
    }

    private RunRecord end(RunRecorder recorder, Path root, RunEnding how, Optional<String> message)
            throws DestinationException {
        if (recorder.concluded().isPresent()) {
            return recorder.concluded().get();
        }
        RunRecord run = recorder.conclude(how, message);
        keep(run, RecordName.ended(run), RecordName.begun(run), reopened(root));
        return run;
    }

    /** The place of a record in its backup. */
    private interface Inside {
        void keep(String name, RunRecord run) throws DestinationException;
    }

    /**
     * Keeps a record in the two places where it lives: in its backup and on this computer.
     *
     * @param earlier what the record was called that was kept here of the same run before
     */
    private void keep(RunRecord run, String name, String earlier, Inside inside) throws DestinationException {
        inside.keep(name, run);
        try {
            RunRecords records = records();
            records.keep(name, RunRecordJson.of(run));
            records.drop(earlier);
            for (String inVain : inVain(records)) {
                records.drop(inVain);
            }
        } catch (IOException unwritable) {
            listener.warn("This run could not be recorded on this computer: " + Failures.words(unwritable));
        }
    }

    private Inside reopened(Path root) {
        return (name, run) -> {
            if (OUT_OF_REACH.contains(run.how().orElseThrow())) {
                return;
            }
            try (Destination opened = Destination.open(root, OpenMode.REQUIRE_EXISTING, clock, line -> {})) {
                opened.runs().keep(name, run);
            } catch (IOException unreachable) {
                // There may be no backup yet, or another run in it; this computer remembers.
            }
        };
    }

    /** Runs that found nothing to do come by the dozen, and must not push out those that did something. */
    private static List<String> inVain(RunRecords records) throws IOException {
        return records.names().stream()
                .filter(RecordName::isInVain)
                .skip(MOST_IN_VAIN)
                .toList();
    }

    /** A scheduled run passed its preconditions. */
    public void begins() {
        alarms.begins();
    }

    /** @param ways by which trouble of the run that is to come is told, beside the desktop */
    public void tellBy(List<String> ways) {
        alarms.tellBy(ways);
    }

    /** Tells something that no run ended with, unless it was told within the last week. */
    public void tell(Alarm.Notice notice) {
        alarms.tell(notice);
    }

    /** Tells that this is over, where it was told. */
    public void over(List<Alarm.Notice> notices) {
        alarms.over(notices);
    }

    /**
     * Tells of backups that are missing for too long, of whatever destination.
     *
     * @param wanted which sources should come
     */
    public void tellAbsence(Predicate<SourceId> wanted) {
        alarms.absence(RunRecorder.USUAL_ALARM, wanted);
    }

    private RunRecords records() throws IOException {
        return RunRecords.in(state, FOLDER);
    }
}
