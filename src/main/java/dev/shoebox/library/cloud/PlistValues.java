package dev.shoebox.library.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A dictionary of a property list, asked for values of the kinds that they should be of; others are absent.
 *
 * @param now dates are held against it: one before iCloud Photos was, or far ahead, is no date
 */
record PlistValues(Map<?, ?> values, Instant now) {
    /** iCloud Photos came with iOS 8. */
    private static final Instant FIRST = Instant.parse("2014-01-01T00:00:00Z");

    private static final Duration FARTHEST = Duration.ofDays(366);

    /** By so much the clocks of phone and computer may differ. */
    private static final Duration SKEW = Duration.ofDays(1);

    Set<String> keys() {
        return Set.copyOf(values.keySet().stream().map(String::valueOf).toList());
    }

    /** Whether there is a value, of whatever kind. */
    boolean has(String key) {
        return values.containsKey(key);
    }

    /** A number is taken as well: iOS reads either. */
    Optional<Boolean> flag(String key) {
        Object value = values.get(key);
        if (value instanceof Long number) {
            return number == 0 || number == 1 ? Optional.of(number == 1) : Optional.empty();
        }
        return value instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
    }

    OptionalLong number(String key) {
        return values.get(key) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
    }

    Optional<String> text(String key) {
        return values.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** At most a year ahead. */
    Optional<Instant> date(String key) {
        return values.get(key) instanceof Instant date && date.isAfter(FIRST) && date.isBefore(now.plus(FARTHEST))
                ? Optional.of(date)
                : Optional.empty();
    }

    /** Something that has happened. */
    Optional<Instant> past(String key) {
        return date(key).filter(date -> date.isBefore(now.plus(SKEW)));
    }

    Optional<PlistValues> dictionary(String key) {
        return values.get(key) instanceof Map<?, ?> inner ? Optional.of(new PlistValues(inner, now)) : Optional.empty();
    }

    /** The dictionaries in a list, in its order. */
    static List<PlistValues> all(List<?> list, Instant now) {
        return list.stream()
                .filter(Map.class::isInstance)
                .map(each -> new PlistValues((Map<?, ?>) each, now))
                .toList();
    }
}
