package dev.shoebox.backup.transfer;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.RunOutcomes;
import dev.shoebox.backup.plan.ArrivalDating;
import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.backup.transfer.PendingFile.RereadDigest;
import dev.shoebox.backup.transfer.Transfer.Failure;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.ingest.Arrival;
import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.destination.ingest.Staged;
import dev.shoebox.destination.ingest.StagedResource;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Role;
import dev.shoebox.photos.format.Plausibility;
import dev.shoebox.photos.source.MediaSource.Request;
import dev.shoebox.photos.source.MediaStream.Bytes;
import dev.shoebox.photos.source.MediaStream.Piece;
import dev.shoebox.photos.source.MediaStream.Whole;
import dev.shoebox.photos.source.Unreadable;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of one pass on their way from the source: pieces come in, staged files fill, and each asset goes to the
 * ingest as soon as its last file is here or known to be unreadable. One broken half never holds back the other.
 *
 * <p>A file that is to be read twice counts as here only once two readings, one after the other, gave the same bytes.
 */
public final class TransferPass implements Closeable {

    /** What a run that ends waits for answers of the phone, in nanoseconds. */
    private static final long LONGEST_FOR_HASHES = 2_000_000_000L;

    private final Ingest ingest;
    private final ArrivalDating dating;
    private final RunOutcomes outcomes;
    private final RereadPolicy secondReads;
    private final EndToEnd proofs;
    private final PhoneHashing hashing;

    /** What came whole and is being hashed by the phone. */
    private final AwaitedHashes hashed;

    private final Readings readings;

    /** What came otherwise than it should. */
    private final DifferingFiles differing;

    /** What is still to come, by path, in the order it was planned. */
    private final Map<String, PendingFile> outstanding = new LinkedHashMap<>();

    /** Files whose second reading was asked for and is of no use any more. */
    private final Set<String> unwanted = new HashSet<>();

    /** How many files, or second readings of one, the current stream is still to bring. */
    private int due;

    /** Whether the phone's hashes are counted on for what is outstanding. */
    private boolean counted;

    private boolean rearranged;
    private boolean alone;
    private int settled;
    private long lastHeard = System.nanoTime();
    private boolean heardAnything;

    TransferPass(
            List<Step> steps,
            Ingest ingest,
            ArrivalDating dating,
            RunOutcomes outcomes,
            RereadPolicy secondReads,
            EndToEnd proofs) {
        this.ingest = ingest;
        this.dating = dating;
        this.outcomes = outcomes;
        this.secondReads = secondReads;
        this.proofs = proofs;
        this.hashing = proofs.hashing();
        this.counted = hashing.isUsed();
        this.hashed = new AwaitedHashes(proofs, new ByHash());
        this.differing = new DifferingFiles(proofs);
        this.readings = new Readings(proofs, secondReads, outcomes, () -> doubt(Long.MAX_VALUE));
        for (Step step : steps) {
            PendingAsset assembly = new PendingAsset(step);
            for (Resource resource : step.missing()) {
                PendingFile part = new PendingFile(assembly, resource, proofs.claim(step.asset(), resource));
                part.twice = secondReads.insists(resource.file())
                        || (isProvenByReading(part)
                                && (secondReads.samples(resource.file())
                                        || (proofs.claims() && secondReads.isCheap(resource.file()))));
                outstanding.put(resource.file().path(), part);
            }
        }
    }

    /** Whether nothing but reading it twice could prove it. */
    private boolean isProvenByReading(PendingFile part) {
        return part.claim.isEmpty() && !hashing.covers(part.resource.file());
    }

    boolean isComplete() {
        return outstanding.isEmpty() && hashed.isEmpty() && differing.isEmpty();
    }

    /** Whether nothing is to be read before the phone has answered what it was asked. */
    boolean waitsForHashes() {
        return !hashed.isEmpty() && (outstanding.isEmpty() || hashing.isFull());
    }

    /** Whether what came otherwise than it should is to be seen to before more is read. */
    boolean isTimeToMend() {
        return differing.areDue(outstanding.isEmpty());
    }

    /** Reads what came otherwise than it should again, of a large file only the ranges that differ. Not while a stream is open. */
    List<Failure> mend(PartialReread partial) throws IOException {
        List<Failure> failures = new ArrayList<>();
        List<PendingFile> parts = differing.take();
        parts.forEach(part -> outstanding.put(part.path(), part));
        for (PendingFile part : parts) {
            PartialReread.Result result = partial.of(part.resource.file(), staged(part), proofs.extras(part));
            if (result.outcome() == PartialReread.Outcome.SAME && part.claim.isPresent()) {
                part.proof = proofs.contradict(part);
                settleWhole(part);
            } else if (result.mended().isPresent()) {
                part.contradicted = true;
                part.before = Optional.of(staged(part).sha256());
                drop(part);
                part.staged = result.mended();
                outcomes.tell(new BackupEvent.Received(staged(part).length()));
                proceed(part, readings.staged(part)).ifPresent(failures::add);
            } else {
                readAgain(part);
            }
        }
        return failures;
    }

    /** What to ask the source for now; whatever was asked for before is no longer expected. */
    List<Request> outstanding() throws DestinationException {
        unwanted.clear();
        rearranged = false;
        List<Request> requests = new ArrayList<>();
        for (PendingFile part : outstanding.values()) {
            if (part.staged.isEmpty()) {
                takeUp(part);
            }
            part.asked(requests, secondReads.isEverything());
            if (alone) {
                break;
            }
        }
        due = requests.size();
        return requests;
    }

    /** Whether other requests than those that were made last are needed now: for one, because all of those are answered. */
    boolean isRearranged() {
        return rearranged || (due == 0 && !outstanding.isEmpty());
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
        PendingFile first = outstanding.values().iterator().next();
        return new ConnectionLossPolicy.Place(
                first.path(), settled, first.staged.map(Staged::length).orElse(0L));
    }

    /** Takes the next piece of the stream; answers the failure if it tells of one. */
    Optional<Failure> take(Piece piece) throws IOException {
        lastHeard = System.nanoTime();
        heardAnything = true;
        due -= piece instanceof Bytes ? 0 : 1;
        if (unwanted.contains(piece.path())) {
            if (piece instanceof Bytes bytes) {
                bytes.release().run();
            } else {
                unwanted.remove(piece.path());
            }
            return Optional.empty();
        }
        PendingFile part = outstanding.get(piece.path());
        if (part == null) {
            throw new IllegalStateException("The source sent part of a file that was not requested: " + piece.path());
        }
        if (piece instanceof Bytes bytes) {
            takeBytes(part, bytes);
        } else if (piece instanceof Whole) {
            if (part.second.isPresent()) {
                return compared(part);
            }
            staged(part);
            return proceed(part, readings.staged(part));
        } else if (piece instanceof Unreadable unreadable) {
            return Optional.of(giveUp(unreadable));
        }
        return Optional.empty();
    }

    private void takeBytes(PendingFile part, Bytes bytes) throws DestinationException {
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
        outcomes.tell(new BackupEvent.Received(staged.length() - before));
        if (!staged.fits()) {
            outcomes.troubled(part.resource, "its content changed since the interrupted transfer");
            drop(part);
            rearranged = true;
        } else if (proofs.isToBeHashed(part)) {
            hashing.came(part.resource.file(), staged.length());
        }
    }

    private Optional<Failure> proceed(PendingFile part, NextStep next) throws IOException {
        switch (next) {
            case SETTLE -> settleWhole(part);
            case COMPARE_WITH_NEXT -> part.second = Optional.of(new RereadDigest());
            case COMPARE_NOW -> {
                part.second = Optional.of(new RereadDigest());
                rearranged = true;
            }
            case COMPARE_LATER -> {
                part.second = Optional.of(new RereadDigest());
                putLast(part);
            }
            case READ_AGAIN -> readAgain(part);
            case ASK_PHONE -> {
                leave(part);
                hashed.ask(part);
            }
            case GIVE_UP -> {
                return Optional.of(neverTheSame(part));
            }
        }
        return Optional.empty();
    }

    private void readAgain(PendingFile part) throws DestinationException {
        if (differing.accepts(part)) {
            leave(part);
            differing.add(part);
            return;
        }
        part.contradicted = true;
        part.before = Optional.of(staged(part).sha256());
        drop(part);
        putLast(part);
        if (part.claim.isPresent() && proofs.differs()) {
            bringForward();
        }
    }

    /** What differs from what is claimed of it is read again at once: a library that is wrong everywhere is soon found out. */
    private void bringForward() {
        List<PendingFile> all = List.copyOf(outstanding.values());
        outstanding.clear();
        all.stream().filter(part -> part.contradicted).forEach(part -> outstanding.put(part.path(), part));
        all.forEach(part -> outstanding.putIfAbsent(part.path(), part));
        rearranged = true;
    }

    /** The current stream goes on: breaking it off would carry twice what is on its way. */
    private void putLast(PendingFile part) {
        leave(part);
        outstanding.put(part.path(), part);
    }

    /**
     * Takes what the phone answered.
     *
     * @param wait whether to wait a little for an answer
     * @return the files that failed by it
     */
    List<Failure> takeHashes(boolean wait) throws IOException {
        List<Failure> failures = hashed.take(wait);
        if (counted && !hashing.isUsed()) {
            counted = false;
            outstanding.values().forEach(this::readTwiceIfDoubted);
        }
        return failures;
    }

    private void readTwiceIfDoubted(PendingFile part) {
        part.twice |= isProvenByReading(part) && (part.doubted || secondReads.samples(part.resource.file()));
    }

    /** What becomes of a file by what the phone answers. */
    private final class ByHash implements AwaitedHashes.Decisions {
        @Override
        public void settle(PendingFile part) throws IOException {
            settleWhole(part);
        }

        @Override
        public void readAgain(PendingFile part) throws IOException {
            TransferPass.this.readAgain(part);
        }

        /** What else there is decides. */
        @Override
        public void withoutHash(PendingFile part) throws IOException {
            boolean twice = !part.isAsClaimed()
                    && (part.claim.isPresent()
                            || part.doubted
                            || part.contradicted
                            || secondReads.samples(part.resource.file()));
            proceed(part, twice ? NextStep.COMPARE_LATER : NextStep.SETTLE);
        }

        @Override
        public void healed(PendingFile part, String wrong) {
            readings.healed(part, wrong);
        }

        @Override
        public Optional<Failure> giveUpIfReadTooOften(PendingFile part) throws IOException {
            if (part.readings < Readings.MOST) {
                return Optional.empty();
            }
            outstanding.put(part.path(), part);
            return Optional.of(neverTheSame(part));
        }

        @Override
        public boolean isAllHere() {
            return outstanding.isEmpty() && differing.isEmpty();
        }
    }

    private Optional<Failure> compared(PendingFile part) throws IOException {
        String again = part.second.orElseThrow().sha256();
        part.second = Optional.empty();
        NextStep next = readings.compared(part, again);
        if (next == NextStep.READ_AGAIN) {
            drop(part);
            part.before = Optional.of(again);
            rearranged = true;
            return Optional.empty();
        }
        return proceed(part, next);
    }

    private Failure neverTheSame(PendingFile part) throws IOException {
        drop(part);
        Failure failure = giveUp(new Unreadable(
                part.path(),
                Unreadable.Reason.READ_ERROR,
                "it was read " + Readings.MOST + " times and no two readings agreed; try another cable or "
                        + "port, then run the backup again"));
        return new Failure(failure.step(), failure.resource(), failure.why(), true);
    }

    /** Counts a file as unreadable, for this pass. */
    Failure giveUp(Unreadable why) throws IOException {
        PendingFile part = outstanding.get(why.path());
        if (part.promised) {
            unwanted.add(why.path());
        }
        if (why.reason() == Unreadable.Reason.READ_ERROR) {
            suspend(part);
        } else {
            drop(part);
        }
        settle(part);
        return new Failure(part.asset.step, part.resource, why, false);
    }

    /** Reads what comes next twice, as far as these many bytes; nothing changes for a file that is asked for already. */
    void doubt(long bytes) {
        long left = bytes;
        boolean first = true;
        for (PendingFile part : outstanding.values()) {
            left -= part.resource.file().size();
            if (left < 0 && !first) {
                return;
            }
            part.doubted = true;
            part.twice |= isProvenByReading(part) && secondReads.wants(part.resource.file());
            first = false;
        }
    }

    /** The file that is next is asked for by itself: if it is at fault, no other is blamed, and the other way round. */
    void askForOne() {
        alone = true;
    }

    /** The source was lost: what has not come whole is read again, but for what is kept of large files. */
    void breakOff() throws DestinationException {
        for (PendingFile part : outstanding.values()) {
            part.promised = false;
            if (part.second.isPresent()) {
                part.second = Optional.of(new RereadDigest());
            } else if (part.staged.isPresent()) {
                outcomes.troubled(part.resource, "the connection broke while it was read");
                suspend(part);
                takeUp(part);
            }
        }
    }

    /** Stores what came whole of assets that will not be completed by this pass. */
    void storeWhatIsWhole() throws IOException {
        // What the phone was asked and does not answer soon is not known to be right: it is read again by another run.
        long until = System.nanoTime() + LONGEST_FOR_HASHES;
        while (!hashed.isEmpty() && System.nanoTime() < until) {
            takeHashes(true);
        }
        List<PendingAsset> incomplete =
                unsettled().map(part -> part.asset).distinct().toList();
        for (PendingAsset assembly : incomplete) {
            store(assembly);
        }
    }

    /** Throws away what was neither stored nor completed, but for what is kept of large files. */
    @Override
    public void close() {
        unsettled().forEach(part -> {
            suspend(part);
            part.asset.whole.forEach(file -> file.staged().close());
        });
    }

    private Stream<PendingFile> unsettled() {
        return Stream.of(outstanding.values(), hashed.files(), differing.files())
                .flatMap(Collection::stream);
    }

    private Staged staged(PendingFile part) throws DestinationException {
        if (part.staged.isEmpty()) {
            part.staged = Optional.of(ingest.stage(part.resource.file(), proofs.extras(part)));
            outcomes.tell(new BackupEvent.Started(part.resource));
        }
        return part.staged.get();
    }

    private void takeUp(PendingFile part) throws DestinationException {
        part.staged = ingest.takeUp(part.resource.file(), proofs.extras(part));
        part.staged.ifPresent(staged -> {
            outcomes.tell(new BackupEvent.Started(part.resource));
            outcomes.tell(new BackupEvent.Received(staged.length()));
        });
    }

    private void suspend(PendingFile part) {
        part.staged.ifPresent(staged -> {
            outcomes.tell(new BackupEvent.Received(-staged.length()));
            ingest.suspend(staged);
        });
        part.staged = Optional.empty();
        part.second = Optional.empty();
    }

    private void drop(PendingFile part) {
        part.staged.ifPresent(staged -> {
            outcomes.tell(new BackupEvent.Received(-staged.length()));
            staged.close();
        });
        part.staged = Optional.empty();
        part.second = Optional.empty();
    }

    private void settleWhole(PendingFile part) throws IOException {
        Staged whole = staged(part);
        // What is no photo need not look like one, whatever it is called.
        Plausibility looks = part.resource.role() == Role.FILE
                ? Plausibility.PLAUSIBLE
                : whole.plausibility(part.resource.file().name());
        part.asset.whole.add(new StagedResource(part.resource, whole, looks, part.proof));
        part.staged = Optional.empty();
        settle(part);
    }

    /** It is not to be read any more, for now. */
    private void leave(PendingFile part) {
        rearranged |= alone;
        alone = false;
        outstanding.remove(part.path());
    }

    private void settle(PendingFile part) throws IOException {
        settled++;
        leave(part);
        if (--part.asset.awaited == 0) {
            store(part.asset);
        }
    }

    private void store(PendingAsset assembly) throws IOException {
        if (!assembly.whole.isEmpty()) {
            for (Arrival arrival : dating.arrivals(assembly.step, List.copyOf(assembly.whole))) {
                arrival.files().forEach(file -> {
                    outcomes.looksLike(file.resource(), file.plausibility());
                    outcomes.provenBy(file.resource(), file.proof());
                });
                ingest.store(arrival);
            }
            assembly.whole.clear();
        }
    }
}
