package dev.shoebox.cli.configured;

import dev.shoebox.schedule.CalendarTime;

import java.util.List;
import java.util.Optional;

/**
 * On what occasions a backup is to start by itself, as the configuration writes it: {@code daily}, {@code weekly},
 * {@code on-plug}, or a time as {@code 20:30} or {@code Sun 20:30}.
 *
 * @param when at what time; empty: at none
 * @param onPlug when an iPhone is plugged in
 */
public record ScheduleSpec(Optional<CalendarTime> when, boolean onPlug) {
    private static final String DAILY = "daily";
    private static final String WEEKLY = "weekly";
    private static final String ON_PLUG = "on-plug";

    public static final ScheduleSpec NONE = new ScheduleSpec(Optional.empty(), false);

    /** @param words free of complaints */
    public static ScheduleSpec of(List<String> words) {
        return new ScheduleSpec(
                words.stream().flatMap(word -> when(word).stream()).findFirst(), words.contains(ON_PLUG));
    }

    private static Optional<CalendarTime> when(String word) {
        return switch (word) {
            case DAILY -> Optional.of(CalendarTime.DAILY);
            case WEEKLY -> Optional.of(CalendarTime.WEEKLY);
            default -> CalendarTime.parse(word);
        };
    }

    /** What is wrong with one of the words. */
    public static Optional<String> complaint(String word) {
        return word.equals(ON_PLUG) || when(word).isPresent()
                ? Optional.empty()
                : Optional.of("'" + word + "' is not one of " + String.join(", ", DAILY, WEEKLY, ON_PLUG)
                        + ", or a time as 20:30 or Sun 20:30");
    }

    /** The same, but for a start by the clock so many minutes later. */
    public ScheduleSpec later(int minutes) {
        return new ScheduleSpec(when.map(time -> time.plusMinutes(minutes)), onPlug);
    }

    public boolean isNone() {
        return when.isEmpty() && !onPlug;
    }

    /** {@code every Sunday at 19:00, and when an iPhone is plugged in}. */
    public String words() {
        String plugged = onPlug ? "when an iPhone is plugged in" : "";
        return when.map(time -> time.words() + (onPlug ? ", and " + plugged : ""))
                .orElse(plugged);
    }
}
