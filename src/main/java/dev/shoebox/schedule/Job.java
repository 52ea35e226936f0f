package dev.shoebox.schedule;

import java.util.Map;
import java.util.Optional;

/**
 * A job to start automatically.
 *
 * @param profile the configured phone; empty for the only one
 * @param when the time; empty for none
 * @param onPlug whether to start when an iPhone is connected, too
 * @param environment the variables that make Shoebox find the same files as now
 */
public record Job(
        Optional<String> profile,
        Optional<CalendarTime> when,
        boolean onPlug,
        StartCommand shoebox,
        Map<String, String> environment) {
    /** Returns its name in the system's scheduler. */
    public String name() {
        return "shoebox" + profile.map(word -> "-" + word).orElse("");
    }

    /** Returns a description for the system's list. */
    String description() {
        return "Back up the photos of "
                + profile.map(word -> "the iPhone '" + word + "'").orElse("the iPhone");
    }
}
