package dev.shoebox.web.saving;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.web.server.Refusal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The only run that the page can start. It continues even if nobody views the page, and is shown until the person has
 * seen its outcome.
 */
public final class SavingRun {
    private final Runnable changed;
    private final PageWork work;
    private final Runnable begins;
    private final Copied copied;
    private final Consumer<Path> ends;
    private RunFollower follower; // or null
    private Thread thread; // or null

    /** Whether the run has ended; what it stored may still be read for the page. */
    private boolean over;

    private Runnable stopping = () -> {};
    private boolean stopped;
    private boolean shown;
    private boolean weekly;
    private ChosenPhotos chosen = new ChosenPhotos(new SourceId(SourceId.Kind.PHONE, "", ""), Map.of());

    /**
     * Creates it without a run.
     *
     * @param changed called whenever the state changes
     * @param begins called before anything is requested from the phone
     * @param copied receives what arrives in second copies, on any thread
     * @param ends receives the folder when the run is over
     */
    public SavingRun(Runnable changed, PageWork work, Runnable begins, Copied copied, Consumer<Path> ends) {
        this.changed = changed;
        this.work = work;
        this.begins = begins;
        this.copied = copied;
        this.ends = ends;
    }

    /** Receives what arrives in second copies. */
    public interface Copied {
        /** @param files the number of new files in the copy so far */
        void has(Path copy, int files);
    }

    public synchronized boolean isGoing() {
        return thread != null && thread.isAlive();
    }

    /** Returns the folder that another run has locked, if that prevented the last run. */
    public synchronized Optional<Path> blocked() {
        return shown
                ? Optional.ofNullable(follower).filter(RunFollower::isBlocked).map(RunFollower::folder)
                : Optional.empty();
    }

    /** Returns whether the last run opened its backup. */
    public synchronized boolean hasOpened() {
        return follower != null && follower.hasOpened();
    }

    /**
     * Returns the photos that the last run was asked to save.
     *
     * @param looked the source on view now
     * @throws Refusal if that run had another source, whose photos may have the same names
     */
    public synchronized ChosenPhotos chosen(SourceId looked) throws Refusal {
        if (!chosen.isOf(looked)) {
            throw Refusal.said(409, "refused.other.phone");
        }
        return chosen;
    }

    /**
     * Starts a run.
     *
     * @throws Refusal if a run is in progress, or there is nothing to save
     */
    public synchronized void start(Path folder, ChosenPhotos photos) throws Refusal {
        if (isGoing()) {
            throw Refusal.said(409, "refused.saving");
        }
        if (photos.photoOf().isEmpty()) {
            throw Refusal.said(409, "refused.nothing.here");
        }
        chosen = photos;
        stopped = false;
        stopping = () -> {};
        shown = true;
        weekly = work.canBeWeekly(folder);
        RunFollower next = new RunFollower(folder, photos, System::nanoTime);
        follower = next;
        over = false;
        Thread run = new Thread(() -> run(next, folder, photos), "shoebox-page-run");
        thread = run;
        begins.run();
        run.start();
    }

    private void run(RunFollower next, Path folder, ChosenPhotos photos) {
        try {
            PageWork.Saved saved =
                    work.save(folder, photos.source(), photos.originals(), new Progress(next), this::stopWith);
            over(() -> next.ended(saved));
        } catch (IOException | RuntimeException failure) {
            over(() -> next.broken(failure));
        }
        ends.accept(folder);
        changed.run();
    }

    private synchronized void over(Runnable ending) {
        ending.run();
        over = true;
    }

    private final class Progress implements PageWork.SaveListener {
        private final RunFollower run;

        Progress(RunFollower run) {
            this.run = run;
        }

        @Override
        public void event(BackupEvent event) {
            run.note(event);
            changed.run();
        }

        @Override
        public void updatesCopies() {
            run.updatesCopies();
            changed.run();
        }

        @Override
        public void secondCopyHas(Path copy, int files) {
            copied.has(copy, files);
        }
    }

    private void stopWith(Runnable stop) {
        boolean now;
        synchronized (this) {
            stopping = stop;
            now = stopped;
        }
        if (now) {
            stop.run();
        }
    }

    /** Asks the run to stop soon. */
    public void stop() {
        Runnable stop;
        synchronized (this) {
            if (!isGoing() || stopped) {
                return;
            }
            stopped = true;
            stop = stopping;
            if (follower != null) {
                follower.stopping();
            }
        }
        stop.run();
        changed.run();
    }

    /** Stops showing a run that is over. */
    public synchronized void forget() {
        if (over || !isGoing()) {
            shown = false;
            changed.run();
        }
    }

    /** Waits until no run is in progress. */
    public void await() throws InterruptedException {
        Optional<Thread> going;
        synchronized (this) {
            going = Optional.ofNullable(thread);
        }
        if (going.isPresent()) {
            going.get().join();
        }
    }

    /** Returns the progress for the page; empty if there is no run to show. */
    public synchronized Optional<Map<String, Object>> fields() {
        return shown ? Optional.ofNullable(follower).map(run -> run.fields(weekly)) : Optional.empty();
    }

    public void openFolder(Path folder) throws Refusal {
        try {
            work.show(folder);
        } catch (IOException unable) {
            throw Refusal.said(409, "refused.no.desktop", Map.of("folder", folder.toString()));
        }
    }

    /** @param phone the phone whose photos were saved there */
    public String weekly(Path folder, SourceId phone) throws Refusal {
        String done;
        try {
            done = work.weekly(folder, phone);
        } catch (IOException unable) {
            throw Refusal.said(409, "refused.weekly", Map.of("why", String.valueOf(unable.getMessage())));
        }
        synchronized (this) {
            weekly = false;
        }
        changed.run();
        return done;
    }

    /** Returns an HTML report of the last run. */
    public String report() throws Refusal {
        Path folder;
        synchronized (this) {
            folder =
                    Optional.ofNullable(follower).orElseThrow(Refusal::notFound).folder();
        }
        return work.report(folder).orElseThrow(Refusal::notFound);
    }
}
