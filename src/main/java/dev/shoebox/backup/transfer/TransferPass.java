package dev.shoebox.backup.transfer;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.RunOutcomes;
import dev.shoebox.backup.plan.ArrivalDating;
import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.backup.transfer.Transfer.Failure;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.destination.ingest.Ingest.StagedResource;
import dev.shoebox.destination.ingest.Staged;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.source.MediaSource.Request;
import dev.shoebox.photos.source.MediaStream.Bytes;
import dev.shoebox.photos.source.MediaStream.Piece;
import dev.shoebox.photos.source.MediaStream.Whole;
import dev.shoebox.photos.source.Unreadable;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files of one pass on their way from the source: pieces come in, staged files fill, and each asset goes to the
 * intake as soon as its last file is here or known to be unreadable. One broken half never holds back the other.
 *
 * <p>A file that is to be read twice counts as here only once two readings, one after the other, gave the same bytes.
 */
public final class TransferPass implements Closeable {
    /** How often a file is read whose readings keep differing. */
    private static final int MOST_READINGS = 5;

    private final Ingest intake;
    private final ArrivalDating dating;
    private final RunOutcomes tally;
    private final RereadPolicy secondReads;

    /** What is still to come, by path, in the order it was planned. */
    private final Map<String, Part> outstanding = new LinkedHashMap<>();

    /** Files whose second reading was asked for and is of no use any more. */
    private final Set<String> unwanted = new HashSet<>();

    private boolean rearranged;
    private boolean alone;
    private int settled;
    private long lastHeard = System.nanoTime();
    private boolean heardAnything;

    TransferPass(List<Step> steps, Ingest intake, ArrivalDating dating, RunOutcomes tally, RereadPolicy secondReads) {
        this.intake = intake;
        this.dating = dating;
        this.tally = tally;
        this.secondReads = secondReads;
        for (Step step : steps) {
            Assembly assembly = new Assembly(step);
            for (Resource resource : step.missing()) {
                Part part = new Part(assembly, resource);
                part.twice = secondReads.samples(resource.file());
                outstanding.put(resource.file().path(), part);
            }
        }
    }

    boolean isComplete() {
        return outstanding.isEmpty();
    }

    /** What to ask the source for now; whatever was asked for before is no longer expected. */
    List<Request> outstanding() throws DestinationException {
        unwanted.clear();
        rearranged = false;
        List<Request> requests = new ArrayList<>();
        for (Part part : outstanding.values()) {
            if (part.staged.isEmpty()) {
                takeUp(part);
            }
            part.asked(requests, secondReads.isEverything());
            if (alone) {
                break;
            }
        }
        return requests;
    }

    /** Whether other requests than those that were made last are needed now. */
    boolean isRearranged() {
        return rearranged;
    }

    void listen() {
        lastHeard = System.nanoTime();
        heardAnything = false;
    }

    /** When the last piece came or the stream began, in {@link System#nanoTime}. */
    long lastHeard() {
        return lastHeard;
    }

    boolean heardAnything() {
        return heardAnything;
    }

    /** Where the source stands. Not once everything came. */
    ConnectionLossPolicy.Place place() {
        Part first = outstanding.values().iterator().next();
        return new ConnectionLossPolicy.Place(
                first.path(), settled, first.staged.map(Staged::length).orElse(0L));
    }

    /** Takes the next piece of the stream; answers the failure if it tells of one. */
    Optional<Failure> take(Piece piece) throws IOException {
        lastHeard = System.nanoTime();
        heardAnything = true;
        if (unwanted.contains(piece.path())) {
            if (piece instanceof Bytes bytes) {
                bytes.release().run();
            } else {
                unwanted.remove(piece.path());
            }
            return Optional.empty();
        }
        Part part = outstanding.get(piece.path());
        if (part == null) {
            throw new IllegalStateException("The source sent a piece of a file nobody asked for: " + piece.path());
        }
        if (piece instanceof Bytes bytes) {
            takeBytes(part, bytes);
        } else if (piece instanceof Whole) {
            return part.second.isPresent() ? readTwice(part) : readOnce(part);
        } else if (piece instanceof Unreadable unreadable) {
            return Optional.of(giveUp(unreadable));
        }
        return Optional.empty();
    }

    private void takeBytes(Part part, Bytes bytes) throws DestinationException {
        if (part.second.isPresent()) {
            try {
                part.second.get().take(bytes.buffer());
            } finally {
                bytes.release().run();
            }
            return;
        }
        Staged staged = staged(part);
        long before = staged.length();
        staged.write(bytes.buffer(), bytes.release());
        tally.tell(new BackupEvent.Received(staged.length() - before));
        if (!staged.fits()) {
            tally.troubled(part.resource, "it had other bytes than before when it was gone on with");
            drop(part);
            rearranged = true;
        }
    }

    private Optional<Failure> readOnce(Part part) throws IOException {
        Staged staged = staged(part);
        part.readings++;
        boolean agrees =
                part.before.filter(sha256 -> sha256.equals(staged.sha256())).isPresent();
        if (part.before.isEmpty() && part.promised) {
            part.promised = false;
            part.second = Optional.of(new RereadDigest());
        } else if (part.before.isEmpty() || agrees) {
            settleWhole(part);
        } else if (part.readings < MOST_READINGS) {
            part.second = Optional.of(new RereadDigest());
            rearranged = true;
        } else {
            return Optional.of(neverTheSame(part));
        }
        return Optional.empty();
    }

    private Optional<Failure> readTwice(Part part) throws IOException {
        String again = part.second.orElseThrow().sha256();
        part.second = Optional.empty();
        part.readings++;
        tally.readTwice();
        if (again.equals(staged(part).sha256())) {
            settleWhole(part);
            return Optional.empty();
        }
        tally.troubled(part.resource, "it came with other bytes when it was read a second time");
        if (secondReads.distrust()) {
            tally.tell(
                    new BackupEvent.Warning("Two readings of " + part.path() + " differ: the connection alters bytes."
                            + " Change the cable or the port. From here on every file is read twice."));
            doubt(Long.MAX_VALUE);
        }
        if (part.readings >= MOST_READINGS) {
            return Optional.of(neverTheSame(part));
        }
        drop(part);
        part.before = Optional.of(again);
        rearranged = true;
        return Optional.empty();
    }

    private Failure neverTheSame(Part part) throws IOException {
        drop(part);
        Failure failure = giveUp(new Unreadable(
                part.path(),
                Unreadable.Reason.READ_ERROR,
                "it was read " + MOST_READINGS + " times and never came twice with the same bytes; change the cable or"
                        + " the port, then run the backup again"));
        return new Failure(failure.step(), failure.resource(), failure.why(), true);
    }

    /** Counts a file as unreadable, for this pass. */
    Failure giveUp(Unreadable why) throws IOException {
        Part part = outstanding.get(why.path());
        if (part.promised) {
            unwanted.add(why.path());
        }
        if (why.reason() == Unreadable.Reason.READ_ERROR) {
            suspend(part);
        } else {
            drop(part);
        }
        settle(part);
        return new Failure(part.assembly.step, part.resource, why, false);
    }

    /** Reads what comes next twice, as far as these many bytes; nothing changes for a file that is asked for already. */
    void doubt(long bytes) {
        long left = bytes;
        boolean first = true;
        for (Part part : outstanding.values()) {
            left -= part.resource.file().size();
            if (left < 0 && !first) {
                return;
            }
            part.twice |= secondReads.wants(part.resource.file());
            first = false;
        }
    }

    /** The file that is next is asked for by itself: if it is at fault, no other is blamed, and the other way round. */
    void askForOne() {
        alone = true;
    }

    /** The source was lost: what has not come whole is read again, but for what is kept of large files. */
    void breakOff() throws DestinationException {
        for (Part part : outstanding.values()) {
            part.promised = false;
            if (part.second.isPresent()) {
                part.second = Optional.of(new RereadDigest());
            } else if (part.staged.isPresent()) {
                tally.troubled(part.resource, "the connection broke while it was read");
                suspend(part);
                takeUp(part);
            }
        }
    }

    /** Stores what came whole of assets that will not be completed by this pass. */
    void storeWhatIsWhole() throws IOException {
        List<Assembly> incomplete = outstanding.values().stream()
                .map(part -> part.assembly)
                .distinct()
                .toList();
        for (Assembly assembly : incomplete) {
            store(assembly);
        }
    }

    /** Throws away what was neither stored nor completed, but for what is kept of large files. */
    @Override
    public void close() {
        outstanding.values().forEach(part -> {
            suspend(part);
            part.assembly.whole.forEach(file -> file.staged().close());
        });
    }

    private Staged staged(Part part) throws DestinationException {
        if (part.staged.isEmpty()) {
            part.staged = Optional.of(intake.stage(part.resource.file()));
            tally.tell(new BackupEvent.Started(part.resource));
        }
        return part.staged.get();
    }

    private void takeUp(Part part) throws DestinationException {
        part.staged = intake.takeUp(part.resource.file());
        part.staged.ifPresent(staged -> {
            tally.tell(new BackupEvent.Started(part.resource));
            tally.tell(new BackupEvent.Received(staged.length()));
        });
    }

    private void suspend(Part part) {
        part.staged.ifPresent(staged -> {
            tally.tell(new BackupEvent.Received(-staged.length()));
            intake.suspend(staged);
        });
        part.staged = Optional.empty();
        part.second = Optional.empty();
    }

    private void drop(Part part) {
        part.staged.ifPresent(staged -> {
            tally.tell(new BackupEvent.Received(-staged.length()));
            staged.close();
        });
        part.staged = Optional.empty();
        part.second = Optional.empty();
    }

    private void settleWhole(Part part) throws IOException {
        Staged whole = staged(part);
        part.assembly.whole.add(new StagedResource(
                part.resource, whole, whole.plausibility(part.resource.file().name())));
        part.staged = Optional.empty();
        settle(part);
    }

    private void settle(Part part) throws IOException {
        settled++;
        rearranged |= alone;
        alone = false;
        outstanding.remove(part.path());
        if (--part.assembly.awaited == 0) {
            store(part.assembly);
        }
    }

    private void store(Assembly assembly) throws IOException {
        if (!assembly.whole.isEmpty()) {
            for (Ingest.Arrival arrival : dating.arrivals(assembly.step, List.copyOf(assembly.whole))) {
                arrival.files().forEach(file -> tally.looksLike(file.resource(), file.plausibility()));
                intake.store(arrival);
            }
            assembly.whole.clear();
        }
    }

    private static final class Assembly {
        private final Step step;
        private final List<StagedResource> whole = new ArrayList<>();
        private int awaited;

        Assembly(Step step) {
            this.step = step;
            this.awaited = step.missing().size();
        }
    }

    private static final class Part {
        private final Assembly assembly;
        private final Resource resource;
        private Optional<Staged> staged = Optional.empty();
        private boolean twice;

        /** The current stream brings it a second time. */
        private boolean promised;

        /** What is staged is whole, and is being read again. */
        private Optional<RereadDigest> second = Optional.empty();

        /** What the reading before this one gave, if that one was not kept. */
        private Optional<String> before = Optional.empty();

        private int readings;

        Part(Assembly assembly, Resource resource) {
            this.assembly = assembly;
            this.resource = resource;
        }

        String path() {
            return resource.file().path();
        }

        /** @param insist whether also a file is read twice whose beginning was compared when it was gone on with */
        void asked(List<Request> requests, boolean insist) {
            promised = false;
            if (second.isPresent()) {
                second = Optional.of(new RereadDigest());
                requests.add(new Request(resource.file(), 0));
                return;
            }
            requests.add(new Request(resource.file(), staged.map(Staged::next).orElse(0L)));
            boolean takenUp = staged.filter(Staged::isTakenUp).isPresent();
            if (twice && before.isEmpty() && (insist || !takenUp)) {
                promised = true;
                requests.add(new Request(resource.file(), 0));
            }
        }
    }
}
