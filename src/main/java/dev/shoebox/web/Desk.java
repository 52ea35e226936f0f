package dev.shoebox.web;

import dev.shoebox.coverage.AssetCoverage;
import dev.shoebox.coverage.AtStake;
import dev.shoebox.coverage.Coverage;
import dev.shoebox.coverage.icloud.Cause;
import dev.shoebox.coverage.icloud.CloudSteps;
import dev.shoebox.coverage.icloud.CloudWords;
import dev.shoebox.coverage.icloud.Diagnosis;
import dev.shoebox.coverage.icloud.Stake;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.web.index.PageEntry;
import dev.shoebox.web.saving.ChosenPhotos;
import dev.shoebox.web.saving.PageWork;
import dev.shoebox.web.saving.SavingRun;
import dev.shoebox.web.server.Refusal;
import dev.shoebox.web.thumbs.PhoneReader;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Looks at the phone and the backup, and does what the page asks for: one look, and one run, at a time. */
final class Desk implements Actions, Closeable {
    private static final long BETWEEN_LOOKS_MILLIS = 1500;

    /** Who plugs in a phone looks at the page. */
    private static final long UNTIL_PLUGGED_IN_MILLIS = 400;

    private final PageModel model;
    private final PageSource source;
    private final ZoneId zone;
    private final PhotoList list;
    private final Destinations destinations;
    private final PhotoPictures pictures;
    private final SavingRun saving;
    private final PhotoFacts facts;
    private final Thread watch = new Thread(this::watch, "shoebox-page-phone");
    private Runnable closing = () -> {};
    private volatile boolean closed;
    private volatile boolean lookAgain;
    private volatile boolean readAgain;

    private PhoneReader phone; // or null
    private SourceId phoneId; // or null
    private SourceId lastPhone; // or null
    private List<AssetCoverage> covered = List.of();
    private boolean isComplete;
    private boolean isListed;
    private boolean isPartial;
    private final Object refreshing = new Object();
    private final ShownBackup backup;
    private PhotoList.Built built = PhotoList.Built.NOTHING;

    Desk(PageModel model, PageSource source, PageWork work, InstantSource clock, ZoneId zone) {
        this.model = model;
        this.source = source;
        this.zone = zone;
        this.list = new PhotoList(zone);
        this.destinations = new Destinations(work);
        this.pictures = new PhotoPictures(this::now);
        this.facts = new PhotoFacts(this::now);
        this.saving = new SavingRun(model.feed()::changed, work, this::runBegins, this::runEnds);
        model.follow(saving::fields);
        this.backup = new ShownBackup(clock);
    }

    void start(Optional<Path> destination, Runnable close) {
        closing = close;
        destination.ifPresent(folder -> model.show(Optional.of(destinations.of(folder))));
        watch.setDaemon(true);
        watch.start();
    }

    Pictures pictures() {
        return pictures;
    }

    boolean isSaving() {
        return saving.isGoing();
    }

    private synchronized PhotoPictures.Now now() {
        return new PhotoPictures.Now(built.photos(), backup.contents(), Optional.ofNullable(phone));
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
                        watch.wait(phone().isPresent() ? BETWEEN_LOOKS_MILLIS : UNTIL_PLUGGED_IN_MILLIS);
                    }
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever goes wrong with one look, the next may find it well. */
    private void lookAround() {
        try {
            watchBackup();
            lookAtPhone();
            watchOther();
        } catch (RuntimeException defect) {
            model.trouble(Optional.of(ShownBackup.Trouble.of(defect)));
        }
    }

    /** It is read at first, when somebody asks for it, and when its drive comes or goes. */
    private void watchBackup() {
        boolean moved =
                model.destination().map(Target::folder).filter(backup::hasMoved).isPresent();
        if (readAgain || moved) {
            readAgain = false;
            refresh();
        }
    }

    /** Once another run has left the backup, what it brought is shown. */
    private void watchOther() {
        Optional<Path> blocked = saving.blocked();
        if (blocked.isPresent() && !DestinationFolder.isInUse(blocked.get())) {
            saving.forget();
            refresh();
        }
    }

    private void wake() {
        synchronized (watch) {
            lookAgain = true;
            watch.notifyAll();
        }
    }

    private void lookAtPhone() {
        boolean again = lookAgain;
        lookAgain = false;
        Optional<PhoneReader> reader = phone();
        try {
            if (reader.isEmpty()) {
                open();
            } else if (!source.isThere(looked())) {
                gone(PhoneState.NONE);
            } else if (again) {
                read(reader.get());
            }
        } catch (DeviceException away) {
            gone(PhoneState.of(away));
        } catch (IOException | RuntimeException failure) {
            gone(new PhoneState(
                    PhoneState.Kind.FAILED,
                    Optional.empty(),
                    source.isPhone(),
                    false,
                    0,
                    Optional.ofNullable(failure.getMessage())));
        }
    }

    private synchronized Optional<PhoneReader> phone() {
        return Optional.ofNullable(phone);
    }

    private synchronized SourceId looked() {
        return Objects.requireNonNull(phoneId);
    }

    private void gone(PhoneState state) {
        Optional<PhoneReader> left;
        synchronized (this) {
            left = Optional.ofNullable(phone);
            phone = null;
            phoneId = null;
            covered = List.of();
            isPartial = false;
        }
        model.show(state);
        if (left.isPresent()) {
            left.get().close();
            model.answer(Optional.empty());
            refresh();
        }
    }

    private void open() throws IOException {
        MediaSource opened = source.open();
        PhoneReader reader = new PhoneReader(opened);
        synchronized (this) {
            phone = reader;
            phoneId = opened.id();
            lastPhone = phoneId;
        }
        read(reader);
    }

    /** A first screen, then all files, then what the phone's library says of them: each is shown as it comes. */
    private void read(PhoneReader reader) throws IOException {
        SourceId id;
        boolean first;
        synchronized (this) {
            id = Objects.requireNonNull(phoneId);
            first = covered.isEmpty();
        }
        show(PhoneState.Kind.READING, id, false, covered.size());
        if (first) {
            Listing newest = reader.use(each -> Scope.USUAL.of(each.newest()));
            if (!newest.files().isEmpty()) {
                take(newest, Optional.empty(), Known.SOME);
                show(PhoneState.Kind.READING, id, false, covered.size());
                refresh();
                reader.serveFirst();
            }
        }
        Listing listing = reader.use(each -> Scope.USUAL.of(each.list()));
        if (first) {
            take(listing, Optional.empty(), Known.ALL);
            show(PhoneState.Kind.READING, id, false, covered.size());
            refresh();
            reader.serveFirst();
        }
        Optional<Library> library = reader.use(each -> source.library(each, listing));
        Optional<Diagnosis> icloud = reader.use(each -> source.icloud(each, library));
        Optional<Library> trusted = library.map(
                known -> icloud.flatMap(Diagnosis::on).map(known::withICloud).orElse(known));
        take(listing, trusted, Known.ALL);
        refresh();
        model.answer(icloud.flatMap(this::answer));
        show(PhoneState.Kind.READY, id, library.isPresent(), covered.size());
    }

    /** How much of the phone was listed. */
    private enum Known {
        /** What is newest: nothing can be said of the phone as a whole. */
        SOME,
        ALL
    }

    private void take(Listing listing, Optional<Library> library, Known known) {
        List<AssetCoverage> all = List.copyOf(Coverage.of(listing, library));
        synchronized (this) {
            covered = all;
            isPartial = known == Known.SOME;
            isListed = known == Known.ALL && listing.unreadable().isEmpty();
            isComplete = isListed && library.isPresent();
        }
    }

    private void show(PhoneState.Kind kind, SourceId id, boolean library, int seen) {
        model.show(new PhoneState(kind, Optional.of(id.name()), source.isPhone(), library, seen, Optional.empty()));
    }

    private synchronized Optional<PageModel.CloudAnswer> answer(Diagnosis diagnosis) {
        if (diagnosis.cause() == Cause.NONE) {
            return Optional.empty();
        }
        Stake stake = AtStake.of(covered, isComplete, backup.contents().holdings(), diagnosis.cause());
        List<String> steps = new CloudSteps("'Save all'", "'shoebox verify'").of(diagnosis, stake);
        return Optional.of(new PageModel.CloudAnswer(
                diagnosis.cause().word(),
                stake.backup().name().toLowerCase(Locale.ROOT),
                new CloudWords(diagnosis, zone).verdict(),
                steps));
    }

    /** By one thread at a time: the backup that was read last is the one that is shown, and a photo has one number. */
    private void refresh() {
        synchronized (refreshing) {
            readBackup();
            publish();
        }
    }

    private void readBackup() {
        Optional<SourceId> id;
        synchronized (this) {
            id = Optional.ofNullable(phoneId);
        }
        backup.read(model.destination().map(Target::folder), id);
    }

    private void publish() {
        List<AssetCoverage> ofPhone;
        PageModel.Extent extent;
        String id;
        synchronized (this) {
            id = phoneId == null ? "" : phoneId.id();
            ofPhone = covered;
            extent = isPartial
                    ? PageModel.Extent.FIRST_SCREEN
                    : isListed ? PageModel.Extent.WHOLE : PageModel.Extent.WITH_GAPS;
        }
        PhotoList.Built next = list.build(id, ofPhone, backup.contents());
        synchronized (this) {
            built = next;
        }
        pictures.forgetMissing();
        model.trouble(backup.trouble());
        model.show(next.index(), extent);
    }

    private void runBegins() {
        phone().ifPresent(reader -> reader.rest(true));
    }

    private void runEnds(Path folder) {
        if (saving.hasOpened()) {
            backup.expect(folder);
        }
        phone().ifPresent(reader -> reader.rest(false));
        model.show(Optional.of(destinations.of(folder)));
        refresh();
        model.thumbsChanged();
        wake();
    }

    @Override
    public Map<String, Object> details(PageEntry entry) throws IOException {
        return facts.of(entry);
    }

    @Override
    public List<Target> targets() {
        return destinations.offer();
    }

    @Override
    public void choose(int target, Optional<String> folder) throws Refusal {
        if (saving.isGoing()) {
            throw Refusal.said(409, "refused.saving");
        }
        model.show(Optional.of(destinations.choose(target, folder)));
        refresh();
    }

    @Override
    public void save(Choice choice) throws Refusal {
        Target target = model.destination().orElseThrow(() -> Refusal.said(409, "refused.no.place"));
        SourceId looked;
        synchronized (this) {
            looked = Optional.ofNullable(phoneId).orElseThrow(() -> Refusal.said(409, "refused.no.phone"));
        }
        requireBackup();
        Map<Integer, PagePhoto> photos = now().photos();
        if (choice.what().filter("again"::equals).isPresent()) {
            saving.start(target.folder(), saving.chosen(looked));
            return;
        }
        List<Integer> ids = choice.what().isEmpty()
                ? choice.ids()
                : model.index().unsavedOf(choice.what().get()).stream()
                        .map(PageEntry::id)
                        .toList();
        Map<String, String> photoOf = new HashMap<>();
        for (int id : ids) {
            covered(photos, id).ifPresent(each -> {
                photoOf.put(each.path(), each.path());
                each.asset()
                        .map(Asset::resources)
                        .orElse(List.of())
                        .forEach(file -> photoOf.put(file.file().path(), each.path()));
            });
        }
        saving.start(target.folder(), new ChosenPhotos(looked, photoOf));
    }

    /** What was wrong when the backup was last read may be mended by now. */
    private void requireBackup() throws Refusal {
        if (backup.trouble().isPresent()) {
            refresh();
        }
        if (backup.trouble().isPresent()) {
            throw Refusal.said(409, "refused.backup");
        }
    }

    private static Optional<AssetCoverage> covered(Map<Integer, PagePhoto> photos, int id) {
        return Optional.ofNullable(photos.get(id)).flatMap(PagePhoto::covered).filter(AssetCoverage::isHere);
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
        SourceId id;
        synchronized (this) {
            id = Optional.ofNullable(lastPhone).orElseThrow(() -> Refusal.said(409, "refused.no.phone"));
        }
        return saving.weekly(folder(), id);
    }

    private Path folder() throws Refusal {
        return model.destination().map(Target::folder).orElseThrow(() -> Refusal.said(409, "refused.no.backup"));
    }

    @Override
    public String report() throws Refusal {
        return saving.report();
    }

    /** A run that goes on comes to its end; then everything is let go. */
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
        Optional<PhoneReader> left;
        synchronized (this) {
            left = Optional.ofNullable(phone);
            phone = null;
        }
        left.ifPresent(PhoneReader::close);
        try {
            watch.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        backup.close();
        pictures.close();
    }
}
