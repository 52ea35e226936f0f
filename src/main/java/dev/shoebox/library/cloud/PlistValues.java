package dev.shoebox.library.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A dictionary of a property list with typed access; values of other types are absent.
 *
 * @param now the current time; a date before iCloud Photos existed, or far ahead, is invalid
 */
record PlistValues(Map<?, ?> values, Instant now) {
    /** iCloud Photos came with iOS 8. */
    private static final Instant FIRST = Instant.parse("2014-01-01T00:00:00Z");

    private static final Duration FARTHEST = Duration.ofDays(366);

    /** The possible difference between the clocks of phone and computer. */
    private static final Duration SKEW = Duration.ofDays(1);

    Set<String> keys() {
        return Set.copyOf(values.keySet().stream().map(String::valueOf).toList());
    }

    /** Returns whether there is a value of any type. */
    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Returns a boolean; iOS also uses a number. */
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

    /** Returns a date, at most a year ahead. */
    Optional<Instant> date(String key) {
        return values.get(key) instanceof Instant date && date.isAfter(FIRST) && date.isBefore(now.plus(FARTHEST))
                ? Optional.of(date)
                : Optional.empty();
    }

    /** Returns a date in the past. */
    Optional<Instant> past(String key) {
        return date(key).filter(date -> date.isBefore(now.plus(SKEW)));
    }

    Optional<PlistValues> dictionary(String key) {
        return values.get(key) instanceof Map<?, ?> inner ? Optional.of(new PlistValues(inner, now)) : Optional.empty();
    }

    /** Returns the dictionaries in a list, in order. */
    static List<PlistValues> all(List<?> list, Instant now) {
        return list.stream()
                .filter(Map.class::isInstance)
                .map(each -> new PlistValues((Map<?, ?>) each, now))
                .toList();
    }
}
