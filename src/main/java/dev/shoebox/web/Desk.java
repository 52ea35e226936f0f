package dev.shoebox.web;

import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.web.index.PageEntry;
import dev.shoebox.web.phone.PageSource;
import dev.shoebox.web.phone.ShownPhone;
import dev.shoebox.web.saving.ChosenPhotos;
import dev.shoebox.web.saving.PageWork;
import dev.shoebox.web.saving.SavingRun;
import dev.shoebox.web.server.Refusal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Reads the phone and the backup, and carries out the page's actions: one read and one run at a time. */
final class Desk implements Actions, Closeable {
    private static final long BETWEEN_LOOKS_MILLIS = 1500;

    /** How often to check for a phone: a user who plugs one in is looking at the page. */
    private static final long UNTIL_PLUGGED_IN_MILLIS = 400;

    private final PageModel model;
    private final Destinations destinations;
    private final ShownPhone phone;
    private final ShownBackup backup;
    private final ShownPhotos photos;
    private final ShownCopies copies;
    private final SavingRun saving;
    private final Thread watch = new Thread(this::watch, "shoebox-page-phone");
    private Runnable closing = () -> {};
    private volatile boolean closed;
    private volatile boolean lookAgain;
    private volatile boolean readAgain;

    Desk(PageModel model, PageSource source, PageWork work, InstantSource clock, ZoneId zone) {
        this.model = model;
        this.destinations = new Destinations(work);
        this.phone = new ShownPhone(source, model::show, this::phoneChanged);
        this.backup = new ShownBackup(clock);
        this.photos = new ShownPhotos(model, phone, backup, zone);
        this.copies = new ShownCopies(model, work);
        this.saving = new SavingRun(model.feed()::changed, work, this::runBegins, copies::filled, this::runEnds);
        model.follow(saving::fields);
    }

    /** Saves photos in a folder until the page chooses another one. */
    void saveIn(Path folder) {
        model.show(destinations.of(folder));
    }

    void start(Runnable close) {
        closing = close;
        watch.setDaemon(true);
        watch.start();
    }

    Pictures pictures() {
        return photos.pictures();
    }

    boolean isSaving() {
        return saving.isGoing();
    }

    private void watch() {
        readAgain = true;
        try {
            while (!closed) {
                if (!saving.isGoing()) {
                    lookAround();
                }
                synchronized (watch) {
                    if (!closed && (!lookAgain || saving.isGoing())) {
                        watch.wait(phone.reader().isPresent() ? BETWEEN_LOOKS_MILLIS : UNTIL_PLUGGED_IN_MILLIS);
                    }
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads once; after a failure, the next read may succeed. */
    private void lookAround() {
        try {
            watchBackup();
            boolean again = lookAgain;
            lookAgain = false;
            phone.look(again);
            watchOther();
        } catch (RuntimeException defect) {
            model.trouble(ShownBackup.Trouble.of(defect));
        }
    }

    /** Reads the backup at the start, on request, and when its drive appears or disappears. */
    private void watchBackup() {
        boolean moved =
                model.destination().map(Target::folder).filter(backup::hasMoved).isPresent();
        if (readAgain || moved) {
            readAgain = false;
            refresh();
        }
    }

    /** Shows the results of another run once it has released the backup. */
    private void watchOther() {
        Optional<Path> blocked = saving.blocked();
        if (blocked.isPresent() && !DestinationFolder.isInUse(blocked.get())) {
            saving.forget();
            refresh();
        }
    }

    private void phoneChanged() {
        photos.refresh();
    }

    /** Reads the backup and its second copies again. */
    private void refresh() {
        photos.refresh();
        model.destination()
                .map(Target::folder)
                .filter(folder -> DestinationFolder.identity(folder).isPresent())
                .ifPresentOrElse(copies::refresh, copies::clear);
    }

    private void wake() {
        synchronized (watch) {
            lookAgain = true;
            watch.notifyAll();
        }
    }

    private void runBegins() {
        phone.reader().ifPresent(reader -> reader.rest(true));
    }

    private void runEnds(Path folder) {
        if (saving.hasOpened()) {
            backup.expect(folder);
        }
        phone.reader().ifPresent(reader -> reader.rest(false));
        saveIn(folder);
        refresh();
        model.thumbsChanged();
        wake();
    }

    @Override
    public Map<String, Object> details(PageEntry entry) throws IOException {
        return photos.facts(entry);
    }

    @Override
    public List<Target> targets() {
        return destinations.offer();
    }

    @Override
    public void choose(int target) throws Refusal {
        requireIdle();
        model.show(destinations.choose(target));
        refresh();
    }

    @Override
    public void chooseNew(int target, String name) throws Refusal {
        requireIdle();
        model.show(destinations.chooseNew(target, name));
        refresh();
    }

    private void requireIdle() throws Refusal {
        if (saving.isGoing()) {
            throw Refusal.said(409, "refused.saving");
        }
    }

    @Override
    public void save(Choice choice) throws Refusal {
        Target target = model.destination().orElseThrow(() -> Refusal.said(409, "refused.no.place"));
        SourceId looked = phone.listed().source().orElseThrow(() -> Refusal.said(409, "refused.no.phone"));
        requireBackup();
        if (choice.what().filter("again"::equals).isPresent()) {
            saving.start(target.folder(), saving.chosen(looked));
            return;
        }
        List<Integer> ids = choice.what().isEmpty()
                ? choice.ids()
                : model.index().unsavedOf(choice.what().get()).stream()
                        .map(PageEntry::id)
                        .toList();
        saving.start(target.folder(), new ChosenPhotos(looked, photos.files(ids)));
    }

    /** Rejects an unreadable backup; the problem may be fixed since it was last read. */
    private void requireBackup() throws Refusal {
        if (backup.trouble().isPresent()) {
            photos.refresh();
        }
        if (backup.trouble().isPresent()) {
            throw Refusal.said(409, "refused.backup");
        }
    }

    @Override
    public void pause() {
        saving.stop();
    }

    @Override
    public void look() {
        readAgain = true;
        wake();
    }

    @Override
    public void forget() {
        saving.forget();
    }

    @Override
    public void openFolder() throws Refusal {
        saving.openFolder(folder());
    }

    @Override
    public String weekly() throws Refusal {
        SourceId id = phone.last().orElseThrow(() -> Refusal.said(409, "refused.no.phone"));
        return saving.weekly(folder(), id);
    }

    private Path folder() throws Refusal {
        return model.destination().map(Target::folder).orElseThrow(() -> Refusal.said(409, "refused.no.backup"));
    }

    @Override
    public String report() throws Refusal {
        return saving.report();
    }

    /** Waits for an active run to end, then releases everything. */
    void finish() throws InterruptedException {
        saving.await();
        close();
    }

    @Override
    public void close() {
        closed = true;
        wake();
        closing.run();
        saving.stop();
        phone.close();
        try {
            watch.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        backup.close();
        photos.close();
    }
}
