package dev.shoebox.run;

import dev.shoebox.backup.Backup;
import dev.shoebox.backup.plan.PlannedCopy;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.CombinedRun;
import dev.shoebox.history.FollowUp;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.history.RunResult;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.copies.SecondCopies;
import dev.shoebox.run.hook.HookCommands;
import dev.shoebox.run.hook.Hooks;
import dev.shoebox.run.record.Failures;
import dev.shoebox.run.record.RunHistory;
import dev.shoebox.run.record.RunRecorder;
import dev.shoebox.schedule.NothingToDoNow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One backup, however it is started: preconditions, the user's command before it, open, back up, record, the command
 * after it, alarm.
 *
 * <p>A backup started by hand has no preconditions, and the user's command runs first: it may mount the drive. A
 * scheduled backup runs that command only once it is certain that there is something to do.
 */
public final class BackupRun {
    private final HookCommands commands;
    private final Surroundings around;
    private final RunHistory history;
    private final BackupListener listener;
    private final SecondCopies copies;
    private final RunPart part;
    private Runnable onBegun = () -> {};
    private FilesPart files; // or null
    private Previewed previewed; // or null
    private volatile boolean stopping;

    /** Null unless the other files are being backed up. */
    private volatile RunPart second;

    /** @param history stores the record */
    public BackupRun(
            BackupRequest request,
            SourceOpener source,
            Surroundings around,
            RunHistory history,
            BackupListener listener) {
        this.commands = request.hooks();
        this.around = around;
        this.history = history;
        this.listener = listener;
        this.copies = new SecondCopies(
                request.copies(), request.options().layout(), request.opening(), around.clock(), listener);
        this.part = new RunPart(request, source, around, history, listener, copies);
    }

    /**
     * How to back up the other files of an iPhone after its photos.
     *
     * @param opener returns what opens the other files of the iPhone that the photos came from
     */
    public record FilesPart(Backup.Options options, Function<SourceId, SourceOpener> opener, BackupListener listener) {}

    /** Also backs up the other files of the same iPhone, before the steps that follow the run. */
    public BackupRun with(FilesPart part) {
        files = part;
        return this;
    }

    /**
     * What to do once the run does something that must end properly, by {@link #stop}. Until then, it only waits for
     * its turn and looks for its backup.
     */
    public BackupRun onBegun(Runnable work) {
        onBegun = work;
        return this;
    }

    /**
     * Runs a backup that the user started.
     *
     * @param wait how to wait for the phone and its owner
     * @throws IOException if the run ended early, as {@link Failures#ending} explains; the record is stored before
     */
    public RunEnding byHand(Path root, PhoneWait wait) throws IOException {
        onBegun.run();
        Hooks hooks = hooks(root);
        RunRecorder recorder = part.recorder(root);
        RunHistory.Work work = () -> part.stoppable(() -> {
            before(hooks, part.isUnattended());
            copies.requireApart(root);
            return part.byHand(root, wait, recorder);
        });
        return history.of(recorder, root, work, following(root, hooks, wait));
    }

    /** A signal that ends the run may also reach the user's command, or this process alone. */
    private void before(Hooks hooks, boolean isUnattended) throws IOException {
        part.requireGoingOn();
        hooks.before(isUnattended);
        part.requireGoingOn();
    }

    /** Returns the user's commands, once it is certain that the run may have this destination and these commands. */
    private Hooks hooks(Path root) throws IOException {
        part.check(root);
        Hooks hooks = new Hooks(commands, root, listener);
        hooks.requireTrusted();
        return hooks;
    }

    /** @param wait how to wait for the iPhone if its other files are wanted, too */
    private RunHistory.Following following(Path root, Hooks hooks, PhoneWait wait) {
        return new RunHistory.Following() {
            @Override
            public Optional<RunHistory.Part> files(RunRecord photos) {
                return files == null || photos.how().orElseThrow() == RunEnding.INTERRUPTED
                        ? Optional.empty()
                        : Optional.of(secondPart(photos, root, wait));
            }

            /** Second copies precede the user's command, which may copy one of them elsewhere or unmount a drive. */
            @Override
            public List<FollowUp> after(CombinedRun run) {
                List<FollowUp> copied = copies.after(run, root);
                CombinedRun all = run.with(run.first().followedBy(copied));
                return Stream.concat(copied.stream(), hooks.after(all).stream()).toList();
            }
        };
    }

    private RunHistory.Part secondPart(RunRecord photos, Path root, PhoneWait wait) {
        RunPart others = part.ofFiles(files, OpenMode.REQUIRE_EXISTING);
        second = others;
        if (stopping) {
            others.stop();
        }
        RunRecorder recorder = others.recorder(root);
        RunHistory.Part ended = history.part(recorder, root, () -> others.continued(root, wait, recorder));
        ended.failure().ifPresent(failure -> {
            RunResult.Counts counts = ended.run().result().counts();
            boolean isNone = counts.copied() + counts.duplicates() + counts.alreadyBackedUp() == 0;
            // A failure that the command ends with is reported at its end.
            listener.warn((isNone ? "The other files were not backed up" : "Not all other files were backed up")
                    + (photos.isGood() ? "." : ": " + Failures.words(failure)));
        });
        return ended;
    }

    /**
     * Runs a backup that a scheduler started. It ends with {@link RunEnding#NOTHING_TO_DO_NOW} if it is not possible
     * now.
     *
     * @throws IOException as {@link #byHand} does
     */
    public RunEnding scheduled(BackupConditions conditions, BackupProfiles profiles) throws IOException {
        try (Preconditions preconditions = new Preconditions(conditions, profiles, around, listener)) {
            Path root;
            try {
                root = preconditions.destination();
            } catch (NothingToDoNow notNow) {
                return inVain(preconditions.named(), notNow);
            }
            return scheduled(root, preconditions);
        }
    }

    private RunEnding scheduled(Path root, Preconditions preconditions) throws IOException {
        onBegun.run();
        Hooks hooks = hooks(root);
        RunRecorder recorder = part.recorder(root);
        RunHistory.Work work = () -> part.stoppable(() -> {
            copies.requireApart(root);
            RunPart.Gate gate = from -> {
                preconditions.requireReady(from);
                history.begins(recorder);
                before(hooks, true);
            };
            return part.scheduled(root, preconditions.asking(), gate, recorder);
        });
        return history.of(
                recorder, root, () -> Preconditions.through(work::run), following(root, hooks, preconditions.asking()));
    }

    /** Returns what {@link #byHand} would copy. Writes nothing, runs no command, and stores no record. */
    public List<PlannedCopy> preview(Path root, PhoneWait wait) throws IOException {
        previewed = new Previewed(root, wait);
        return part.preview(root, wait, from -> {});
    }

    /**
     * Returns what {@link #scheduled} would copy now; as {@link #preview(Path, PhoneWait)}, after its preconditions.
     */
    public List<PlannedCopy> previewScheduled(BackupConditions conditions, BackupProfiles profiles) throws IOException {
        try (Preconditions preconditions = new Preconditions(conditions, profiles, around, listener)) {
            Path root = preconditions.destination();
            previewed = new Previewed(root, preconditions.asking());
            return Preconditions.through(() -> part.preview(root, preconditions.asking(), preconditions::requireReady));
        }
    }

    /**
     * Returns what {@link #byHand} and {@link #scheduled} would copy of the other files. Must follow the preview of the
     * photos, whose preconditions hold for both.
     */
    public List<PlannedCopy> previewFiles() throws IOException {
        return part.ofFiles(files, part.opening()).preview(previewed.root(), previewed.patience(), from -> {});
    }

    /** The arguments of a preview. */
    private record Previewed(Path root, PhoneWait patience) {}

    /** Ends the run once the current files are safe. May be called from any thread at any time. */
    public void stop() {
        stopping = true;
        copies.stop();
        part.stop();
        RunPart others = second;
        if (others != null) {
            others.stop();
        }
    }

    /** Records a run that found no backup at its destination, so that the user can find out later. */
    private RunEnding inVain(Path named, NothingToDoNow why) throws IOException {
        RunHistory.Work none = () -> {
            throw why;
        };
        return history.of(part.recorder(named), named, none, RunHistory.Following.NOTHING);
    }
}
