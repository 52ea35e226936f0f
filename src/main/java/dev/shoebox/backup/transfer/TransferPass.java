package dev.shoebox.backup.transfer;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.RunOutcomes;
import dev.shoebox.backup.hashing.PhoneHashing;
import dev.shoebox.backup.plan.ArrivalDating;
import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.backup.transfer.AssetAssembler.PendingAsset;
import dev.shoebox.backup.transfer.Readings.NextStep;
import dev.shoebox.backup.transfer.Transfer.Failure;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.ingest.Ingest;
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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One pass over planned files: takes the pieces of each stream, and carries out each step that {@link Readings} decides
 * on, until each file has arrived or is known to be unreadable.
 *
 * <p>A file that is read twice counts as arrived only when two consecutive reads gave the same bytes.
 */
final class TransferPass implements Closeable {

    /** How long an ending run waits for answers of the phone, in nanoseconds. */
    private static final long LONGEST_FOR_HASHES = 2_000_000_000L;

    private final RunOutcomes outcomes;
    private final RereadPolicy secondReads;
    private final EndToEnd proofs;
    private final PhoneHashing hashing;
    private final Readings readings;
    private final ReadQueue queue = new ReadQueue();
    private final PartialFiles partials;
    private final AssetAssembler assets;

    /** The complete files that the phone is hashing. */
    private final AwaitedHashes hashed;

    /** The files that arrived with wrong content. */
    private final DifferingFiles differing;

    /** Whether the remaining files rely on the phone's hashes. */
    private boolean counted;

    TransferPass(
            List<Step> steps,
            Ingest ingest,
            ArrivalDating dating,
            RunOutcomes outcomes,
            RereadPolicy secondReads,
            EndToEnd proofs) {
        this.outcomes = outcomes;
        this.secondReads = secondReads;
        this.proofs = proofs;
        this.hashing = proofs.hashing();
        this.counted = hashing.isUsed();
        this.partials = new PartialFiles(ingest, proofs, outcomes);
        this.assets = new AssetAssembler(ingest, dating, outcomes);
        this.hashed = new AwaitedHashes(proofs, new ByHash());
        this.differing = new DifferingFiles(proofs);
        this.readings = new Readings(proofs, secondReads, outcomes, () -> doubt(Long.MAX_VALUE));
        for (Step step : steps) {
            PendingAsset asset = new PendingAsset(step);
            for (Resource resource : step.missing()) {
                PendingFile file = new PendingFile(asset, resource);
                proofs.claim(step.asset(), resource).ifPresent(file::claimed);
                readings.plan(file);
                queue.add(file);
            }
        }
    }

    boolean isComplete() {
        return queue.isEmpty() && hashed.isEmpty() && differing.isEmpty();
    }

    /** Whether reading must pause until the phone has answered. */
    boolean waitsForHashes() {
        return !hashed.isEmpty() && (queue.isEmpty() || hashing.isFull());
    }

    /** Whether to process files with wrong content before more is read. */
    boolean isTimeToMend() {
        return differing.areDue(queue.isEmpty());
    }

    /** Returns the requests to make now; earlier requests are dropped. */
    List<Request> requests() throws DestinationException {
        return queue.requests(partials, secondReads.isEverything());
    }

    /** Returns whether new requests are needed, for example because all were answered. */
    boolean isRearranged() {
        return queue.isRearranged();
    }

    /** Returns the position of the source. Must not be called when everything has arrived. */
    ConnectionLossPolicy.Place place() {
        PendingFile next = queue.first();
        return new ConnectionLossPolicy.Place(
                next.path(), assets.settled(), next.staged().map(Staged::length).orElse(0L));
    }

    /** Takes the next piece of the stream; returns the failure if the piece reports one. */
    Optional<Failure> take(Piece piece) throws IOException {
        if (!queue.accepts(piece)) {
            return Optional.empty();
        }
        PendingFile file = queue.file(piece.path());
        if (piece instanceof Bytes bytes) {
            takeBytes(file, bytes);
        } else if (piece instanceof Whole) {
            if (file.second().isPresent()) {
                return compared(file);
            }
            partials.of(file);
            return proceed(file, readings.staged(file));
        } else if (piece instanceof Unreadable unreadable) {
            return Optional.of(giveUp(unreadable));
        }
        return Optional.empty();
    }

    private void takeBytes(PendingFile file, Bytes bytes) throws DestinationException {
        if (file.second().isPresent()) {
            try {
                file.second().get().take(bytes.buffer());
            } finally {
                bytes.release().run();
            }
            return;
        }
        Staged staged = partials.of(file);
        long before = staged.length();
        staged.write(bytes.buffer(), bytes.release());
        outcomes.tell(new BackupEvent.Received(staged.length() - before));
        if (!staged.fits()) {
            outcomes.troubled(file.resource, "its content changed since the interrupted transfer");
            partials.drop(file);
            queue.rearrange();
        } else if (proofs.isToBeHashed(file)) {
            hashing.came(file.resource.file(), staged.length());
        }
    }

    private Optional<Failure> proceed(PendingFile file, NextStep next) throws IOException {
        switch (next) {
            case SETTLE -> settleWhole(file);
            case COMPARE_WITH_NEXT -> file.beginSecond();
            case COMPARE_NOW -> {
                file.beginSecond();
                queue.rearrange();
            }
            case COMPARE_LATER -> {
                file.beginSecond();
                queue.putLast(file);
            }
            case READ_AGAIN -> readAgain(file);
            case ASK_PHONE -> {
                queue.remove(file);
                hashed.ask(file);
            }
            case GIVE_UP -> {
                return Optional.of(neverTheSame(file));
            }
        }
        return Optional.empty();
    }

    private void settleWhole(PendingFile file) throws IOException {
        assets.add(file, partials.of(file));
        queue.remove(file);
        assets.settle(file.asset);
    }

    private void readAgain(PendingFile file) throws DestinationException {
        if (differing.accepts(file)) {
            queue.remove(file);
            differing.add(file);
            return;
        }
        file.contradicted = true;
        file.remember(partials.of(file).sha256());
        partials.drop(file);
        queue.putLast(file);
        if (file.claim().isPresent() && proofs.differs()) {
            // This soon shows whether the library is wrong everywhere.
            queue.putContradictedFirst();
        }
    }

    private Optional<Failure> compared(PendingFile file) throws IOException {
        String again = file.second().orElseThrow().sha256();
        file.endSecond();
        NextStep next = readings.compared(file, again);
        if (next == NextStep.READ_AGAIN) {
            partials.drop(file);
            file.remember(again);
            queue.rearrange();
            return Optional.empty();
        }
        return proceed(file, next);
    }

    /**
     * Rereads files with wrong content, only the differing ranges of large ones. Must not be called while a stream is
     * open.
     */
    List<Failure> mend(PartialReread partial) throws IOException {
        List<Failure> failures = new ArrayList<>();
        List<PendingFile> files = differing.take();
        files.forEach(queue::add);
        for (PendingFile file : files) {
            PartialReread.Result result = partial.of(file.resource.file(), partials.of(file), proofs.extras(file));
            if (result.outcome() == PartialReread.Outcome.SAME && file.claim().isPresent()) {
                file.proof = proofs.contradict(file);
                settleWhole(file);
            } else if (result.mended().isPresent()) {
                file.contradicted = true;
                file.remember(partials.of(file).sha256());
                partials.replace(file, result.mended().get());
                proceed(file, readings.staged(file)).ifPresent(failures::add);
            } else {
                readAgain(file);
            }
        }
        return failures;
    }

    /**
     * Processes the phone's answers.
     *
     * @param wait whether to wait briefly for an answer
     * @return the files that failed
     */
    List<Failure> takeHashes(boolean wait) throws IOException {
        List<Failure> failures = hashed.take(wait);
        if (counted && !hashing.isUsed()) {
            counted = false;
            queue.files().forEach(readings::planWithoutHashes);
        }
        return failures;
    }

    /** The decisions about a file after the phone's answer. */
    private final class ByHash implements AwaitedHashes.Decisions {
        @Override
        public void settle(PendingFile file) throws IOException {
            settleWhole(file);
        }

        @Override
        public void readAgain(PendingFile file) throws IOException {
            TransferPass.this.readAgain(file);
        }

        @Override
        public void withoutHash(PendingFile file) throws IOException {
            proceed(file, readings.withoutHash(file));
        }

        @Override
        public void healed(PendingFile file, String wrong) {
            readings.healed(file, wrong);
        }

        @Override
        public Optional<Failure> giveUpIfReadTooOften(PendingFile file) throws IOException {
            if (file.readings < Readings.MOST) {
                return Optional.empty();
            }
            return Optional.of(neverTheSame(file));
        }

        @Override
        public boolean isAllHere() {
            return queue.isEmpty() && differing.isEmpty();
        }
    }

    private Failure neverTheSame(PendingFile file) throws IOException {
        partials.drop(file);
        return giveUp(
                file,
                new Unreadable(
                        file.path(),
                        Unreadable.Reason.READ_ERROR,
                        "it was read " + Readings.MOST + " times and no two readings agreed; try another cable or "
                                + "port, then run the backup again"),
                true);
    }

    /** Counts the current or next file as unreadable in this pass. */
    Failure giveUp(Unreadable why) throws IOException {
        return giveUp(queue.file(why.path()), why, false);
    }

    private Failure giveUp(PendingFile file, Unreadable why, boolean isFinal) throws IOException {
        queue.ignoreSecondReading(file);
        if (why.reason() == Unreadable.Reason.READ_ERROR) {
            partials.suspend(file);
        } else {
            partials.drop(file);
        }
        queue.remove(file);
        assets.settle(file.asset);
        return new Failure(file.asset.step, file.resource, why, isFinal);
    }

    /**
     * Has the next files read twice, up to this many bytes. Requests already made stay; such files are compared with
     * another read once they are complete.
     */
    void doubt(long bytes) {
        long left = bytes;
        boolean first = true;
        for (PendingFile file : queue.files()) {
            left -= file.resource.file().size();
            if (left < 0 && !first) {
                return;
            }
            readings.doubt(file);
            first = false;
        }
    }

    /**
     * Ends the stream because the source was lost. Incomplete files are read again, except for the kept parts of large
     * ones.
     */
    void breakOff() throws DestinationException {
        for (PendingFile file : queue.files()) {
            file.promised = false;
            if (file.second().isPresent()) {
                file.beginSecond();
            } else if (file.staged().isPresent()) {
                outcomes.troubled(file.resource, "the connection broke while it was read");
                partials.suspend(file);
                partials.takeUp(file);
            }
        }
        queue.askForOne();
    }

    /** Stores the complete files of assets that this pass will not complete. */
    void storeWhatIsWhole() throws IOException {
        // A file whose hash does not arrive soon is not proven: another run reads it again.
        long until = System.nanoTime() + LONGEST_FOR_HASHES;
        while (!hashed.isEmpty() && System.nanoTime() < until) {
            takeHashes(true);
        }
        List<PendingAsset> incomplete =
                unsettled().map(file -> file.asset).distinct().toList();
        for (PendingAsset asset : incomplete) {
            assets.store(asset);
        }
    }

    /** Discards incomplete and unstored files, except for the kept parts of large ones. */
    @Override
    public void close() {
        unsettled().forEach(file -> {
            partials.suspend(file);
            assets.drop(file.asset);
        });
    }

    private Stream<PendingFile> unsettled() {
        return Stream.of(queue.files(), hashed.files(), differing.files()).flatMap(Collection::stream);
    }
}
