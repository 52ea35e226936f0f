package dev.shoebox.coverage.icloud;

import dev.shoebox.library.cloud.CloudQueue;
import dev.shoebox.text.Amounts;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * What changed between two looks at a phone.
 *
 * @param before the number of items waiting at the first look; {@code after} at the second
 * @param sent whether an item reached iCloud in between, or none was left
 * @param time the time between the looks
 */
public record Movement(long before, long after, boolean sent, Duration time) {
    public static Movement between(Diagnosis first, Diagnosis second) {
        CloudFacts one = first.facts();
        CloudFacts other = second.facts();
        boolean sent = isLater(one, other, CloudFacts::lastSuccess)
                || isLater(one, other, facts -> facts.queue().flatMap(CloudQueue::lastSent))
                || isLater(one, other, facts -> facts.queue().flatMap(CloudQueue::lastCleared));
        return new Movement(
                one.waiting().items(), other.waiting().items(), sent, Duration.between(one.now(), other.now()));
    }

    private static boolean isLater(CloudFacts first, CloudFacts second, Function<CloudFacts, Optional<Instant>> date) {
        return date.apply(second).orElse(Instant.MIN).isAfter(date.apply(first).orElse(Instant.MIN));
    }

    /** Returns whether any item got through. */
    public boolean isMoving() {
        return sent || after < before;
    }

    /** Describes the change in one sentence. */
    public String sentence() {
        String waits = Amounts.count(after, "item") + (after == 1 ? " waits" : " wait") + " for iCloud";
        String since = " in the last " + Amounts.duration(time);
        if (after < before) {
            return "It moves: " + waits + ", " + Amounts.count(before - after) + " fewer" + since + ".";
        }
        if (sent) {
            return "It moves: " + waits + "; something got through" + since + ".";
        }
        return after == 0 && before == 0
                ? "Nothing waits, and nothing was sent" + since + "."
                : "It does not move: " + waits + ", and nothing got through" + since + ".";
    }
}
