package dev.shoebox.cli.configured;

import dev.shoebox.schedule.CalendarTime;

import java.util.List;
import java.util.Optional;

/**
 * When a backup starts automatically, as configured: {@code daily}, {@code weekly}, {@code on-plug}, or a time such as
 * {@code 20:30} or {@code Sun 20:30}.
 *
 * @param when the time; empty for none
 * @param onPlug whether connecting an iPhone starts it
 */
public record ScheduleSpec(Optional<CalendarTime> when, boolean onPlug) {
    private static final String DAILY = "daily";
    private static final String WEEKLY = "weekly";
    private static final String ON_PLUG = "on-plug";

    public static final ScheduleSpec NONE = new ScheduleSpec(Optional.empty(), false);

    /** @param words valid words */
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

    /** Returns what is wrong with a word. */
    public static Optional<String> complaint(String word) {
        return word.equals(ON_PLUG) || when(word).isPresent()
                ? Optional.empty()
                : Optional.of("'" + word + "' is not one of " + String.join(", ", DAILY, WEEKLY, ON_PLUG)
                        + ", or a time as 20:30 or Sun 20:30");
    }

    /** Returns this with a start by the clock that is so many minutes later. */
    public ScheduleSpec later(int minutes) {
        return new ScheduleSpec(when.map(time -> time.plusMinutes(minutes)), onPlug);
    }

    public boolean isNone() {
        return when.isEmpty() && !onPlug;
    }

    /** Returns {@code every Sunday at 19:00, and when an iPhone is plugged in}. */
    public String words() {
        String plugged = onPlug ? "when an iPhone is plugged in" : "";
        return when.map(time -> time.words() + (onPlug ? ", and " + plugged : ""))
                .orElse(plugged);
    }
}
