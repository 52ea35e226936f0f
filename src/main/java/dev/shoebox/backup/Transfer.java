package dev.shoebox.backup;

import dev.shoebox.backup.Planner.Step;
import dev.shoebox.destination.DestinationException;
import dev.shoebox.destination.Intake;
import dev.shoebox.photos.MediaSource;
import dev.shoebox.photos.MediaSource.Request;
import dev.shoebox.photos.MediaStream;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.Unreadable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads planned files from the source into the intake, and decides what is tried again: a file that could not be read,
 * a source that was lost.
 */
final class Transfer {
    /** How often a file is asked for, or may break the connection, before it counts as failed. */
    private static final int TRIES = 3;

    private final MediaSource source;
    private final Intake intake;
    private final Arriving.Dating dating;
    private final Tally tally;
    private final StopSignal stop;
    private final Brake brake;
    private final Contact contact;

    Transfer(
            MediaSource source,
            Intake intake,
            Arriving.Dating dating,
            Tally tally,
            StopSignal stop,
            Brake brake,
            Contact contact) {
        this.source = source;
        this.intake = intake;
        this.dating = dating;
        this.tally = tally;
        this.stop = stop;
        this.brake = brake;
        this.contact = contact;
    }

    /**
     * Copies what the steps name; what cannot be read ends in the tally.
     *
     * @throws DestinationException if the destination is full or lost
     * @throws IOException if the source is lost and did not come back
     */
    void copy(List<Step> steps) throws IOException {
        List<Step> todo = steps;
        for (int attempt = 1; !todo.isEmpty() && !stop.isAsked(); attempt++) {
            List<Failure> failures = new ArrayList<>();
            boolean again = false;
            try {
                pass(todo, failures);
                again = attempt < TRIES && !stop.isAsked();
            } finally {
                // However the pass ended, what could not be read is told with its own reason.
                todo = new ArrayList<>();
                for (Failure failure : failures) {
                    if (again && isWorthAnotherTry(failure.why().reason())) {
                        todo.add(new Step(failure.step().asset(), List.of(failure.resource())));
                    } else {
                        fail(failure);
                    }
                }
            }
        }
    }

    /** Reads every file once, through as many streams as it takes; adds what could not be read to the failures. */
    private void pass(List<Step> steps, List<Failure> failures) throws IOException {
        try (Arriving arriving = new Arriving(steps, intake, dating, tally)) {
            int fruitless = 0;
            while (!arriving.isComplete() && !stop.isAsked()) {
                Request first = arriving.outstanding().get(0);
                if (drain(arriving, failures)) {
                    break;
                }
                arriving.dropPartial();
                boolean progress =
                        arriving.isComplete() || !arriving.outstanding().get(0).equals(first);
                fruitless = progress ? 0 : fruitless + 1;
                if (fruitless == TRIES) {
                    fail(arriving.giveUp(breaksTheConnection(first)));
                } else if (fruitless == 2 * TRIES) {
                    arriving.storeWhatIsWhole();
                    throw contact.loss();
                }
            }
            arriving.storeWhatIsWhole();
        }
    }

    private static Unreadable breaksTheConnection(Request request) {
        return new Unreadable(
                request.file().path(),
                Unreadable.Reason.READ_ERROR,
                "the connection broke " + TRIES
                        + " times while it was read; try another cable or port, then run the backup again");
    }

    /** Takes pieces until nothing is outstanding or a stop is asked for; false if the source was lost before. */
    private boolean drain(Arriving arriving, List<Failure> failures) throws IOException {
        try (MediaStream stream = reach(arriving)) {
            while (!arriving.isComplete() && !stop.isAsked()) {
                MediaStream.Piece piece;
                try {
                    piece = stream.next();
                } catch (IOException gone) {
                    contact.lost(gone);
                    return false;
                }
                int bytes =
                        piece instanceof MediaStream.Bytes some ? some.buffer().remaining() : 0;
                arriving.take(piece).ifPresent(failures::add);
                brake.taken(bytes);
            }
        }
        return true;
    }

    /** Opens a stream of what is outstanding; while the source stays away, what is whole is made safe. */
    private MediaStream reach(Arriving arriving) throws IOException {
        try {
            return contact.reach(() -> source.read(arriving.outstanding()), intake::flush);
        } catch (IOException away) {
            arriving.storeWhatIsWhole();
            throw away;
        }
    }

    private static boolean isWorthAnotherTry(Unreadable.Reason reason) {
        return reason == Unreadable.Reason.READ_ERROR || reason == Unreadable.Reason.WRONG_SIZE;
    }

    private void fail(Failure failure) {
        tally.failed(failure.resource(), Outcome.Failed.of(failure.why()));
    }

    /** A file that could not be read this time. */
    record Failure(Step step, Resource resource, Unreadable why) {}
}
