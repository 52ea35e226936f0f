package dev.shoebox.run.record;

import dev.shoebox.config.ConfigurationException;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.run.RunRecords;
import dev.shoebox.history.Alarm;
import dev.shoebox.history.CombinedRun;
import dev.shoebox.history.FollowUp;
import dev.shoebox.history.RecordName;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunRecordJson;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.system.access.PrivateFolder;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Stores a record of every run on this computer and in the backup, however the run ends. If the record cannot be stored
 * on this computer, that is reported and does not affect the run.
 */
public final class RunHistory {
    /** The folder of the records inside the state folder. */
    public static final String FOLDER = "runs";

    private static final int MOST_IN_VAIN = 100;

    /** Endings with which the backup cannot be written: it is absent, not ours, in use or full. */
    private static final Set<RunEnding> OUT_OF_REACH = EnumSet.of(
            RunEnding.BAD_USAGE,
            RunEnding.NOT_A_SHOEBOX,
            RunEnding.DESTINATION_IN_USE,
            RunEnding.DESTINATION_FULL,
            RunEnding.DESTINATION_LOST,
            RunEnding.HOOK_FAILED,
            RunEnding.NOTHING_TO_DO_NOW);

    private final RunListener listener;
    private final InstantSource clock;
    private final Path state;
    private final Alarms alarms;
    private final Predicate<Throwable> misuse;

    /**
     * @param state the state folder of Shoebox; need not exist
     * @param misuse whether a failure means that no run took place, because the command was wrong
     */
    public RunHistory(
            RunListener listener, InstantSource clock, Path state, Alarms alarms, Predicate<Throwable> misuse) {
        this.listener = listener;
        this.clock = clock;
        this.state = state;
        this.alarms = alarms;
        this.misuse = misuse;
    }

    /** The work of a run. */
    public interface Work {
        RunEnding run() throws IOException;
    }

    /** What follows a run. */
    public interface Following {
        /** Nothing. */
        Following NOTHING = run -> List.of();

        /**
         * Backs up the other files in {@link #part}, if they are wanted. Not called if the run threw an exception.
         *
         * @param photos the record of the run
         */
        default Optional<Part> files(RunRecord photos) {
            return Optional.empty();
        }

        /** Takes the steps that follow, whatever the result, and returns their results. */
        List<FollowUp> after(CombinedRun run);
    }

    /**
     * The second part of a run.
     *
     * @param wanted the sources that it may have been for
     * @param failure what ended it early
     */
    public record Part(RunRecord run, Predicate<SourceId> wanted, Optional<Throwable> failure) {}

    /**
     * Runs the work and stores its record on this computer, and also in the backup unless the work did so itself.
     *
     * @return how everything ended
     * @throws IOException if the work failed, or its second part if that decides how everything ended
     */
    public RunEnding of(RunRecorder recorder, Path root, Work work, Following following) throws IOException {
        requireOwnState();
        begin(recorder, root);
        RunEnding how;
        try {
            how = work.run();
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError failure) {
            if (misuse.test(failure)) {
                forget(recorder.record());
            } else {
                RunRecord run = end(recorder, root, () -> recorder.conclude(failure));
                after(recorder, root, new CombinedRun(run), following);
            }
            throw failure;
        }
        RunRecord run = end(recorder, root, () -> recorder.conclude(how));
        Optional<Part> files = following.files(run);
        CombinedRun all = after(recorder, root, new CombinedRun(run, files.map(Part::run)), following);
        if (files.isPresent()) {
            Part second = files.get();
            if (run.scheduled()) {
                alarms.after(second.run(), recorder.alarmAfter(), second.wanted());
            }
            if (run.isGood() && second.failure().isPresent()) {
                throwAgain(second.failure().get());
            }
        }
        return all.how();
    }

    private static void throwAgain(Throwable failure) throws IOException {
        if (failure instanceof IOException expected) {
            throw expected;
        }
        if (failure instanceof RuntimeException defect) {
            throw defect;
        }
        throw (Error) failure;
    }

    /**
     * Runs the second part of a run, and stores its record as {@link #of} does. Throws no failure: the steps that
     * follow the run are still to come.
     */
    public Part part(RunRecorder recorder, Path root, Work work) {
        begin(recorder, root);
        Part part;
        try {
            RunEnding how = work.run();
            part = new Part(end(recorder, root, () -> recorder.conclude(how)), recorder.wanted(), Optional.empty());
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError failure) {
            part = new Part(
                    end(recorder, root, () -> recorder.conclude(failure)), recorder.wanted(), Optional.of(failure));
        }
        noteEnd(part.run());
        return part;
    }

    /**
     * Runs the steps after the run. Their failures are part of the record: otherwise a second copy could fail unnoticed
     * for a year.
     */
    private CombinedRun after(RunRecorder recorder, Path root, CombinedRun all, Following following) {
        List<FollowUp> followUps = following.after(all);
        RunRecord run = all.first();
        RunRecord whole = run.followedBy(followUps).withRemovable(recorder.removable());
        List<String> failed = followUps.stream()
                .filter(FollowUp::isFailed)
                .map(FollowUp::message)
                .toList();
        failed.forEach(listener::warn);
        if (!followUps.isEmpty() || recorder.removable().isKnown()) {
            if (!failed.isEmpty()) {
                // Only a failure is worth opening the backup once more.
                keepInBackup(whole, RecordName.followed(whole), root);
            }
            keep(whole, RecordName.followed(whole), RecordName.ended(run));
        }
        noteEnd(whole);
        CombinedRun ended = all.with(whole);
        if (whole.scheduled()) {
            // A service that waits for the next backup must not mistake a verification for one, but damaged photos are
            // a failure.
            if (whole.kind() == RunRecord.Kind.BACKUP || !whole.isGood()) {
                alarms.ended(ended.decisive());
            }
            alarms.after(whole, recorder.alarmAfter(), recorder.wanted());
        }
        return ended;
    }

    private void noteEnd(RunRecord run) {
        listener.note(run.id() + " ends: exit code " + run.how().orElseThrow().number());
    }

    /**
     * Stores the record of a backup whose destination is still open: in its journal and folder of records, and on this
     * computer.
     *
     * @param zone the time zone for times that are known only in UTC
     * @throws DestinationException if the journal cannot be written
     */
    public void conclude(RunRecorder recorder, RunEnding how, Destination destination, ZoneId zone)
            throws DestinationException {
        try {
            RunRecord run = recorder.conclude(how);
            destination.runs().record(run, zone);
            keepEnd(run);
        } catch (DestinationException unrecorded) {
            keepEnd(recorder.conclude(unrecorded));
            throw unrecorded;
        }
    }

    /**
     * Stores the record of a backup that ended early, as {@link #conclude(RunRecorder, RunEnding, Destination, ZoneId)}
     * does.
     *
     * @param why the run ended
     */
    public void conclude(RunRecorder recorder, RunEnding how, String why, Destination destination, ZoneId zone) {
        RunRecord run = recorder.conclude(how, why);
        try {
            destination.runs().record(run, zone);
        } catch (DestinationException unrecorded) {
            // A full disk cannot store the record either; report why the run ended instead.
        }
        keepEnd(run);
    }

    /**
     * Creates the state folder.
     *
     * @throws ConfigurationException if other users may write there: they could substitute another drive, or have a
     *     folder of theirs filled
     */
    public void requireOwnState() throws ConfigurationException {
        ConfigurationException.requireTrusted(state);
        try {
            PrivateFolder.makeIfAbsent(state);
        } catch (IOException | UnsupportedOperationException unwritable) {
            // Reported at the end of the run.
        }
    }

    private void begin(RunRecorder recorder, Path root) {
        RunRecord run = recorder.record();
        try {
            records().note(RecordName.begun(run), RunRecordJson.of(run));
        } catch (IOException unwritable) {
            // Tried again and reported at the end.
        }
        listener.note(run.id() + " begins: " + root);
    }

    private void forget(RunRecord run) {
        try {
            records().drop(RecordName.begun(run));
        } catch (IOException stays) {
            // The run will be shown as one that did not end, which is true.
        }
    }

    private RunRecord end(RunRecorder recorder, Path root, Supplier<RunRecord> conclude) {
        if (recorder.concluded().isPresent()) {
            return recorder.concluded().get();
        }
        RunRecord run = conclude.get();
        keepInBackup(run, RecordName.ended(run), root);
        keepEnd(run);
        return run;
    }

    /** Stores the record of a run that has ended, in place of that of its beginning. */
    private void keepEnd(RunRecord run) {
        keep(run, RecordName.ended(run), RecordName.begun(run));
    }

    /**
     * Stores a record on this computer.
     *
     * @param earlier the name of an earlier record of the same run
     */
    private void keep(RunRecord run, String name, String earlier) {
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

    /** Stores a record in a backup that is closed. */
    private void keepInBackup(RunRecord run, String name, Path root) {
        if (OUT_OF_REACH.contains(run.how().orElseThrow())) {
            return;
        }
        try (Destination opened = Destination.open(root, OpenMode.REQUIRE_EXISTING, clock, line -> {})) {
            opened.runs().keep(name, run);
        } catch (IOException unreachable) {
            // There may be no backup yet, or another run uses it; this computer has the record.
        }
    }

    /**
     * Returns surplus records of runs that had nothing to do. There are many of them, and they must not displace runs
     * that did something.
     */
    private static List<String> inVain(RunRecords records) throws IOException {
        return records.names().stream()
                .filter(RecordName::isInVain)
                .skip(MOST_IN_VAIN)
                .toList();
    }

    /** Called when a scheduled run has passed its preconditions. */
    public void begins(RunRecorder recorder) {
        // A service that hears of this beginning must hear of the end, too.
        if (recorder.record().kind() == RunRecord.Kind.BACKUP) {
            alarms.begins();
        }
    }

    /** @param ways the channels of the next run, in addition to the desktop */
    public void tellBy(List<String> ways) {
        alarms.tellBy(ways);
    }

    /** Raises an alarm that does not depend on the end of a run, unless it was raised within the last week. */
    public void tell(Alarm.Notice notice) {
        alarms.tell(notice);
    }

    /** Reports that alarms are over, if they were raised. */
    public void over(List<Alarm.Notice> notices) {
        alarms.over(notices);
    }

    /**
     * Raises alarms for backups that are missing for too long, in any destination.
     *
     * @param wanted the sources that should be backed up
     */
    public void tellAbsence(Predicate<SourceId> wanted) {
        alarms.absence(RunRecorder.USUAL_ALARM, wanted);
    }

    private RunRecords records() throws IOException {
        return RunRecords.in(state, FOLDER);
    }
}
