package dev.shoebox.backup.transfer;

import dev.shoebox.backup.event.Outcome;
import dev.shoebox.backup.event.RunOutcomes;
import dev.shoebox.backup.event.StopSignal;
import dev.shoebox.backup.plan.ArrivalDating;
import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.backup.plan.SourceReconnect;
import dev.shoebox.backup.transfer.ConnectionLossPolicy.Verdict;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.MediaStream;
import dev.shoebox.photos.source.SourceException;
import dev.shoebox.photos.source.Unreadable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads planned files from the source into the ingest, and decides on retries after unreadable files and lost sources.
 */
public final class Transfer {
    /** Steps in progress at once, which take some hundred bytes each. */
    private static final int SHARE = 10_000;

    /** How often an unreadable file is requested. */
    private static final int TRIES = 3;

    private final MediaSource source;
    private final Ingest ingest;
    private final ArrivalDating dating;
    private final RunOutcomes outcomes;
    private final StopSignal stop;
    private final RateLimiter limiter;
    private final SourceReconnect contact;
    private final RereadPolicy secondReads;
    private final EndToEnd proofs;
    private final RetryPolicy persistence;
    private final int share;

    /** When the last piece arrived or the stream started, in {@link System#nanoTime}. */
    private long lastHeard;

    /** Whether any piece of the current stream has arrived. */
    private boolean heardAnything;

    /** The source, its rate limit, and the way to reconnect to it. */
    public record Line(MediaSource source, RateLimiter limiter, SourceReconnect contact) {}

    /** The collaborators of a transfer. */
    public record Setup(
            Line line,
            RunOutcomes outcomes,
            StopSignal stop,
            RereadPolicy secondReads,
            EndToEnd proofs,
            RetryPolicy persistence) {}

    public Transfer(Setup setup, Ingest ingest, ArrivalDating dating) {
        this(setup, ingest, dating, SHARE);
    }

    /** @param share the maximum number of steps in progress at once */
    Transfer(Setup setup, Ingest ingest, ArrivalDating dating, int share) {
        this.source = setup.line().source();
        this.outcomes = setup.outcomes();
        this.stop = setup.stop();
        this.limiter = setup.line().limiter();
        this.contact = setup.line().contact();
        this.secondReads = setup.secondReads();
        this.proofs = setup.proofs();
        this.persistence = setup.persistence();
        this.ingest = ingest;
        this.dating = dating;
        this.share = share;
    }

    /** How a stream ended. */
    private enum End {
        DONE,
        /** New requests are needed. */
        REARRANGED,
        LOST
    }

    /**
     * Copies the files of the steps; unreadable files become outcomes of the run.
     *
     * @throws DestinationException if the destination is full or lost
     * @throws IOException if the source is lost and does not come back
     */
    public void copy(List<Step> steps) throws IOException {
        List<Step> todo = steps;
        boolean isOdd = false;
        for (int attempt = 1; !todo.isEmpty() && !stop.isAsked(); attempt++) {
            if (attempt > 1) {
                stop.await(persistence.beforeTry(attempt));
            }
            List<Failure> failures = new ArrayList<>();
            boolean again = false;
            try {
                long doubted = isOdd ? Long.MAX_VALUE : 0;
                for (int from = 0; from < todo.size() && !stop.isAsked(); from += share) {
                    boolean lost = pass(todo.subList(from, Math.min(todo.size(), from + share)), doubted, failures);
                    doubted = isOdd ? Long.MAX_VALUE : lost ? RereadPolicy.AFTER_ODDITY : 0;
                }
                again = attempt < TRIES && !stop.isAsked();
            } finally {
                // However the pass ended, unreadable files are reported with their own reasons.
                todo = new ArrayList<>();
                for (Failure failure : failures) {
                    if (again && failure.isWorthAnotherTry()) {
                        outcomes.troubled(failure.resource(), failure.why().message());
                        todo.add(new Step(failure.step().asset(), List.of(failure.resource())));
                        // A locked phone denies files without having read any of them wrong.
                        isOdd |= failure.why().reason() != Unreadable.Reason.DENIED;
                    } else {
                        fail(failure);
                    }
                }
            }
        }
    }

    /** A phone that denies files which it listed may have been locked: it is waited for like one that was lost. */
    private static IOException denial() {
        return new SourceException.Lost(
                "The source no longer permits reading its files. Connect and unlock it, then run the command again to "
                        + "continue.",
                null);
    }

    /**
     * Reads every file, in as many streams as needed; adds unreadable files to the failures.
     *
     * @param doubted how many bytes to read twice from the first file on, after an earlier irregularity
     * @return whether the connection was lost
     */
    private boolean pass(List<Step> steps, long doubted, List<Failure> failures) throws IOException {
        try (TransferPass arriving = new TransferPass(steps, ingest, dating, outcomes, secondReads, proofs)) {
            if (doubted > 0) {
                arriving.doubt(doubted);
            }
            ConnectionLossPolicy losses = new ConnectionLossPolicy(persistence.longestInVain());
            PartialReread partial = new PartialReread(source, ingest, proofs.hashing());
            boolean lost = false;
            while (!arriving.isComplete() && !stop.isAsked()) {
                if (arriving.isTimeToMend()) {
                    failures.addAll(arriving.mend(partial));
                } else if (arriving.waitsForHashes()) {
                    failures.addAll(arriving.takeHashes(true));
                } else if (drain(arriving, failures) == End.LOST) {
                    lost = true;
                    if (!arriving.isComplete()) {
                        afterLoss(arriving, losses);
                    }
                }
            }
            arriving.storeWhatIsWhole();
            return lost;
        }
    }

    private void afterLoss(TransferPass arriving, ConnectionLossPolicy losses) throws IOException {
        long nanos = System.nanoTime() - lastHeard;
        arriving.breakOff();
        arriving.doubt(RereadPolicy.AFTER_ODDITY);
        outcomes.lostAt(arriving.place().path());
        Verdict verdict = losses.judge(arriving.place(), nanos, heardAnything);
        if (verdict != Verdict.GO_ON) {
            fail(arriving.giveUp(breaksTheConnection(arriving.place().path(), losses.breaks())));
        }
        if (verdict == Verdict.GIVE_UP_SOURCE) {
            arriving.storeWhatIsWhole();
            throw contact.loss();
        }
    }

    private static Unreadable breaksTheConnection(String path, int times) {
        return new Unreadable(
                path,
                Unreadable.Reason.READ_ERROR,
                "the connection broke " + times
                        + " times while it was read; try another cable or port, then run the backup again");
    }

    /** Takes pieces until nothing is outstanding, a stop is requested, or an event ends the stream. */
    private End drain(TransferPass arriving, List<Failure> failures) throws IOException {
        try (MediaStream stream = reach(arriving)) {
            lastHeard = System.nanoTime();
            heardAnything = false;
            while (!arriving.isComplete() && !stop.isAsked()) {
                failures.addAll(arriving.takeHashes(arriving.waitsForHashes()));
                if (arriving.isRearranged() || arriving.isTimeToMend()) {
                    return End.REARRANGED;
                }
                if (arriving.waitsForHashes()) {
                    continue;
                }
                if (arriving.isComplete()) {
                    break;
                }
                MediaStream.Piece piece;
                try {
                    piece = stream.next();
                } catch (IOException gone) {
                    contact.lost(gone);
                    return End.LOST;
                }
                lastHeard = System.nanoTime();
                heardAnything = true;
                int bytes =
                        piece instanceof MediaStream.Bytes some ? some.buffer().remaining() : 0;
                if (source.id().isOnCable()
                        && piece instanceof Unreadable refused
                        && refused.reason() == Unreadable.Reason.DENIED) {
                    contact.lost(denial());
                }
                arriving.take(piece).ifPresent(failures::add);
                limiter.taken(bytes);
                if (arriving.isRearranged() || arriving.isTimeToMend()) {
                    return End.REARRANGED;
                }
            }
        }
        return End.DONE;
    }

    /** Opens a stream of the outstanding files; while the source is away, complete files are made durable. */
    private MediaStream reach(TransferPass arriving) throws IOException {
        try {
            return contact.reach(() -> source.read(arriving.requests()), ingest::flush);
        } catch (IOException away) {
            arriving.storeWhatIsWhole();
            throw away;
        }
    }

    private void fail(Failure failure) {
        outcomes.failed(failure.resource(), Outcome.Failed.of(failure.why()));
    }

    /** A file that could not be read in this pass. */
    record Failure(Step step, Resource resource, Unreadable why, boolean isFinal) {
        /** Whether to try the file again in this run: a changed file has another key. */
        boolean isWorthAnotherTry() {
            return !isFinal
                    && switch (why.reason()) {
                        case READ_ERROR, WRONG_SIZE, REFUSED, GONE, DENIED -> true;
                        case CHANGED -> false;
                    };
        }
    }
}
