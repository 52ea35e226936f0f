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

/** The way back to a source that was lost: the run pauses until the source is there again, or patience is over. */
public final class SourceReconnect {
    private final RunOutcomes outcomes;
    private final StopSignal stop;
    private final Duration patience;
    private final Duration pause;
    private Optional<IOException> lastLoss = Optional.empty();

    /**
     * @param patience how long a lost source may stay away, each time
     * @param pause between two tries to reach it
     */
    public SourceReconnect(RunOutcomes outcomes, StopSignal stop, Duration patience, Duration pause) {
        this.outcomes = outcomes;
        this.stop = stop;
        this.patience = patience;
        this.pause = pause;
    }

    /** What needs the source. */
    public interface Attempt<T> {
        T make() throws IOException;
    }

    /** What is done before a wait, so that it is done if the wait is in vain. */
    public interface Precaution {
        void take() throws IOException;
    }

    /** The source was there and is gone. */
    public void lost(IOException why) {
        lastLoss = Optional.of(why);
    }

    /** What the run ends in if the source stays away. */
    public IOException loss() {
        return begun(lastLoss.orElseThrow());
    }

    /**
     * Makes the attempt; once the source was lost, at once and again after each pause while patience lasts.
     *
     * @throws DestinationException at once, if that is what fails: no wait for the source mends it
     * @throws IOException the loss, if the source stays away or a stop is asked for
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
                    // No wait for the source mends what this computer lacks.
                    throw exhausted.get();
                }
                Duration left = patience.minusNanos(System.nanoTime() - since);
                if (lastLoss.isEmpty()) {
                    throw unreachable;
                }
                if (left.isNegative() || left.isZero()) {
                    throw end(unreachable);
                }
                if (told.isEmpty()) {
                    precaution.take();
                }
                // Plugged in again it may be locked, or ask for trust: then something else is needed of the person.
                if (!told.equals(Optional.of(unreachable.getClass()))) {
                    told = Optional.of(unreachable.getClass());
                    outcomes.tell(new BackupEvent.Paused(unreachable, left));
                }
                if (stop.await(left.compareTo(pause) < 0 ? left : pause)) {
                    throw lastLoss.get();
                }
            }
        }
    }

    private IOException end(IOException unreachable) {
        return unreachable instanceof MediaSource.Withheld ? begun(unreachable) : loss();
    }

    /** The run has begun, so it ends as one whose source was lost; where that is there again, it is said what it lacks. */
    private static IOException begun(IOException why) {
        return why instanceof MediaSource.Withheld
                ? new SourceException.Lost(why.getMessage() + " Then run the command again to continue.", why)
                : why;
    }
}
