package dev.shoebox.schedule;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A daily or weekly time.
 *
 * @param day the day of the week; empty for every day
 */
public record CalendarTime(Optional<DayOfWeek> day, LocalTime time) {
    /** When most people are at home, and the computer is on. */
    public static final LocalTime EVENING = LocalTime.of(19, 0);

    private static final Pattern WRITTEN = Pattern.compile("(?:(\\p{Alpha}{3,9})\\s+)?(\\d{1,2}:\\d{2})");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("H:mm");

    public static final CalendarTime DAILY = new CalendarTime(Optional.empty(), EVENING);
    public static final CalendarTime WEEKLY = new CalendarTime(Optional.of(DayOfWeek.SUNDAY), EVENING);

    /** Parses {@code 20:30} or {@code Sun 20:30}; empty if it is neither. */
    public static Optional<CalendarTime> parse(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        if (!written.matches()) {
            return Optional.empty();
        }
        try {
            LocalTime time = LocalTime.parse(written.group(2), CLOCK);
            Optional<DayOfWeek> day = Optional.ofNullable(written.group(1)).flatMap(CalendarTime::day);
            return day.isPresent() == (written.group(1) != null)
                    ? Optional.of(new CalendarTime(day, time))
                    : Optional.empty();
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static Optional<DayOfWeek> day(String word) {
        String name = word.toUpperCase(Locale.ROOT);
        return Arrays.stream(DayOfWeek.values())
                .filter(day ->
                        day.name().equals(name) || day.name().substring(0, 3).equals(name))
                .findFirst();
    }

    /** @param minutes less than a day */
    public CalendarTime plusMinutes(int minutes) {
        LocalTime later = time.plusMinutes(minutes);
        return new CalendarTime(day.map(one -> later.isBefore(time) ? one.plus(1) : one), later);
    }

    /** Returns {@code 19:00}, the format of every system. */
    String clock() {
        return time.format(DateTimeFormatter.ofPattern("HH:mm"));
    }

    /** Returns {@code every Sunday at 19:00}. */
    public String words() {
        return "every "
                + day.map(one -> one.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                        .orElse("day") + " at " + clock();
    }
}
