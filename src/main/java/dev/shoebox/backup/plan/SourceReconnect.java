package dev.shoebox.backup.plan;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.RunOutcomes;
import dev.shoebox.backup.event.StopSignal;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SourceException;
import dev.shoebox.system.ExhaustedException;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Reconnects to a lost source: pauses the run until the source is back or the time is over. */
public final class SourceReconnect {
    private final RunOutcomes outcomes;
    private final StopSignal stop;
    private final Duration patience;
    private final Duration pause;
    private IOException lastLoss; // or null

    /**
     * @param patience how long to wait for a lost source, each time
     * @param pause between two attempts to reach it
     */
    public SourceReconnect(RunOutcomes outcomes, StopSignal stop, Duration patience, Duration pause) {
        this.outcomes = outcomes;
        this.stop = stop;
        this.patience = patience;
        this.pause = pause;
    }

    /** Work that needs the source. */
    public interface Attempt<T> {
        T make() throws IOException;
    }

    /** Work to do before a wait, so that it is done if the wait fails. */
    public interface Precaution {
        void take() throws IOException;
    }

    /** Notes that the source was lost. */
    public void lost(IOException why) {
        lastLoss = why;
    }

    /** Returns the failure with which the run ends if the source stays away. */
    public IOException loss() {
        return begun(lastLoss);
    }

    /**
     * Runs the attempt; if the source is lost, again at once and after each pause until the time is over.
     *
     * @throws DestinationException at once if the destination fails: waiting for the source does not help
     * @throws IOException the loss, if the source stays away or a stop is requested
     */
    public <T> T reach(Attempt<T> attempt, Precaution precaution) throws IOException {
        long since = System.nanoTime();
        Optional<Class<?>> told = Optional.empty();
        while (true) {
            try {
                T made = attempt.make();
                if (told.isPresent()) {
                    outcomes.tell(new BackupEvent.Resumed());
                }
                return made;
            } catch (DestinationException broken) {
                throw broken;
            } catch (IOException unreachable) {
                Optional<ExhaustedException> exhausted = ExhaustedException.now(unreachable);
                if (exhausted.isPresent()) {
                    // Waiting for the source does not help if this computer is out of resources.
                    throw exhausted.get();
                }
                Duration left = patience.minusNanos(System.nanoTime() - since);
                if (lastLoss == null) {
                    throw unreachable;
                }
                if (left.isNegative() || left.isZero()) {
                    throw end(unreachable);
                }
                if (told.isEmpty()) {
                    precaution.take();
                }
                // When it is plugged in again, it may be locked or ask for trust: the user has to do something else.
                if (!told.equals(Optional.of(unreachable.getClass()))) {
                    told = Optional.of(unreachable.getClass());
                    outcomes.tell(new BackupEvent.Paused(unreachable, left));
                }
                if (stop.await(left.compareTo(pause) < 0 ? left : pause)) {
                    throw lastLoss;
                }
            }
        }
    }

    private IOException end(IOException unreachable) {
        return unreachable instanceof MediaSource.Withheld ? begun(unreachable) : loss();
    }

    /** Returns the loss as the end of a run that has started; if the source is back, the message says what it needs. */
    private static IOException begun(IOException why) {
        return why instanceof MediaSource.Withheld
                ? new SourceException.Lost(why.getMessage() + " Then run the command again to continue.", why)
                : why;
    }
}
