package dev.shoebox.photos.metadata.field;

import dev.shoebox.photos.CaptureTime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The metadata of a file. Every fact is optional: damage costs facts, never the run.
 *
 * @param dates every plausible date, best first
 * @param refused dates at which no photo was taken, such as the epoch of a clock that was never set
 * @param contentIdentifier the identifier that links the halves of a Live Photo
 * @param duration of a film
 */
public record MediaFacts(
        List<DateClaim> dates,
        List<DateClaim> refused,
        Optional<String> cameraMake,
        Optional<String> cameraModel,
        Optional<String> contentIdentifier,
        Optional<Duration> duration,
        ShotDetails details) {
    public static final MediaFacts NONE = new MediaFacts(
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            ShotDetails.NONE);

    public MediaFacts {
        dates = List.copyOf(dates);
        refused = List.copyOf(refused);
    }

    /** Returns the best date, even if it is in the future. */
    public Optional<CaptureTime> captured() {
        return dates.stream().findFirst().map(DateClaim::time);
    }

    /** Returns the best date that is not in the future. */
    public Optional<CaptureTime> captured(Instant now) {
        return dates.stream()
                .map(DateClaim::time)
                .filter(time -> !time.isInFuture(now))
                .findFirst();
    }
}
