package dev.shoebox.photos;

import dev.shoebox.photos.CaptureTime.Origin;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds a date in a file name, as written by phones, messengers, screenshot tools and people:
 * {@code IMG-20230115-WA0001}, {@code PXL_20230115_101112345}, {@code PHOTO-2023-01-15-10-11-12},
 * {@code Screenshot 2023-01-15 at 10.11.12}.
 */
final class NameDate {
    private static final String APART = "(?<year>\\d{4})(?<mark>[-_.])(?<month>\\d{2})\\k<mark>(?<day>\\d{2})";
    private static final String TOGETHER = "(?<year>\\d{4})(?<month>\\d{2})(?<day>\\d{2})";

    /** macOS writes a no-break space before it. */
    private static final String HALF = "(?:[\\s\\u00a0\\u202f]?(?<half>[ap]\\.?m\\.?)(?!\\p{L}))?";

    private static final String REST = "(?:[-_. ]?\\d{3})?(?!\\d)" + HALF;

    /** After a word, digits are a time only if they are separated: {@code um 10.11.12}, {@code a las 10.11.12}. */
    private static final String TIME = "(?:[-_ T.,\\u00a0\\u202f]+(?:(?<hour>\\d{2})(?<minute>\\d{2})(?<second>\\d{2})"
            + "|(?<hour2>\\d{1,2})(?<between>[-_.:h ])(?<minute2>\\d{2})\\k<between>(?<second2>\\d{2}))" + REST
            + "|[-_ \\u00a0\\u202f](?:[\\p{L}\\p{M}.'’]{1,4}[-_ \\u00a0\\u202f]?){1,2}"
            + "(?<hour3>\\d{1,2})(?<between3>[-.:h])(?<minute3>\\d{2})\\k<between3>(?<second3>\\d{2})"
            + REST.replace("half", "half3")
            + "|(?!\\d))";

    /** Tried in this order. */
    private static final List<Pattern> PATTERNS = List.of(
            // Telegram on desktop computers.
            pattern("@(?<day>\\d{2})-(?<month>\\d{2})-(?<year>\\d{4})" + TIME),
            pattern("(?<!\\d)" + APART + TIME),
            pattern("(?<!\\d)(?<year>\\d{4})\\s?[年년]\\s?(?<month>\\d{1,2})\\s?[月월]\\s?(?<day>\\d{1,2})\\s?[日일]?"),
            pattern("(?<!\\d)" + TOGETHER + TIME),
            pattern("(?<!\\d)" + TOGETHER + "(?<hour>\\d{2})(?<minute>\\d{2})(?<second>\\d{2})(?:\\d{3})?(?!\\d)"),
            // Dashcams.
            pattern("(?<!\\d)(?<year>\\d{4})_(?<month>\\d{2})(?<day>\\d{2})_"
                    + "(?<hour>\\d{2})(?<minute>\\d{2})(?<second>\\d{2})(?!\\d)"),
            // The day is first if the separators are dots, or the digits show it.
            pattern("(?<![\\d.])(?<day>\\d{1,2})\\.(?<month>\\d{1,2})\\.(?<year>\\d{4})" + TIME),
            pattern("(?<!\\d)(?<day>1[3-9]|2\\d|3[01])[-_](?<month>\\d{2})[-_](?<year>\\d{4})" + TIME),
            pattern("(?<!\\d)(?<month>\\d{2})[-_](?<day>1[3-9]|2\\d|3[01])[-_](?<year>\\d{4})" + TIME));

    /** Names made of numbers whose digits may look like a date: UUIDs and digests. */
    private static final Pattern BY_NUMBER = Pattern.compile(
            "\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}|\\p{XDigit}{32}");

    /** Prefix of names on Google's phones, which are in universal time. */
    private static final String PIXEL = "PXL_";

    /** Names with a Unix time: iOS screen recordings in seconds; Facebook, WeChat and others in milliseconds. */
    private static final Pattern SECONDS = Pattern.compile("(?:RPReplay_Final(\\d{9,10})"
            + "|(?:mmexport|microMsg\\.|(?:\\p{L}{2,}[-_]){1,2})?(\\d{10})\\d{3})(?!\\d).*");

    private static final Pattern LONG_NUMBER = Pattern.compile("(?<!\\d)\\d{5,}(?!\\d)");

    /** The year of the oldest surviving photograph. */
    private static final int FIRST_YEAR = 1826;

    /** Earlier than this, adjacent digits are more likely a number than a date. */
    private static final int FIRST_YEAR_TOGETHER = 1900;

    /** No date has fewer digits; most camera file names do, so no pattern is tried on them. */
    private static final int FEWEST_DIGITS = 6;

    private static final int LONGEST_NAME = 255;
    private static final int FIRST_DIGITAL_YEAR = 1990;
    private static final int LAST_YEAR = 2099;

    private NameDate() {}

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /**
     * Returns the date; without a time of day, its first moment.
     *
     * @param now the current time; digits that would mean a later one are no date
     */
    static Optional<CaptureTime> of(String whole, Instant now) {
        // File systems have no longer names; archives do.
        String name = whole.length() > LONGEST_NAME ? whole.substring(0, LONGEST_NAME) : whole;
        if (digits(name) < FEWEST_DIGITS) {
            return Optional.empty();
        }
        if (BY_NUMBER.matcher(name).find()) {
            return Optional.empty();
        }
        Matcher counted = SECONDS.matcher(name);
        if (counted.matches()) {
            boolean recording = counted.group(1) != null;
            CaptureTime time = CaptureTime.ofUtc(
                    Instant.ofEpochSecond(Long.parseLong(counted.group(recording ? 1 : 2))), Origin.FILE_NAME);
            if (time.local().getYear() >= FIRST_DIGITAL_YEAR && !time.isInFuture(now)) {
                return Optional.of(time);
            }
        }
        for (Pattern pattern : PATTERNS) {
            Optional<CaptureTime> found = find(pattern, name, now);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static int digits(String name) {
        int digits = 0;
        for (int i = 0; i < name.length(); i++) {
            digits += name.charAt(i) >= '0' && name.charAt(i) <= '9' ? 1 : 0;
        }
        return digits;
    }

    private static Optional<CaptureTime> find(Pattern pattern, String name, Instant now) {
        Matcher matcher = pattern.matcher(name);
        for (int from = 0; from <= name.length() && matcher.find(from); from = matcher.start() + 1) {
            int year = Integer.parseInt(matcher.group("year"));
            boolean together = matcher.start("month") == matcher.end("year");
            if (year < FIRST_YEAR || year > LAST_YEAR || (together && !mayStandTogether(year, name))) {
                continue;
            }
            try {
                LocalDate day = LocalDate.of(
                        year, Integer.parseInt(matcher.group("month")), Integer.parseInt(matcher.group("day")));
                Optional<LocalTime> timeOfDay = timeOfDay(matcher);
                CaptureTime time = new CaptureTime(
                        day.atTime(timeOfDay.orElse(LocalTime.MIDNIGHT)),
                        timeOfDay.isPresent() && name.startsWith(PIXEL)
                                ? Optional.of(ZoneOffset.UTC)
                                : Optional.empty(),
                        Origin.FILE_NAME);
                // A date written by a person counts; a time, or a number from a program, may be from an unset clock.
                boolean isMeant = time.isPlausible() || (timeOfDay.isEmpty() && !together);
                if (isMeant && !time.isInFuture(now)) {
                    return Optional.of(time);
                }
            } catch (DateTimeException noDay) {
                // Not a date; another place in the name may have one.
            }
        }
        return Optional.empty();
    }

    /**
     * Whether adjacent digits may be an early date: people name scans so, but beside another long number it is a
     * number, too.
     */
    private static boolean mayStandTogether(int year, String name) {
        return year >= FIRST_DIGITAL_YEAR
                || (year >= FIRST_YEAR_TOGETHER
                        && LONG_NUMBER.matcher(name).results().count() == 1);
    }

    /** Returns the time of day; empty if the digits after the date are something else, such as a picture number. */
    private static Optional<LocalTime> timeOfDay(Matcher matcher) {
        for (String which : List.of("", "2", "3")) {
            Optional<String> hours = group(matcher, "hour" + which);
            if (hours.isEmpty()) {
                continue;
            }
            int hour = Integer.parseInt(hours.get());
            Optional<String> half = group(matcher, which.equals("3") ? "half3" : "half");
            if (half.isPresent() && hour >= 1 && hour <= 12) {
                hour = hour % 12 + (half.get().toLowerCase(Locale.ROOT).startsWith("p") ? 12 : 0);
            }
            try {
                return Optional.of(LocalTime.of(
                        hour,
                        Integer.parseInt(matcher.group("minute" + which)),
                        Integer.parseInt(matcher.group("second" + which))));
            } catch (DateTimeException noTime) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<String> group(Matcher matcher, String name) {
        try {
            return Optional.ofNullable(matcher.group(name));
        } catch (IllegalArgumentException notInThisPattern) {
            return Optional.empty();
        }
    }
}
