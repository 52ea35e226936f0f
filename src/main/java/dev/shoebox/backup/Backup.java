package dev.shoebox.backup;

import dev.shoebox.backup.Planner.Plan;
import dev.shoebox.backup.Planner.Step;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.DestinationException;
import dev.shoebox.destination.Intake;
import dev.shoebox.destination.Layout;
import dev.shoebox.destination.Preview;
import dev.shoebox.destination.Stored;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.Grouping;
import dev.shoebox.photos.Listing;
import dev.shoebox.photos.MediaFacts;
import dev.shoebox.photos.MediaSource;
import dev.shoebox.photos.Metadata;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.SourceId;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One run: copies what a source has and a destination lacks. */
public final class Backup {
    /** What the catalogue, the manifest and the folders of one more file may take on the destination, in bytes. */
    private static final long BOOKKEEPING = 4096;

    /** How often a source is listed that breaks off each time. */
    private static final int MOST_LISTINGS = 3;

    private final MediaSource source;
    private final Destination destination;
    private final Options options;
    private final InstantSource clock;
    private final Tally tally;
    private final StopSignal stop = new StopSignal();
    private final Contact contact;

    /** How far the way of the bytes is mistrusted. Each level does what the one before does, and more. */
    public enum Verify {
        /** Where it pays: a sample is read from the phone twice, and what comes onto a drive is read back. */
        AUTO,
        /** Every file is read back from the disk before it counts. */
        DISK,
        /** Every file is read from the phone twice. */
        DEVICE
    }

    /**
     * How a run goes about it.
     *
     * @param zone where a time known only in UTC is placed
     * @param bytesPerSecond at most to be read from the source, at least 1; empty for as fast as it goes
     * @param verify how far each copy is proven before it counts
     */
    public record Options(
            Layout layout, ZoneId zone, Persistence persistence, OptionalLong bytesPerSecond, Verify verify) {}

    /**
     * How long a run keeps trying.
     *
     * @param forSource how long to wait for a source that was lost, each time; zero tries once
     * @param pause between two tries to reach it
     * @param longestInVain how long one file may keep a source silent before it is passed over
     */
    public record Persistence(Duration forSource, Duration pause, Duration longestInVain) {
        /** As it suits a phone on a cable. */
        public static Persistence waiting(Duration wait) {
            return new Persistence(wait, Duration.ofSeconds(1), Duration.ofSeconds(15));
        }

        /** A little while before the second time that files are asked for, and longer before the third. */
        Duration beforeTry(int attempt) {
            return attempt == 2 ? pause.dividedBy(4) : pause;
        }
    }

    /** @param listener receives one event at a time, from more than one thread */
    public Backup(
            MediaSource source,
            Destination destination,
            Options options,
            InstantSource clock,
            Consumer<BackupEvent> listener) {
        this.source = source;
        this.destination = destination;
        this.options = options;
        this.clock = clock;
        this.tally = new Tally(listener);
        Persistence persistence = options.persistence();
        this.contact = new Contact(tally, stop, persistence.forSource(), persistence.pause());
    }

    /** Lists, plans, transfers, publishes, catalogues. What a source or destination does ends up in the report. */
    public Report run() {
        Instant started = clock.instant();
        Duration transfer = Duration.ZERO;
        Optional<IOException> ended = Optional.empty();
        int alreadyBackedUp = 0;
        try {
            Plan plan = plan();
            alreadyBackedUp = plan.alreadyBackedUp();
            Instant transferring = clock.instant();
            try {
                ended = transfer(plan);
            } catch (IOException end) {
                ended = Optional.of(end);
            } finally {
                transfer = Duration.between(transferring, clock.instant());
                failTheRest();
            }
            rememberTroubles();
        } catch (IOException end) {
            ended = Optional.of(end);
            failTheRest();
        }
        return new Report(
                tally.copied(),
                tally.duplicates(),
                alreadyBackedUp,
                tally.failures(),
                tally.healed(),
                tally.filesReadTwice(),
                tally.bytesCopied(),
                transfer,
                Duration.between(started, clock.instant()),
                ended,
                stop.isAsked());
    }

    private void failTheRest() {
        tally.failTheRest(new Outcome.Failed(
                Outcome.Failed.Reason.NOT_REACHED, "the run ended before its turn; run the backup again"));
    }

    private void rememberTroubles() {
        try {
            destination.recordTroubles(source.id(), tally.troubles(destination.troubles(source.id())));
        } catch (DestinationException unrecorded) {
            // It costs the next run nothing but an order; whatever is wrong with the disk shows where it matters.
        }
    }

    /**
     * What {@link #run} would do; reads from the source only the kilobytes that a date needs.
     *
     * @throws IOException if the source or the destination is lost
     */
    public List<PlannedCopy> preview() throws IOException {
        Plan plan = plan();
        Preview preview = destination.preview(source.id(), options.layout());
        Dates dates = new Dates(source.id().name(), options.zone());
        List<PlannedCopy> planned = new ArrayList<>();
        for (Step step : fitting(plan.steps())) {
            if (stop.isAsked()) {
                break;
            }
            Layout.Facts facts = dates.facts(step.asset(), step.missing(), this::facts);
            preview.place(step.asset(), facts.captured(), facts).stream()
                    .filter(placement -> step.missing().contains(placement.resource()))
                    .map(placement -> new PlannedCopy(
                            placement.resource(), facts.captured(), placement.path(), placement.contentDecides()))
                    .forEach(planned::add);
        }
        return planned;
    }

    /**
     * What of a source a run would read, as its listing alone tells.
     *
     * @throws IOException if the source or the destination is lost
     */
    public static Missing missing(MediaSource source, Destination destination) throws IOException {
        Plan plan = plan(Grouping.group(source.list().files()), source, destination);
        return new Missing(plan.steps().size(), plan.files(), plan.bytes());
    }

    /**
     * What is not in a backup yet.
     *
     * @param assets photos and videos of which at least one file is missing
     * @param bytes of the missing files
     */
    public record Missing(int assets, int files, long bytes) {}

    /** Asks a run to end soon: what is staged whole is still made durable. From any thread. */
    public void stop() {
        stop.ask();
    }

    private MediaFacts facts(Resource resource) throws IOException {
        SeekableByteChannel bytes;
        try {
            bytes = source.open(resource.file());
        } catch (MediaSource.UnreadableException unreadable) {
            tally.failed(resource, Outcome.Failed.of(unreadable.unreadable()));
            return MediaFacts.NONE;
        }
        try (bytes) {
            return Metadata.read(bytes);
        } catch (IOException e) {
            // A preview can do without one date; a source that is lost says so at the next file.
            return MediaFacts.NONE;
        }
    }

    /** A source that is lost while it lists is asked again once it can be reached; if that is in vain, the first loss is told. */
    private Listing listing() throws IOException {
        Optional<IOException> first = Optional.empty();
        for (int attempt = 1; ; attempt++) {
            try {
                return source.list();
            } catch (IOException lost) {
                first = first.or(() -> Optional.of(lost));
                if (attempt == MOST_LISTINGS) {
                    throw first.get();
                }
                contact.lost(first.get());
                contact.reach(() -> source.read(List.of()), () -> {}).close();
            }
        }
    }

    private Plan plan() throws IOException {
        Listing listing = listing();
        List<Asset> assets = Grouping.group(listing.files());
        tally.tell(new BackupEvent.Listed(
                assets.size(),
                listing.files().size(),
                listing.files().stream().mapToLong(file -> file.size()).sum()));
        listing.unreadable().forEach(unlisted -> tally.failed(unlisted.path(), Outcome.Failed.of(unlisted)));
        Plan plan = plan(assets, source, destination);
        plan.vanished()
                .forEach(stored -> tally.tell(new BackupEvent.Warning(stored.path()
                        + " is no longer in the backup as it was stored; "
                        + stored.file().path()
                        + " is copied again")));
        tally.tell(new BackupEvent.Planned(plan.files(), plan.bytes(), plan.alreadyBackedUp()));
        return plan;
    }

    private static Plan plan(List<Asset> assets, MediaSource source, Destination destination) throws IOException {
        try (Stream<Stored> known = destination.stored(source.id())) {
            return Planner.plan(assets, known.iterator(), destination::isPresent, destination.troubles(source.id()));
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    /** @return why the run could not do everything, if the disk is too full for it */
    private Optional<IOException> transfer(Plan plan) throws IOException {
        plan.steps().forEach(step -> step.missing().forEach(tally::expect));
        try (Intake intake =
                destination.intake(source.id(), options.layout(), options.verify() != Verify.AUTO, tally)) {
            boolean phone = source.id().kind() == SourceId.Kind.PHONE;
            var setup = new Transfer.Setup(
                    source,
                    tally,
                    stop,
                    new Brake(options.bytesPerSecond(), stop),
                    contact,
                    new SecondReads(phone, options.verify() == Verify.DEVICE),
                    options.persistence());
            Transfer transfer =
                    new Transfer(setup, intake, new Dates(source.id().name(), options.zone()));
            try {
                intake.keepOnly(plan.steps().stream()
                        .flatMap(step -> step.missing().stream())
                        .map(Resource::file)
                        .toList());
                return copyWhatFits(fitting(plan.steps()), transfer, intake);
            } catch (DestinationException.Full full) {
                // What was staged whole before is already written: making it durable takes next to no space.
                intake.flush();
                throw full;
            } catch (DestinationException broken) {
                throw broken;
            } catch (IOException lost) {
                intake.flush();
                throw lost;
            }
        }
    }

    /**
     * Copies in order, passing over what does not fit into the free space. Files that turned out to be duplicates took
     * none of it, so what was passed over is looked at again until nothing more fits.
     */
    private Optional<IOException> copyWhatFits(List<Step> steps, Transfer transfer, Intake intake) throws IOException {
        Optional<IOException> tooFull = Optional.empty();
        List<Step> todo = steps;
        while (!todo.isEmpty() && !stop.isAsked()) {
            long free = destination.freeBytes();
            List<Step> fits = new ArrayList<>();
            List<Step> left = new ArrayList<>();
            for (Step step : todo) {
                long needed = step.bytes() + BOOKKEEPING * step.missing().size();
                for (Resource resource : step.missing()) {
                    needed -= intake.kept(resource.file());
                }
                if (needed <= free) {
                    free -= needed;
                    fits.add(step);
                } else {
                    left.add(step);
                }
            }
            if (!left.isEmpty() && tooFull.isEmpty()) {
                tooFull = Optional.of(
                        destination.full(todo.stream().mapToLong(Step::bytes).sum()));
            }
            if (fits.isEmpty()) {
                left.forEach(step -> step.missing()
                        .forEach(resource -> tally.failed(
                                resource,
                                new Outcome.Failed(
                                        Outcome.Failed.Reason.NO_SPACE,
                                        "the disk is too full for it; free some space, then run the backup again"))));
                return tooFull;
            }
            transfer.copy(fits);
            intake.flush();
            todo = new ArrayList<>(unproven(fits));
            todo.addAll(left);
        }
        return Optional.empty();
    }

    /** What of these steps the disk did not give back as it was written. */
    private List<Step> unproven(List<Step> steps) {
        Set<Resource> again = tally.takeUnproven();
        return again.isEmpty()
                ? List.of()
                : steps.stream()
                        .map(step -> new Step(
                                step.asset(),
                                step.missing().stream().filter(again::contains).toList()))
                        .filter(step -> !step.missing().isEmpty())
                        .toList();
    }

    /** Sets apart, unread, every file that the destination's file system cannot hold. */
    private List<Step> fitting(List<Step> steps) {
        long largest = destination.largestFile();
        List<Step> fitting = new ArrayList<>();
        for (Step step : steps) {
            List<Resource> small = new ArrayList<>();
            for (Resource resource : step.missing()) {
                if (resource.file().size() <= largest) {
                    small.add(resource);
                } else {
                    tally.failed(
                            resource,
                            new Outcome.Failed(
                                    Outcome.Failed.Reason.TOO_LARGE,
                                    "larger than any file this disk can hold (" + largest
                                            + " bytes); use a disk formatted as exFAT, NTFS, APFS or ext4"));
                }
            }
            if (!small.isEmpty()) {
                fitting.add(small.size() == step.missing().size() ? step : new Step(step.asset(), small));
            }
        }
        return fitting;
    }
}
