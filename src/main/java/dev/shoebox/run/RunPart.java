package dev.shoebox.run;

import dev.shoebox.backup.Backup;
import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.plan.LibrarySource;
import dev.shoebox.backup.plan.PlannedCopy;
import dev.shoebox.backup.plan.Preparation;
import dev.shoebox.coverage.SafeToRemove;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.copies.SecondCopies;
import dev.shoebox.run.record.Failures;
import dev.shoebox.run.record.RunHistory;
import dev.shoebox.run.record.RunRecorder;
import dev.shoebox.text.PrintableText;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One source of a run, and how it gets into the backup. */
final class RunPart {
    private final BackupRequest request;
    private final SourceOpener source;
    private final Surroundings around;
    private final RunHistory history;
    private final BackupListener listener;
    private final SecondCopies copies;
    private final Object lock = new Object();

    /** Null unless this thread is waiting for the source. Guarded by the lock. */
    private Thread opener;

    private volatile boolean stopping;

    /** Null until the source was opened. */
    private volatile SourceId opened;

    /** Null unless a backup is running that can be stopped. */
    private volatile Backup running;

    RunPart(
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
     * Returns the part for the other files of the iPhone that was opened last, and of no other.
     *
     * @param mode whether it may create the backup
     */
    RunPart ofFiles(BackupRun.FilesPart files, OpenMode mode) {
        return new RunPart(
                request.ofFiles(files.options(), mode),
                files.opener().apply(opened),
                around,
                history,
                files.listener(),
                copies);
    }

    /** Returns whether it may create the backup. */
    OpenMode opening() {
        return request.opening();
    }

    /** Rejects a destination that the source does not allow. */
    void check(Path root) throws IOException {
        source.check(root);
    }

    /** What must be so before a source that is open is backed up. */
    interface Gate {
        void pass(SourceId from) throws IOException;
    }

    RunEnding byHand(Path root, PhoneWait wait, RunRecorder recorder) throws IOException {
        boolean isNew = isNew(root);
        if (source.isPhone()) {
            AheadOfPhone.begin(isNew);
        }
        try (MediaSource from = checked(isNew, awaited(wait)).listingAhead();
                Destination to = open(root)) {
            return backUp(from, to, recorder);
        }
    }

    RunEnding scheduled(Path root, PhoneWait wait, Gate gate, RunRecorder recorder) throws IOException {
        try (MediaSource from = awaited(wait)) {
            gate.pass(from.id());
            try (Destination to = open(root)) {
                return backUp(from, to, recorder);
            }
        }
    }

    private Destination open(Path root) throws IOException {
        return Destination.open(root, request.opening(), request.isShared(), around.clock(), listener::say);
    }

    /** What was there for the photos can only have been disconnected since. */
    RunEnding continued(Path root, PhoneWait wait, RunRecorder recorder) throws IOException {
        if (stopping) {
            return RunEnding.INTERRUPTED;
        }
        return stoppable(() -> {
            try (MediaSource from = awaited(wait);
                    Destination to = open(root)) {
                return backUp(from, to, recorder);
            } catch (DeviceException.NoPhone gone) {
                throw new DeviceException.Lost(gone.getMessage());
            } catch (DestinationException.Absent gone) {
                throw new DestinationException.Lost(gone.getMessage(), gone);
            }
        });
    }

    /** Returns how the work ended: interrupted, if {@link #stop} ended it before the source was opened. */
    RunEnding stoppable(RunHistory.Work work) throws IOException {
        try {
            return work.run();
        } catch (IOException | UncheckedIOException failure) {
            if (stopping && opened == null) {
                return RunEnding.INTERRUPTED;
            }
            throw failure;
        }
    }

    /** @throws InterruptedIOException once {@link #stop} was called */
    void requireGoingOn() throws InterruptedIOException {
        if (stopping) {
            throw new InterruptedIOException();
        }
    }

    /** Opens the source. {@link #stop} ends the wait for it, and has it throw an exception. */
    private MediaSource awaited(PhoneWait wait) throws IOException {
        synchronized (lock) {
            opener = Thread.currentThread();
            if (stopping) {
                Thread.currentThread().interrupt();
            }
        }
        try {
            MediaSource from = source.open(wait);
            if (stopping) {
                // Otherwise an empty backup could be left.
                from.close();
                throw new InterruptedIOException();
            }
            return from;
        } finally {
            synchronized (lock) {
                opener = null;
                if (stopping) {
                    // An interrupt closes files that are open in this thread.
                    Thread.interrupted();
                }
            }
        }
    }

    /** Returns what {@link #backUp} would copy. */
    List<PlannedCopy> preview(Path root, PhoneWait wait, Gate gate) throws IOException {
        source.check(root);
        DestinationFolder.requireSuitable(root, request.opening());
        try (MediaSource from = source.open(wait)) {
            gate.pass(from.id());
            try (Destination to = Destination.view(root, request.opening())) {
                return preview(from, to);
            }
        }
    }

    private List<PlannedCopy> preview(MediaSource from, Destination to) throws IOException {
        opened = from.id();
        try {
            listener.opened(opened, to.root(), to.limits());
            return backup(from, to, event -> {}).preview();
        } finally {
            listener.closing();
        }
    }

    /** Ends soon. May be called from any thread. */
    void stop() {
        synchronized (lock) {
            stopping = true;
            if (opener != null) {
                opener.interrupt();
            }
        }
        Backup now = running;
        if (now != null) {
            now.stop();
        }
    }

    RunRecorder recorder(Path root) {
        var recorder = new RunRecorder(source.kind(), root, isUnattended(), around.clock());
        recorder.alarmAfter(request.alarmAfter());
        recorder.wanted(source::mayBe);
        return recorder;
    }

    boolean isUnattended() {
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
            Library known = backup.seen().map(Preparation.Seen::library).orElse(Library.NONE);
            if (isPhone(from) && result.ended().isEmpty()) {
                // What changed in the library meanwhile is for the next run to tell. A user who waits for the end of
                // the run does not wait for a library that the run did without.
                if (!known.isThere() && isUnattended()) {
                    known = readIfQuick(from);
                }
                CloudAnswer.tell(from, known, around, recorder, history);
            }
            RunEnding how = conclude(result, to, recorder);
            if (isPhone(from) && result.isComplete() && !stopping) {
                Library latest = known.isThere() || isUnattended() ? known : readIfQuick(from);
                boolean isNewOnly = result.did().counts().duplicates() == 0;
                tellRemovable(backup, isNewOnly, latest, to, recorder);
            }
            return how;
        } finally {
            copies.settle();
            listener.closing();
        }
    }

    private Library readIfQuick(MediaSource from) {
        return new PhoneLibrary(around.places(), listener).readIfQuick(from, () -> stopping);
    }

    /** Whether the source is a phone, whose photos iCloud may hold. */
    private static boolean isPhone(MediaSource from) {
        return from.id().kind() == SourceId.Kind.PHONE;
    }

    /**
     * Reports what could be removed from the phone. Reports nothing if the library, which knows of parts in iCloud, was
     * not read.
     *
     * @param isNewOnly whether the run read no content that the backup had. Reading it may give an older copy its first
     *     fingerprint, which then has to be compared for every file of that copy
     */
    private void tellRemovable(
            Backup backup, boolean isNewOnly, Library library, Destination to, RunRecorder recorder) {
        Optional<Preparation.Seen> seen = backup.seen();
        if (seen.isPresent() && library.isThere()) {
            try {
                var listing = seen.get().listing();
                var before = seen.get().compared();
                var found = before.isEmpty() || !isNewOnly
                        ? SafeToRemove.count(to, opened, listing, library)
                        : SafeToRemove.count(
                                to,
                                opened,
                                listing,
                                library,
                                to.recognition()
                                        .compareAgain(
                                                before.get(), opened, seen.get().changing(), library)
                                        .contradicted());
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
            ZoneId zone = request.options().zone();
            if (result.ended().isPresent()) {
                history.conclude(recorder, how, Failures.words(result.ended().get()), to, zone);
            } else {
                history.conclude(recorder, how, to, zone);
            }
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
