package dev.shoebox.run;

import dev.shoebox.backup.Backup;
import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.plan.LibrarySource;
import dev.shoebox.backup.plan.PlannedCopy;
import dev.shoebox.coverage.SafeToRemove;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.history.CombinedRun;
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
    private final BackupRequest request;
    private final SourceOpener source;
    private final Surroundings around;
    private final RunHistory history;
    private final BackupListener listener;
    private final SecondCopies copies;
    private FilesPart files; // or null
    private volatile boolean stopping;

    /** Null until a source was opened. */
    private volatile SourceId opened;

    /** Null unless the other files are being backed up. */
    private volatile BackupRun second;

    /** Null unless a backup is running that can be stopped. */
    private volatile Backup running;

    /** @param history stores the record */
    public BackupRun(
            BackupRequest request,
            SourceOpener source,
            Surroundings around,
            RunHistory history,
            BackupListener listener) {
        this(request, source, around, history, listener, new SecondCopies(request, around.clock(), listener));
    }

    private BackupRun(
            BackupRequest request,
            SourceOpener source,
            Surroundings around,
            RunHistory history,
            BackupListener listener,
            SecondCopies copies) {
        this.request = request;
        this.source = source;
        this.around = around;
        this.history = history;
        this.listener = listener;
        this.copies = copies;
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
                    Destination to = open(root)) {
                return backUp(from, to, recorder);
            }
        };
        return history.of(recorder, root, work, following(root, hooks, wait));
    }

    private Destination open(Path root) throws IOException {
        return Destination.open(root, request.opening(), request.isShared(), around.clock(), listener::say);
    }

    /** @param wait how to wait for the iPhone if its other files are wanted, too */
    private RunHistory.Following following(Path root, Hooks hooks, PhoneWait wait) {
        return new RunHistory.Following() {
            @Override
            public Optional<RunRecord> files(RunRecord photos) {
                return files == null || photos.how().orElseThrow() == RunEnding.INTERRUPTED
                        ? Optional.empty()
                        : Optional.of(secondPart(root, wait));
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

    private RunRecord secondPart(Path root, PhoneWait wait) {
        BackupRun others = ofFiles(OpenMode.REQUIRE_EXISTING);
        second = others;
        if (stopping) {
            others.stop();
        }
        RunRecorder recorder = others.recorder(root);
        return history.part(
                recorder,
                root,
                () -> others.continued(root, wait, recorder),
                why -> listener.warn("The other files were not backed up: " + why));
    }

    /** What was there for the photos can only have been disconnected since. */
    private RunEnding continued(Path root, PhoneWait wait, RunRecorder recorder) throws IOException {
        if (stopping) {
            return RunEnding.INTERRUPTED;
        }
        try (MediaSource from = source.open(wait);
                Destination to = open(root)) {
            return backUp(from, to, recorder);
        } catch (DeviceException.NoPhone gone) {
            throw new DeviceException.Lost(gone.getMessage());
        } catch (DestinationException.Absent gone) {
            throw new DestinationException.Lost(gone.getMessage(), gone);
        }
    }

    /**
     * Returns a run for the other files of the iPhone that was opened last, and of no other.
     *
     * @param mode whether it may create the backup
     */
    private BackupRun ofFiles(OpenMode mode) {
        return new BackupRun(
                request.ofFiles(files.options(), mode),
                files.opener().apply(opened),
                around,
                history,
                files.listener(),
                copies);
    }

    /** Returns a run for a preview of the other files, after the preview of the photos. */
    public BackupRun ofFiles() {
        return ofFiles(request.opening());
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
                    try (Destination to = open(root)) {
                        return backUp(from, to, recorder);
                    }
                }
            };
            return history.of(
                    recorder,
                    root,
                    () -> preconditions.through(work::run),
                    following(root, hooks, preconditions.asking()));
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
            opened = from.id();
            gate.pass(from);
            try (Destination to = Destination.view(root, request.opening())) {
                listener.opened(from.id(), to.root(), to.limits());
                return backup(from, to, event -> {}).preview();
            } finally {
                listener.closing();
            }
        }
    }

    /** Ends the run once the current files are safe. May be called from any thread at any time. */
    public void stop() {
        stopping = true;
        copies.stop();
        Backup now = running;
        if (now != null) {
            now.stop();
        }
        BackupRun others = second;
        if (others != null) {
            others.stop();
        }
    }

    /** Records a run that found no backup at its destination, so that the user can find out later. */
    private RunEnding inVain(Path named, NothingToDoNow why) throws IOException {
        RunHistory.Work none = () -> {
            throw why;
        };
        return history.of(recorder(named), named, none, RunHistory.Following.NOTHING);
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
        opened = from.id();
        recorder.source(opened);
        to.id().ifPresent(recorder::destination);
        listener.opened(from.id(), to.root(), to.limits());
        try {
            new FolderAdoption(request, around, listener, () -> stopping).run(to);
            copies.follow(to, opened, listener);
            Backup backup = backup(from, to, recorder::note);
            BackupResult result = backup.run();
            int damaged = to.damaged().size();
            listener.finished(result, damaged);
            recorder.verified(
                    PrintableText.hyphenated(request.options().proving().verify()));
            recorder.did(result.did().withDamaged(damaged));
            if (isPhone(from) && result.ended().isEmpty()) {
                // A user who waits for the end of the run does not wait for the library.
                Library known = isUnattended()
                        ? new PhoneLibrary(around.places(), listener).readIfQuick(from, () -> stopping)
                        : Library.NONE;
                CloudAnswer.tell(from, known, around, recorder, history);
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
}
