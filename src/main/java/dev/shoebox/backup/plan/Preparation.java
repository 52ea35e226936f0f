package dev.shoebox.backup.plan;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.FingerprintUse;
import dev.shoebox.backup.event.ImplausibleFile;
import dev.shoebox.backup.event.MissingOriginal;
import dev.shoebox.backup.event.Outcome;
import dev.shoebox.backup.event.RunOutcomes;
import dev.shoebox.backup.event.Skipped;
import dev.shoebox.backup.event.StopSignal;
import dev.shoebox.backup.plan.Planner.Plan;
import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.Recognition;
import dev.shoebox.destination.RowsAhead;
import dev.shoebox.destination.disk.Names;
import dev.shoebox.destination.naming.FileAssets;
import dev.shoebox.destination.opening.Contents;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.metadata.Metadata;
import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.source.Inventory;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.text.Amounts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Lists a source, compares it with the destination, and plans the run, with the source's library. */
public final class Preparation {
    /** How often to list a source that fails while it lists. */
    private static final int MOST_LISTINGS = 3;

    /** How long a run checks files that earlier versions stored unchecked. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(60);

    private final MediaSource source;
    private final Destination destination;
    private final LibrarySource library;
    private final RunOutcomes outcomes;
    private final SourceReconnect contact;
    private final StopSignal stop;

    public Preparation(
            MediaSource source,
            Destination destination,
            LibrarySource library,
            RunOutcomes outcomes,
            SourceReconnect contact,
            StopSignal stop) {
        this.source = source;
        this.destination = destination;
        this.library = library;
        this.outcomes = outcomes;
        this.contact = contact;
        this.stop = stop;
    }

    /**
     * What a run found on its source.
     *
     * @param listing without previews
     * @param library {@link Library#NONE} if there is none, or none was needed
     * @param compared the copies as they were before the run, compared with the library; empty if they were not
     * @param changing the assets of which the run stores files
     */
    public record Seen(
            Listing listing, Library library, Optional<Recognition.Compared> compared, List<Asset> changing) {}

    /**
     * The plan of a run, and the facts that it is based on.
     *
     * @param absences originals that are only in iCloud
     * @param inventory all files of the source, including those passed over
     */
    public record Prepared(
            Plan plan,
            Seen seen,
            LibrarySnapshot remembered,
            Skipped leftOut,
            List<MissingOriginal> absences,
            Inventory inventory) {
        public Library library() {
            return seen.library();
        }
    }

    /** Creates the resolver of capture times, with the library's facts. */
    public interface Dating {
        CaptureTimeResolver with(Library library);
    }

    /** Lists the source and plans the run, and reports both. */
    public Prepared prepare(
            BackupSelection wanted, FingerprintUse use, CaptureTimeResolver.Setting setting, Dating dating)
            throws IOException {
        Contents contents = destination.memory().contents(LONGEST_LOOK);
        RowsAhead ahead =
                RowsAhead.read(destination, source.id(), contents, () -> source.isListing() && !stop.isAsked());
        Listing everything = FileAssets.within(wanted.scope(), listing(), source);
        Listing listing = Previews.without(everything);
        List<Asset> assets = FileAssets.group(listing, source);
        tellListed(listing, assets);
        var remembered = new LibrarySnapshot(source, destination, listing);
        Library known = Library.NONE;
        List<Asset> previews = List.of();
        if (wanted.scope().previews()) {
            known = library.read(listing, LibrarySource.Effort.WHATEVER_IT_TAKES);
            StepFilter picking = new StepFilter(wanted, setting.zone(), setting.now(), known);
            previews = new Previews(everything.files())
                    .of(inBackup(picking.missing(listing).absences()));
        }
        Inventory inventory = Previews.passing(everything, previews);
        outcomes.tell(new BackupEvent.Inventoried(inventory, foundNothing(listing)));
        source.remarks().forEach(remark -> outcomes.tell(new BackupEvent.Warning(remark)));
        List<Asset> all = previews.isEmpty()
                ? assets
                : Stream.concat(assets.stream(), previews.stream()).toList();
        tellUnchecked(contents);
        Plan plan = together(all, plan(all, contents, use, ahead), contents, use);
        boolean asked = wanted.scope().previews()
                || wanted.sidecars().isPresent()
                || !wanted.choice().isEverything();
        Optional<List<MissingOriginal>> before =
                asked || !plan.steps().isEmpty() ? Optional.empty() : remembered.absences();
        if (!wanted.scope().previews() && before.isEmpty()) {
            boolean isNeeded = !plan.steps().isEmpty() || wanted.sidecars().isPresent();
            known = library.read(
                    listing, isNeeded ? LibrarySource.Effort.WHATEVER_IT_TAKES : LibrarySource.Effort.IF_QUICK);
        }
        if (known.isThere() && recordClaims(all, known, plan)) {
            contents = destination.memory().contents(LONGEST_LOOK);
            plan = together(all, plan(all, contents, use), contents, use);
        }
        StepFilter picking = new StepFilter(wanted, setting.zone(), setting.now(), known);
        StepFilter.Picked picked = pick(plan, picking, wanted.choice(), dating.with(known));
        // Moved files are searched for in the whole backup: not on behalf of files that this run leaves out.
        if (!plan.vanishedIn(picked.steps()).isEmpty() && reconcile()) {
            contents = destination.memory().contents(LONGEST_LOOK);
            plan = together(all, plan(all, contents, use), contents, use);
            picked = pick(plan, picking, wanted.choice(), dating.with(known));
        }
        Optional<Recognition.Compared> compared = Optional.empty();
        if (use != FingerprintUse.OFF && known.isThere()) {
            compared = Optional.of(destination.recognition().compare(source.id(), all, known));
            plan = plan.withDoubtful(compared.get().contradicted());
        }
        tellDamaged(plan, picked, contents);
        List<Step> steps = Planner.inTurn(picked.steps(), destination.runs().troubles(source.id()));
        plan = new Plan(steps, plan.alreadyBackedUp(), plan.vanished(), plan.doubtful(), plan.forgotten());
        Skipped out = picked.out().plus(plan.forgotten());
        tellPlanned(plan, out);
        StepFilter.Missing missing = picking.missing(listing);
        List<MissingOriginal> absences = inBackup(before.orElse(missing.absences()));
        tellMissing(listing.unreadable().isEmpty() ? missing.unaccounted() : 0, absences);
        if (before.isEmpty() && !known.isThere()) {
            outcomes.tell(new BackupEvent.LibraryUnread());
        }
        Seen seen = new Seen(listing, known, compared, changing(all, steps));
        return new Prepared(plan, seen, remembered, out, absences, inventory);
    }

    private static List<Asset> changing(List<Asset> assets, List<Step> steps) {
        if (steps.isEmpty()) {
            return List.of();
        }
        Set<MediaFile> files = new HashSet<>();
        steps.forEach(step -> step.missing().forEach(resource -> files.add(resource.file())));
        return assets.stream()
                .filter(asset -> asset.resources().stream().anyMatch(resource -> files.contains(resource.file())))
                .toList();
    }

    private void tellListed(Listing listing, List<Asset> assets) {
        List<MediaFile> files = listing.files();
        outcomes.tell(new BackupEvent.Listed(
                (int) assets.stream().filter(Asset::isMedia).count(),
                files.size(),
                Amounts.sum(files.stream().mapToLong(MediaFile::size)),
                refused(listing)));
        listing.unreadable().forEach(unlisted -> outcomes.failed(unlisted.path(), Outcome.Failed.of(unlisted)));
    }

    private void tellUnchecked(Contents contents) {
        if (!contents.complete()) {
            outcomes.tell(new BackupEvent.Warning(contents.unassessed().size()
                    + " files stored by an earlier version have not been checked yet for being complete "
                    + "photos and videos; the next run continues."));
        }
    }

    /** Reports copies that are not as they should be. */
    private void tellDamaged(Plan plan, StepFilter.Picked picked, Contents contents) throws IOException {
        for (StoredFile each : plan.doubtful()) {
            outcomes.implausible(ImplausibleFile.of(each, contents, destination));
        }
        plan.vanishedIn(picked.steps())
                .forEach(stored -> outcomes.tell(new BackupEvent.Warning(stored.path()
                        + " was changed or removed in the backup; "
                        + stored.file().path()
                        + " is copied again")));
    }

    private void tellPlanned(Plan plan, Skipped out) {
        outcomes.tell(new BackupEvent.Planned(plan.files(), plan.bytes(), plan.alreadyBackedUp()));
        if (!out.isNothing()) {
            outcomes.tell(new BackupEvent.Unwanted(out));
        }
    }

    /** @param unaccounted how many photos of the library are neither on the phone nor known to be in iCloud */
    private void tellMissing(long unaccounted, List<MissingOriginal> absences) {
        if (unaccounted > 0) {
            outcomes.tell(new BackupEvent.Warning("The iPhone's library lists " + unaccounted
                    + (unaccounted == 1 ? " photo that is" : " photos that are")
                    + " neither on the iPhone nor, as far as it shows, in iCloud: "
                    + "'shoebox coverage --list unknown' has the list."));
        }
        absences.forEach(absence -> outcomes.tell(new BackupEvent.Absent(absence)));
    }

    /** @return whether any file was moved */
    private boolean reconcile() throws IOException {
        int moved = destination.isWritable()
                ? destination.ownerChanges().reconcile().moved().size()
                : 0;
        if (moved > 0) {
            outcomes.tell(new BackupEvent.Reconciled(moved));
        }
        return moved > 0;
    }

    /** Whether a new folder or archive contains nothing to back up. */
    public boolean foundNothing(Listing listing) throws IOException {
        if (source.id().isOnCable() || !listing.files().isEmpty()) {
            return false;
        }
        try (Stream<StoredFile> before = destination.stored(source.id())) {
            return before.findAny().isEmpty();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    /** Counts photos and videos that the source would not list, except those with another listed file. */
    private static int refused(Listing listing) {
        Set<String> names = new HashSet<>();
        for (Unreadable unreadable : listing.unreadable()) {
            if (AssetGrouping.isMediaOrCompanion(unreadable.path())) {
                names.add(Names.withoutExtension(unreadable.path()));
            }
        }
        if (!names.isEmpty()) {
            listing.files().forEach(file -> names.remove(Names.withoutExtension(file.path())));
        }
        return names.size();
    }

    /** Joins the halves of Live Photos. Names on a phone are reliable; elsewhere they may mislead. */
    private Plan together(List<Asset> assets, Plan plan, Contents contents, FingerprintUse use) throws IOException {
        if (source.id().isOfPhone() || plan.steps().isEmpty()) {
            return plan;
        }
        Set<String> wanted = new HashSet<>();
        plan.steps().forEach(step -> step.missing()
                .forEach(resource -> wanted.add(resource.file().path())));
        List<Asset> together = new LiveHalves(this::contentIdentifier).together(assets, wanted);
        return together.equals(assets) ? plan : plan(together, contents, use);
    }

    private Optional<String> contentIdentifier(Resource resource) {
        try (SeekableByteChannel bytes = source.open(resource.file())) {
            return Metadata.read(bytes).contentIdentifier();
        } catch (IOException unreadable) {
            // If the source is lost, reading its files shows it.
            return Optional.empty();
        }
    }

    private StepFilter.Picked pick(Plan plan, StepFilter picking, AssetFilter choice, CaptureTimeResolver dates)
            throws IOException {
        Map<String, Optional<CaptureTime>> taken = new HashMap<>();
        return picking.pick(dated(picking.apart(plan.steps()), choice, dates, taken), taken);
    }

    /**
     * Determines the dates by which assets will be filed. Opens files only if the library does not settle it.
     *
     * @param taken receives the dates, by asset
     * @return the steps; assets of different shots are split
     */
    private List<Step> dated(
            List<Step> steps, AssetFilter choice, CaptureTimeResolver dates, Map<String, Optional<CaptureTime>> taken)
            throws IOException {
        if (choice.taken().isEver()) {
            return steps;
        }
        List<Step> apart = new ArrayList<>(steps.size());
        for (Step step : steps) {
            if (dates.isSettledByLibrary(step.asset(), choice.taken())) {
                apart.add(step);
            } else {
                for (CaptureTimeResolver.Dated dated : dates.dated(step, CaptureTimeResolver.reading(source))) {
                    taken.put(dated.step().asset().key(), dated.facts().captured());
                    apart.add(dated.step());
                }
            }
        }
        return apart;
    }

    private List<MissingOriginal> inBackup(List<MissingOriginal> absences) throws IOException {
        List<MissingOriginal> marked = new ArrayList<>(absences.size());
        for (MissingOriginal absence : absences) {
            marked.add(absence.compared(destination, source.id()));
        }
        return marked;
    }

    /** Lists the source. If it is lost meanwhile, lists it again once it is back, or throws the first loss. */
    private Listing listing() throws IOException {
        Optional<IOException> first = Optional.empty();
        for (int attempt = 1; ; attempt++) {
            try {
                return stop.interrupting(source::list);
            } catch (IOException lost) {
                if (stop.isAsked()) {
                    throw lost;
                }
                first = first.or(() -> Optional.of(lost));
                if (attempt == MOST_LISTINGS) {
                    throw first.get();
                }
                contact.lost(first.get());
                contact.reach(() -> source.read(List.of()), () -> {}).close();
            }
        }
    }

    /**
     * Records which copies are truncated by the library, and which no longer are.
     *
     * @return whether anything changed
     */
    private boolean recordClaims(List<Asset> assets, Library library, Plan plan) throws IOException {
        List<LibraryClaim.Changed> news = LibraryClaim.changed(
                (asset, resource) -> LibraryClaim.isShort(library, asset, resource), assets, plan.doubtful());
        if (news.isEmpty()) {
            return false;
        }
        Set<String> missing = new HashSet<>();
        plan.steps().forEach(step -> step.missing()
                .forEach(resource -> missing.add(resource.file().path())));
        boolean changed = false;
        for (LibraryClaim.Changed each : news) {
            if (!missing.contains(each.file().path())) {
                changed |= destination
                        .memory()
                        .recordTooShort(source.id(), each.asset().key(), each.file(), each.isShort());
            }
        }
        return changed;
    }

    private Plan plan(List<Asset> assets, Contents contents, FingerprintUse use) throws IOException {
        return plan(assets, contents, use, RowsAhead.NONE);
    }

    private Plan plan(List<Asset> assets, Contents contents, FingerprintUse use, RowsAhead ahead) throws IOException {
        Set<MediaFile> claimed =
                use == FingerprintUse.CHECK ? destination.recognition().claimed(source.id()) : Set.of();
        return Planner.plan(assets, source.id(), destination, contents, claimed, ahead);
    }
}
