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
 * Finds the date that phones, messengers, screenshot tools and people spell in a file's name: {@code IMG-20230115-WA0001},
 * {@code PXL_20230115_101112345}, {@code PHOTO-2023-01-15-10-11-12}, {@code Screenshot 2023-01-15 at 10.11.12}.
 */
final class NameDate {
    private static final String APART = "(?<year>\\d{4})(?<mark>[-_.])(?<month>\\d{2})\\k<mark>(?<day>\\d{2})";
    private static final String TOGETHER = "(?<year>\\d{4})(?<month>\\d{2})(?<day>\\d{2})";

    /** As macOS writes it, there is a space before it that does not break. */
    private static final String HALF = "(?:[\\s\\u00a0\\u202f]?(?<half>[ap]\\.?m\\.?)(?!\\p{L}))?";

    private static final String REST = "(?:[-_. ]?\\d{3})?(?!\\d)" + HALF;

    /** Behind a word, digits are a time only where something stands between them: {@code um 10.11.12}, {@code a las 10.11.12}. */
    private static final String TIME = "(?:[-_ T.,\\u00a0\\u202f]+(?:(?<hour>\\d{2})(?<minute>\\d{2})(?<second>\\d{2})"
            + "|(?<hour2>\\d{1,2})(?<between>[-_.:h ])(?<minute2>\\d{2})\\k<between>(?<second2>\\d{2}))" + REST
            + "|[-_ \\u00a0\\u202f](?:[\\p{L}\\p{M}.'’]{1,4}[-_ \\u00a0\\u202f]?){1,2}"
            + "(?<hour3>\\d{1,2})(?<between3>[-.:h])(?<minute3>\\d{2})\\k<between3>(?<second3>\\d{2})"
            + REST.replace("half", "half3")
            + "|(?!\\d))";

    /** In the order in which they are tried. */
    private static final List<Pattern> PATTERNS = List.of(
            // Telegram on a computer.
            pattern("@(?<day>\\d{2})-(?<month>\\d{2})-(?<year>\\d{4})" + TIME),
            pattern("(?<!\\d)" + APART + TIME),
            pattern("(?<!\\d)(?<year>\\d{4})\\s?[年년]\\s?(?<month>\\d{1,2})\\s?[月월]\\s?(?<day>\\d{1,2})\\s?[日일]?"),
            pattern("(?<!\\d)" + TOGETHER + TIME),
            pattern("(?<!\\d)" + TOGETHER + "(?<hour>\\d{2})(?<minute>\\d{2})(?<second>\\d{2})(?:\\d{3})?(?!\\d)"),
            // Cameras in cars.
            pattern("(?<!\\d)(?<year>\\d{4})_(?<month>\\d{2})(?<day>\\d{2})_"
                    + "(?<hour>\\d{2})(?<minute>\\d{2})(?<second>\\d{2})(?!\\d)"),
            // The day first where dots say so, or the digits.
            pattern("(?<![\\d.])(?<day>\\d{1,2})\\.(?<month>\\d{1,2})\\.(?<year>\\d{4})" + TIME),
            pattern("(?<!\\d)(?<day>1[3-9]|2\\d|3[01])[-_](?<month>\\d{2})[-_](?<year>\\d{4})" + TIME),
            pattern("(?<!\\d)(?<month>\\d{2})[-_](?<day>1[3-9]|2\\d|3[01])[-_](?<year>\\d{4})" + TIME));

    /** Names by number, whose digits may look like a day: UUIDs and digests. */
    private static final Pattern BY_NUMBER = Pattern.compile(
            "\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}|\\p{XDigit}{32}");

    /** How Google's phones name what they take: in universal time. */
    private static final String PIXEL = "PXL_";

    /** How iOS names a recording of the screen, by the seconds since 1970; WeChat and others, by the milliseconds. */
    private static final Pattern SECONDS = Pattern.compile(
            "(?:RPReplay_Final(\\d{9,10})|(?:mmexport|wx_camera_|microMsg\\.)?(\\d{10})\\d{3})(?!\\d).*");

    private static final Pattern LONG_NUMBER = Pattern.compile("(?<!\\d)\\d{5,}(?!\\d)");

    /** The first photograph that is left. */
    private static final int FIRST_YEAR = 1826;

    /** Digits that stand together are a number sooner than a day before it. */
    private static final int FIRST_YEAR_TOGETHER = 1900;

    private static final int LONGEST_NAME = 255;
    private static final int FIRST_DIGITAL_YEAR = 1990;
    private static final int LAST_YEAR = 2099;

    private NameDate() {}

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** A date without a time of day stands for its first moment. */
    static Optional<CaptureTime> of(String whole) {
        // No file system has longer ones; archives do.
        String name = whole.length() > LONGEST_NAME ? whole.substring(0, LONGEST_NAME) : whole;
        if (BY_NUMBER.matcher(name).find()) {
            return Optional.empty();
        }
        Matcher counted = SECONDS.matcher(name);
        if (counted.matches()) {
            boolean recording = counted.group(1) != null;
            CaptureTime time = CaptureTime.ofUtc(
                    Instant.ofEpochSecond(Long.parseLong(counted.group(recording ? 1 : 2))), Origin.FILE_NAME);
            return Optional.of(time).filter(named -> named.local().getYear() >= FIRST_DIGITAL_YEAR);
        }
        for (Pattern pattern : PATTERNS) {
            Optional<CaptureTime> found = find(pattern, name);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<CaptureTime> find(Pattern pattern, String name) {
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
                // A day that somebody spelled is meant; a time of day, and what a program counted, may be of a clock
                // that
                // was never set.
                if (time.isPlausible() || (timeOfDay.isEmpty() && !together)) {
                    return Optional.of(time);
                }
            } catch (DateTimeException noDay) {
                // Digits that happen to stand together; another place in the name may hold a day.
            }
        }
        return Optional.empty();
    }

    /** Before there were digital cameras, people named scans so; beside another long number it is one, too. */
    private static boolean mayStandTogether(int year, String name) {
        return year >= FIRST_DIGITAL_YEAR
                || (year >= FIRST_YEAR_TOGETHER
                        && LONG_NUMBER.matcher(name).results().count() == 1);
    }

    /** Empty where the digits behind the day are something else, a number of the picture perhaps. */
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
