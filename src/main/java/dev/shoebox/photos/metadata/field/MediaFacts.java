package dev.shoebox.photos.metadata.field;

import dev.shoebox.photos.CaptureTime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a file says of itself. Every fact is optional: a damaged file costs its facts, never the run.
 *
 * @param dates every plausible date, best first
 * @param refused dates at which no photo was taken: where a clock begins that was never set
 * @param contentIdentifier what ties the halves of a Live Photo together
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

    /** The best date, whatever today is. */
    public Optional<CaptureTime> captured() {
        return dates.stream().findFirst().map(DateClaim::time);
    }

    /** The best date that is not in the future. */
    public Optional<CaptureTime> captured(Instant now) {
        return dates.stream()
                .map(DateClaim::time)
                .filter(time -> !time.isInFuture(now))
                .findFirst();
    }
}
