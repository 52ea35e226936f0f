package dev.shoebox.run;

import dev.shoebox.backup.Backup;
import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.plan.LibrarySource;
import dev.shoebox.backup.plan.PlannedCopy;
import dev.shoebox.coverage.SafeToRemove;
import dev.shoebox.coverage.icloud.Diagnosis;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.history.FollowUp;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.hook.Hooks;
import dev.shoebox.run.record.Failures;
import dev.shoebox.run.record.RunHistory;
import dev.shoebox.run.record.RunRecorder;
import dev.shoebox.schedule.NothingToDoNow;
import dev.shoebox.text.PrintableText;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One backup, however it is started: preconditions, the user's command before it, open, back up, record, the command
 * after it, alarm.
 *
 * <p>A backup started by hand has no preconditions, and the user's command runs first: it may mount the drive. A
 * scheduled backup runs that command only once it is certain that there is something to do.
 */
public final class BackupRun {
    private final BackupRequest request;
    private final SourceOpener source;
    private final Surroundings around;
    private final RunHistory history;
    private final BackupListener listener;
    private final SecondCopies copies;
    private volatile boolean stopping;

    /** Null unless a backup is running that can be stopped. */
    private volatile Backup running;

    /** @param history stores the record */
    public BackupRun(
            BackupRequest request,
            SourceOpener source,
            Surroundings around,
            RunHistory history,
            BackupListener listener) {
        this.request = request;
        this.source = source;
        this.around = around;
        this.history = history;
        this.listener = listener;
        this.copies = new SecondCopies(request, around.clock(), listener);
    }

    /**
     * Runs a backup that the user started.
     *
     * @param wait how to wait for the phone and its owner
     * @throws IOException if the run ended early, as {@link Failures#ending} explains; the record is stored before
     */
    public RunEnding byHand(Path root, PhoneWait wait) throws IOException {
        source.check(root);
        Hooks hooks = new Hooks(request.hooks(), listener);
        hooks.requireTrusted();
        RunRecorder recorder = recorder(root);
        RunHistory.Work work = () -> {
            hooks.before(root, isUnattended());
            copies.requireApart(root);
            boolean isNew = isNew(root);
            if (source.isPhone()) {
                AheadOfPhone.begin(isNew);
            }
            try (MediaSource from = checked(isNew, source.open(wait)).listingAhead();
                    Destination to = Destination.open(
                            root, request.opening(), request.isShared(), around.clock(), listener::say)) {
                return backUp(from, to, recorder);
            }
        };
        return history.of(recorder, root, work, run -> after(run, root, hooks));
    }

    /**
     * Runs the steps after a backup. Second copies precede the user's command, which may copy one of them elsewhere or
     * unmount a drive.
     */
    private List<FollowUp> after(RunRecord run, Path root, Hooks hooks) {
        List<FollowUp> copied = copies.after(run, root);
        return Stream.concat(copied.stream(), hooks.after(run.followedBy(copied)).stream())
                .toList();
    }

    /**
     * Runs a backup that a scheduler started. It ends with {@link RunEnding#NOTHING_TO_DO_NOW} if it is not possible
     * now.
     *
     * @param said the folder, if it was given and not taken from the configuration
     * @throws IOException as {@link #byHand} does
     */
    public RunEnding scheduled(BackupConditions conditions, BackupProfiles profiles, Optional<Path> said)
            throws IOException {
        try (Preconditions preconditions = new Preconditions(conditions, profiles, around, listener)) {
            Path root;
            try {
                root = preconditions.destination(said);
            } catch (NothingToDoNow notNow) {
                return inVain(preconditions.named(said), notNow);
            }
            source.check(root);
            Hooks hooks = new Hooks(request.hooks(), listener);
            hooks.requireTrusted();
            RunRecorder recorder = recorder(root);
            RunHistory.Work work = () -> {
                copies.requireApart(root);
                try (MediaSource from = checked(isNew(root), source.open(preconditions.asking()))) {
                    preconditions.requireReady(from.id(), root);
                    history.begins(recorder);
                    hooks.before(root, true);
                    try (Destination to = Destination.open(
                            root, request.opening(), request.isShared(), around.clock(), listener::say)) {
                        return backUp(from, to, recorder);
                    }
                }
            };
            return history.of(recorder, root, () -> preconditions.through(work::run), run -> after(run, root, hooks));
        }
    }

    /** Returns what {@link #byHand} would copy. Writes nothing, runs no command, and stores no record. */
    public List<PlannedCopy> preview(Path root, PhoneWait wait) throws IOException {
        return preview(root, wait, from -> {});
    }

    /**
     * Returns what {@link #scheduled} would copy now; as {@link #preview(Path, PhoneWait)}, after its preconditions.
     */
    public List<PlannedCopy> previewScheduled(BackupConditions conditions, BackupProfiles profiles, Optional<Path> said)
            throws IOException {
        try (Preconditions preconditions = new Preconditions(conditions, profiles, around, listener)) {
            Path root = preconditions.destination(said);
            return preconditions.through(
                    () -> preview(root, preconditions.asking(), from -> preconditions.requireReady(from.id(), root)));
        }
    }

    private interface Gate {
        void pass(MediaSource from) throws IOException;
    }

    private List<PlannedCopy> preview(Path root, PhoneWait wait, Gate gate) throws IOException {
        source.check(root);
        DestinationFolder.requireSuitable(root, request.opening());
        try (MediaSource from = source.open(wait)) {
            gate.pass(from);
            try (Destination to = Destination.view(root, request.opening())) {
                listener.opened(from.id(), to.root(), to.limits());
                return backup(from, to, event -> {}).preview();
            } finally {
                listener.closing();
            }
        }
    }

    /** Returns the second copies that this run did not find absent or failing. */
    public List<Path> reachedCopies() {
        return copies.reached();
    }

    /** Returns whether {@link #stop} was called. */
    public boolean isStopped() {
        return stopping;
    }

    /** Ends the run once the current files are safe. May be called from any thread at any time. */
    public void stop() {
        stopping = true;
        copies.stop();
        Backup now = running;
        if (now != null) {
            now.stop();
        }
    }

    /** Records a run that found no backup at its destination, so that the user can find out later. */
    private RunEnding inVain(Path named, NothingToDoNow why) throws IOException {
        RunHistory.Work none = () -> {
            throw why;
        };
        return history.of(recorder(named), named, none, run -> List.of());
    }

    private RunRecorder recorder(Path root) {
        var recorder = new RunRecorder(source.kind(), root, isUnattended(), around.clock());
        recorder.alarmAfter(request.alarmAfter());
        recorder.wanted(source::mayBe);
        return recorder;
    }

    private boolean isUnattended() {
        return request.attended() == BackupRequest.Attended.NO;
    }

    /**
     * Returns whether the backup has still to be created.
     *
     * @throws DestinationException if the folder neither is a backup nor may become one
     */
    private boolean isNew(Path root) throws DestinationException {
        DestinationFolder.requireSuitable(root, request.opening());
        return DestinationFolder.identity(root).isEmpty();
    }

    /** Checks the request against the source before a new backup is created, so that no empty backup is left. */
    private MediaSource checked(boolean isNew, MediaSource from) throws IOException {
        try {
            if (isNew && request.library().isNeeded()) {
                library(from, from.list(), LibrarySource.Effort.IF_QUICK);
            }
            return from;
        } catch (IOException | RuntimeException refused) {
            from.close();
            throw refused;
        }
    }

    /** @param noting what keeps events for the record of the run */
    private Backup backup(MediaSource from, Destination to, Consumer<BackupEvent> noting) {
        Backup backup = new Backup(
                from,
                to,
                (listing, effort) -> library(from, listing, effort),
                request.options(),
                around.clock(),
                event -> {
                    noting.accept(event);
                    copies.note(event, to);
                    listener.event(event);
                });
        running = backup;
        if (stopping) {
            backup.stop();
        }
        return backup;
    }

    private Library library(MediaSource from, Listing listing, LibrarySource.Effort effort) {
        boolean whateverItTakes = effort == LibrarySource.Effort.WHATEVER_IT_TAKES;
        var phone = new PhoneLibrary(around.places(), listener);
        Library library = whateverItTakes || request.library().isNeeded()
                ? phone.read(from, listing, () -> stopping)
                : phone.readIfQuick(from, () -> stopping);
        request.library().check(library);
        if (whateverItTakes && !library.isThere()) {
            request.library().remarkWithout().ifPresent(listener::say);
        }
        return library;
    }

    private RunEnding backUp(MediaSource from, Destination to, RunRecorder recorder) throws IOException {
        recorder.source(from.id());
        to.id().ifPresent(recorder::destination);
        listener.opened(from.id(), to.root(), to.limits());
        try {
            new FolderAdoption(request, around, listener, () -> stopping).run(to);
            copies.follow(to, from.id());
            Backup backup = backup(from, to, recorder::note);
            BackupResult result = backup.run();
            int damaged = to.damaged().size();
            listener.finished(result, damaged);
            recorder.verified(
                    PrintableText.hyphenated(request.options().proving().verify()));
            recorder.did(result.did().withDamaged(damaged));
            if (isPhone(from) && result.ended().isEmpty()) {
                lookAtICloud(from, recorder);
            }
            RunEnding how = conclude(result, to, recorder);
            if (isPhone(from) && result.isComplete() && !stopping) {
                tellRemovable(backup, from, to, recorder);
            }
            return how;
        } finally {
            copies.settle();
            listener.closing();
        }
    }

    /** Whether the source is a phone, whose photos iCloud may hold. */
    private static boolean isPhone(MediaSource from) {
        return from.id().kind() == SourceId.Kind.PHONE;
    }

    /**
     * Reports what could be removed from the phone. Reports nothing if the library, which knows of parts in iCloud, was
     * not read.
     */
    private void tellRemovable(Backup backup, MediaSource from, Destination to, RunRecorder recorder) {
        Optional<Backup.Seen> seen = backup.seen();
        Library library = seen.map(Backup.Seen::library)
                .filter(Library::isThere)
                .orElseGet(() -> new PhoneLibrary(around.places(), listener).readIfQuick(from, () -> stopping));
        if (seen.isPresent() && library.isThere()) {
            try {
                var found = SafeToRemove.count(to, from.id(), seen.get().listing(), library);
                listener.removable(found);
                recorder.removable(new RunRecord.Removable(found.assets(), found.bytes()));
            } catch (IOException | UncheckedIOException unknown) {
                // The run is over and recorded; 'safe-to-remove' gives the details.
            }
        }
    }

    /** Concludes the run, however it ended, unless its destination is lost. */
    private RunEnding conclude(BackupResult result, Destination to, RunRecorder recorder) throws IOException {
        RunEnding how = ending(result);
        if (how != RunEnding.DESTINATION_LOST) {
            history.conclude(
                    recorder,
                    how,
                    result.ended().map(Failures::words),
                    to,
                    request.options().zone());
        }
        if (result.ended().isPresent() && !result.interrupted()) {
            throw result.ended().get();
        }
        return how;
    }

    private static RunEnding ending(BackupResult result) {
        if (result.interrupted()) {
            return RunEnding.INTERRUPTED;
        }
        if (result.ended().isPresent()) {
            return Failures.ending(result.ended().get());
        }
        return result.did().unaccounted() != 0
                ? RunEnding.BUG
                : result.isComplete() && !result.foundNothing() ? RunEnding.DONE : RunEnding.INCOMPLETE;
    }

    /**
     * Records why iCloud has stopped, and alerts a user who does not watch. The library is read only if nobody waits
     * for the end of the run.
     */
    private void lookAtICloud(MediaSource from, RunRecorder recorder) {
        Library known = isUnattended()
                ? new PhoneLibrary(around.places(), listener).readIfQuick(from, () -> stopping)
                : Library.NONE;
        Optional<Diagnosis> found = CloudAnswer.of(
                from, known, around.places().cache(), around.clock().instant());
        found.flatMap(CloudAnswer::trouble).ifPresent(recorder::warn);
        if (isUnattended() && found.isPresent()) {
            history.over(CloudAnswer.over(found.get(), from.id()));
            CloudAnswer.alarm(found.get(), from.id()).ifPresent(history::tell);
        }
    }
}
