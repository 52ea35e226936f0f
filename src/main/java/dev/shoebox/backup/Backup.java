package dev.shoebox.backup;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.event.DateSource;
import dev.shoebox.backup.event.FingerprintUse;
import dev.shoebox.backup.event.MissingOriginal;
import dev.shoebox.backup.event.Outcome;
import dev.shoebox.backup.event.RunOutcomes;
import dev.shoebox.backup.event.Skipped;
import dev.shoebox.backup.event.StopSignal;
import dev.shoebox.backup.hashing.PhoneHashing;
import dev.shoebox.backup.plan.BackupSelection;
import dev.shoebox.backup.plan.CaptureTimeResolver;
import dev.shoebox.backup.plan.LibrarySource;
import dev.shoebox.backup.plan.MissingResources;
import dev.shoebox.backup.plan.PlannedCopy;
import dev.shoebox.backup.plan.Planner.Plan;
import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.backup.plan.Preparation;
import dev.shoebox.backup.plan.Preparation.Prepared;
import dev.shoebox.backup.plan.Preparation.Seen;
import dev.shoebox.backup.plan.SourceReconnect;
import dev.shoebox.backup.thumbs.ThumbnailKeeping;
import dev.shoebox.backup.transfer.EndToEnd;
import dev.shoebox.backup.transfer.RateLimiter;
import dev.shoebox.backup.transfer.RereadPolicy;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.backup.transfer.Transfer;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.destination.ingest.ReadBack;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.naming.Preview;
import dev.shoebox.history.RunResult;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.metadata.Metadata;
import dev.shoebox.photos.metadata.field.MediaFacts;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SelfHashing;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.text.Amounts;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** One run: copies the files that a source has and a destination lacks. */
public final class Backup {
    /** A run must have copied this many bytes to predict how long the next one takes. */
    private static final long TELLING_BYTES = 50_000_000;

    private final MediaSource source;
    private final Destination destination;
    private final Options options;
    private final InstantSource clock;
    private final RunOutcomes outcomes;
    private final StopSignal stop = new StopSignal();
    private final SourceReconnect contact;
    private final Preparation planning;
    private final FreeSpacePlan room;
    private Seen seen;

    /** One instance for the whole run: what it learns about the connection applies to all later files. */
    private final RereadPolicy secondReads;

    /** How much the connection is distrusted. Each level includes the one before. */
    public enum Verify {
        /** A sample is read from the phone twice, and files on removable drives are read back. */
        AUTO,
        /** Every file is read back from the disk before it counts. */
        DISK,
        /** Every file is also hashed by the phone, if it supports that. */
        PHONE,
        /** Every file is read from the phone twice. */
        DEVICE
    }

    /** How a copy is verified before it counts, and how fingerprints claimed by a library are used. */
    public record Proving(Verify verify, FingerprintUse fingerprints) {
        ReadBack.Extent extent() {
            return verify == Verify.AUTO ? ReadBack.Extent.AS_THE_DISK_NEEDS : ReadBack.Extent.EVERY_FILE;
        }
    }

    /**
     * The options of a run.
     *
     * @param zone the time zone for times that are known only in UTC
     * @param bytesPerSecond the most bytes to read from the source per second, at least 1; empty for no limit
     * @param wanted what to copy, and in which order
     * @param dates which date counts
     */
    public record Options(
            Layout layout,
            ZoneId zone,
            RetryPolicy persistence,
            OptionalLong bytesPerSecond,
            Proving proving,
            BackupSelection wanted,
            DateSource dates) {
        /** The options of a run that uses fingerprints. */
        public Options(
                Layout layout,
                ZoneId zone,
                RetryPolicy persistence,
                OptionalLong bytesPerSecond,
                Verify verify,
                BackupSelection wanted,
                DateSource dates) {
            this(layout, zone, persistence, bytesPerSecond, new Proving(verify, FingerprintUse.AUTO), wanted, dates);
        }

        /** The options of a run that copies everything. */
        public Options(
                Layout layout, ZoneId zone, RetryPolicy persistence, OptionalLong bytesPerSecond, Verify verify) {
            this(layout, zone, persistence, bytesPerSecond, verify, BackupSelection.EVERYTHING, DateSource.PHOTOS);
        }
    }

    /** Creates a run without a library and without events. */
    public Backup(
            MediaSource source,
            Destination destination,
            Options options,
            InstantSource clock,
            Consumer<BackupEvent> listener) {
        this(source, destination, LibrarySource.NONE, options, clock, listener);
    }

    /**
     * @param library of the source, if it has one that can be read
     * @param listener receives one event at a time, from more than one thread
     */
    public Backup(
            MediaSource source,
            Destination destination,
            LibrarySource library,
            Options options,
            InstantSource clock,
            Consumer<BackupEvent> listener) {
        this.source = source;
        this.destination = destination;
        this.options = options;
        this.clock = clock;
        this.outcomes = new RunOutcomes(listener);
        RetryPolicy persistence = options.persistence();
        this.contact = new SourceReconnect(outcomes, stop, persistence.forSource(), persistence.pause());
        this.planning = new Preparation(source, destination, library, outcomes, contact, stop);
        this.room = new FreeSpacePlan(destination, outcomes, stop);
        // A source that is a backup verifies what it reads against its own records.
        boolean phone = source.id().isOnCable() && !(source instanceof CaptureTimeResolver.Filed);
        this.secondReads = new RereadPolicy(
                phone, options.proving().verify() == Verify.DEVICE ? RereadPolicy.Wish.ALL : RereadPolicy.Wish.SOME);
    }

    /** Returns what {@link #run} found on its source; empty before. */
    public Optional<Seen> seen() {
        return Optional.ofNullable(seen);
    }

    /**
     * Lists, plans, transfers, publishes and catalogues. Failures of the source or destination are part of the result.
     */
    public BackupResult run() {
        Duration transfer = Duration.ZERO;
        Optional<IOException> ended = Optional.empty();
        Optional<Prepared> known = Optional.empty();
        boolean foundNothing = false;
        try {
            Prepared prepared =
                    planning.prepare(options.wanted(), options.proving().fingerprints(), setting(), this::dates);
            known = Optional.of(prepared);
            seen = prepared.seen();
            foundNothing = planning.foundNothing(prepared.seen().listing());
            tellWhatIsAhead(prepared.plan());
            Instant transferring = clock.instant();
            try {
                ended = transfer(prepared);
            } catch (IOException end) {
                ended = Optional.of(end);
            } finally {
                transfer = Duration.between(transferring, clock.instant());
                failTheRest();
            }
            rememberTroubles();
            if (ended.isEmpty() && !stop.isAsked()) {
                new SidecarWriting(source.id(), destination, outcomes).write(options.wanted(), prepared.library());
                keepThumbnails(prepared, transfer);
            }
            if (!stop.isAsked() && !(ended.orElse(null) instanceof DestinationException.Lost)) {
                destination.proofs().requireOrder();
            }
            if (prepared.library().isThere()) {
                prepared.remembered().keep(prepared, options.wanted(), outcomes.implausible());
            }
        } catch (IOException end) {
            ended = Optional.of(end);
            failTheRest();
        }
        Skipped leftOut = known.map(Prepared::leftOut).orElse(Skipped.NOTHING).plus(outcomes.leftOut());
        List<MissingOriginal> absences = known.map(Prepared::absences).orElse(List.of());
        RunResult counted = outcomes.result(
                known.map(prepared -> prepared.plan().alreadyBackedUp()).orElse(0), transfer, absences);
        RunResult did = known.map(prepared -> counted.withOmitted(leftOut.omitted(prepared.inventory())))
                .orElse(counted);
        return new BackupResult(
                did, outcomes.implausible(), leftOut, absences, foundNothing, ended.orElse(null), stop.isAsked());
    }

    private void tellWhatIsAhead(Plan plan) throws IOException {
        int files =
                plan.steps().stream().mapToInt(step -> step.missing().size()).sum();
        if (files == 0) {
            return;
        }
        long bytes = Amounts.sum(plan.steps().stream().mapToLong(Step::bytes));
        Optional<Duration> expected = destination.status().stream()
                .filter(status -> status.source().kind() == source.id().kind()
                        && status.source().id().equals(source.id().id()))
                .flatMap(status -> status.lastCompleteRun().stream())
                .filter(run -> run.result().traffic().bytesCopied() >= TELLING_BYTES
                        && run.ended().isAfter(run.started()))
                .findFirst()
                .map(run -> Duration.ofMillis(Math.round(
                        (double) Duration.between(run.started(), run.ended()).toMillis()
                                / run.result().traffic().bytesCopied()
                                * bytes)));
        outcomes.tell(new BackupEvent.Ahead(files, bytes, destination.freeBytes(), expected));
    }

    private void failTheRest() {
        outcomes.failTheRest(new Outcome.Failed(
                Outcome.Failed.Reason.NOT_REACHED, "the run ended before this file was read; run the backup again"));
    }

    /**
     * Copies thumbnails once everything is safe, for a small part of the transfer time. A later run copies the rest.
     */
    private void keepThumbnails(Prepared prepared, Duration transfer) {
        if (!options.wanted().thumbnails() || source.id().kind() != SourceId.Kind.PHONE) {
            return;
        }
        try {
            new ThumbnailKeeping(source, destination, stop)
                    .keepAfter(transfer, prepared.seen().listing());
        } catch (IOException unkept) {
            // The photos are safe. If the phone left or the disk is full, the next run will report it.
        }
    }

    private void rememberTroubles() {
        try {
            destination
                    .runs()
                    .recordTroubles(
                            source.id(), outcomes.troubles(destination.runs().troubles(source.id())));
        } catch (DestinationException unrecorded) {
            // Only the order of the next run depends on it; a fault of the disk shows where it matters.
        }
    }

    /**
     * Returns what {@link #run} would copy. Reads from the source only the kilobytes needed for dates.
     *
     * @throws IOException if the source or the destination is lost
     */
    public List<PlannedCopy> preview() throws IOException {
        Prepared prepared =
                planning.prepare(options.wanted(), options.proving().fingerprints(), setting(), this::dates);
        Preview preview = destination.preview(source.id(), options.layout());
        CaptureTimeResolver dates = dates(prepared.library());
        List<PlannedCopy> planned = new ArrayList<>();
        for (Step step : room.fitting(prepared.plan().steps())) {
            if (stop.isAsked()) {
                break;
            }
            for (CaptureTimeResolver.Dated part : dates.dated(step, this::facts)) {
                Layout.Facts facts = part.facts();
                preview.place(part.step().asset(), facts).stream()
                        .filter(placement -> part.step().missing().contains(placement.resource()))
                        .map(placement -> new PlannedCopy(
                                placement.resource(), facts.captured(), placement.path(), placement.contentDecides()))
                        .forEach(planned::add);
            }
        }
        dates.undated().ifPresent(outcomes::tell);
        return planned;
    }

    private CaptureTimeResolver.Setting setting() {
        return new CaptureTimeResolver.Setting(source.id().name(), options.zone(), clock.instant(), options.dates());
    }

    private CaptureTimeResolver dates(Library library) {
        var memory = new KnownDates(source, destination);
        return new CaptureTimeResolver(setting(), library, memory, source::isBroken);
    }

    /** Ends the run soon; complete staged files are still made durable. May be called from any thread. */
    public void stop() {
        stop.ask();
    }

    private MediaFacts facts(Resource resource) throws IOException {
        SeekableByteChannel bytes;
        try {
            bytes = source.open(resource.file());
        } catch (MediaSource.UnreadableException unreadable) {
            outcomes.failed(resource, Outcome.Failed.of(unreadable.unreadable()));
            return MediaFacts.NONE;
        }
        try (bytes) {
            return Metadata.read(bytes);
        } catch (IOException e) {
            // A preview can do without one date; if the source is lost, the next file shows it.
            return MediaFacts.NONE;
        }
    }

    /** @return why not everything could be copied, if the disk is too full */
    private Optional<IOException> transfer(Prepared prepared) throws IOException {
        Plan plan = prepared.plan();
        outcomes.expect(new MissingResources(plan.steps()));
        try (PhoneHashing hashing = new PhoneHashing(SelfHashing.of(source).orElse(SelfHashing.NONE))) {
            var proofs = new EndToEnd(
                    options.proving().fingerprints(),
                    prepared.library(),
                    hashing,
                    options.proving().verify() == Verify.PHONE);
            KnownByFingerprint known = options.proving().fingerprints() == FingerprintUse.AUTO
                            && options.proving().verify() != Verify.DEVICE
                            && prepared.library().isThere()
                            && source.id().kind() == SourceId.Kind.PHONE
                    ? KnownByFingerprint.of(
                            plan.steps(),
                            prepared.library(),
                            destination.recognition(),
                            source.id(),
                            new SplittableRandom())
                    : KnownByFingerprint.nothing(plan.steps());
            return new RecognisingTransfer(destination, source, outcomes, stop, steps -> copy(prepared, steps, proofs))
                    .copy(known, proofs);
        }
    }

    private Optional<IOException> copy(Prepared prepared, List<Step> steps, EndToEnd proofs) throws IOException {
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        proofs.prepare(steps);
        try (Ingest ingest = destination.ingest(
                source.id(), options.layout(), options.proving().extent(), outcomes)) {
            var rate = new RateLimiter(options.bytesPerSecond().orElse(RateLimiter.UNLIMITED), stop);
            var setup = new Transfer.Setup(
                    new Transfer.Line(source, rate, contact),
                    outcomes,
                    stop,
                    secondReads,
                    proofs,
                    options.persistence());
            CaptureTimeResolver dates = dates(prepared.library());
            Transfer transfer = new Transfer(setup, ingest, dates);
            try {
                ingest.keepOnly(prepared.plan().steps().stream()
                        .flatMap(step -> step.missing().stream())
                        .map(Resource::file));
                Optional<IOException> ended = room.copyWhatFits(room.fitting(steps), transfer, ingest);
                dates.undated().ifPresent(outcomes::tell);
                return ended;
            } catch (DestinationException.Full full) {
                // Complete staged files are already written: making them durable takes next to no space.
                ingest.flush();
                throw full;
            } catch (DestinationException broken) {
                throw broken;
            } catch (IOException lost) {
                ingest.flush();
                throw lost;
            }
        }
    }
}
