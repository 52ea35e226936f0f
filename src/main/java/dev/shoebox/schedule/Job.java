package dev.shoebox.schedule;

import java.util.Map;
import java.util.Optional;

/**
 * What is to start by itself.
 *
 * @param profile which phone; empty: the only one
 * @param when at what time; empty: at none
 * @param onPlug whether also when an iPhone is plugged in
 * @param environment what Shoebox must be told so that it finds what it finds now
 */
public record Job(
        Optional<String> profile,
        Optional<CalendarTime> when,
        boolean onPlug,
        StartCommand shoebox,
        Map<String, String> environment) {
    /** Under which name the system's scheduler knows it. */
    public String name() {
        return "shoebox" + profile.map(word -> "-" + word).orElse("");
    }

    /** For people who look at the system's list. */
    String description() {
        return "Back up the photos of "
                + profile.map(word -> "the iPhone '" + word + "'").orElse("the iPhone");
    }
}
