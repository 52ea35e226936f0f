package dev.shoebox.photos.metadata.field;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.CaptureTime.Origin;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses dates as EXIF, XMP, QuickTime, RIFF and PNG define them, and common deviations. An invalid field is dropped
 * with everything finer: of an impossible time, the day is kept.
 */
public final class DateText {
    /** Year, month and day; parts may be padded with spaces instead of zeros. */
    private static final Pattern DAY = Pattern.compile("\\s*(\\d{4})([-:/.])\\s*(\\d{1,2})[-:/.]\\s*(\\d{1,2})[/.]?");

    private static final Pattern MONTH = Pattern.compile("\\s*(\\d{4})(?:[-:/.](\\d{1,2}))?\\s*");

    /** The format of IPTC, and basic ISO 8601. */
    private static final Pattern DIGITS = Pattern.compile("\\s*(\\d{4})()(\\d{2})(\\d{2})(?!\\d{7})");

    /** The order of day and month is only clear if one of them cannot be a month. */
    private static final Pattern DAY_FIRST = Pattern.compile("\\s*(\\d{1,2})([-:/.])(\\d{1,2})\\2(\\d{4})(?!\\d)");

    private static final Pattern TIME = Pattern.compile(
            "[T ,]*(\\d{1,2})\\s*[:.h]\\s*(\\d{1,2})(?:\\s*[:.m]\\s*(\\d{1,2})(?:[.,](\\d{1,9})\\d*)?)?\\s*(?:([AP])\\.?M?\\b)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME_DIGITS =
            Pattern.compile("[T ]?(\\d{2})(\\d{2})(\\d{2})(?:[.,](\\d{1,9})\\d*)?()");
    private static final Pattern ZONE = Pattern.compile("\\s*(?:UTC|GMT)?\\s*(Z|[+-]\\d{2}(?::?\\d{2})?)(?!\\d).*");
    private static final Pattern OFFSET = Pattern.compile("\\s*(Z|[+-]\\d{2}:?\\d{2})\\s*");
    private static final Pattern HOURS = Pattern.compile("[+-]\\d{2}");

    /** The format of C's ctime, which cameras wrote to AVI: {@code SAT MAY 06 14:30:10 2000}. */
    private static final Pattern CTIME = Pattern.compile(
            "\\s*(?:[A-Z]{3},?\\s+)?([A-Z]{3})\\s+(\\d{1,2})\\s+(\\d{1,2}):(\\d{2}):(\\d{2})\\s+(?:[A-Z]{3,4}\\s+)?(\\d{4}).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    /** Seconds since 1970, from 1990 to 2100. */
    private static final Pattern UNIX = Pattern.compile("\\s*(\\d{9,10})\\s*");

    private static final int LONGEST = 64;
    private static final int LAST_HOUR = 23;
    private static final int LAST_OF_SIXTY = 59;

    private DateText() {}

    /**
     * Parses a date; empty if the text does not start with one. A date alone means its first moment, and so does a year
     * or a month. Does not check {@link CaptureTime#isPlausible}.
     */
    public static Optional<CaptureTime> parse(String text, Origin origin) {
        String start = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        int nul = start.indexOf('\0');
        String clean = nul < 0 ? start : start.substring(0, nul);
        try {
            return numbers(clean, origin).or(() -> ctime(clean, origin)).or(() -> unix(clean, origin));
        } catch (DateTimeException nonsense) {
            return Optional.empty();
        }
    }

    private static Optional<CaptureTime> numbers(String text, Origin origin) {
        Matcher date = DAY.matcher(text);
        if (date.lookingAt()) {
            LocalDate day = day(number(date.group(1)), number(date.group(3)), number(date.group(4)));
            return Optional.of(timed(day, text.substring(date.end()), TIME, origin));
        }
        date = DAY_FIRST.matcher(text);
        if (date.lookingAt()) {
            int one = number(date.group(1));
            int other = number(date.group(3));
            int year = number(date.group(4));
            boolean dayFirst = one > 12;
            return dayFirst || other > 12 || one == other
                    ? Optional.of(timed(
                            dayFirst ? day(year, other, one) : day(year, one, other),
                            text.substring(date.end()),
                            TIME,
                            origin))
                    : Optional.empty();
        }
        date = MONTH.matcher(text);
        if (date.matches()) {
            return Optional.of(new CaptureTime(
                    day(number(date.group(1)), number(date.group(2)), 1).atStartOfDay(), Optional.empty(), origin));
        }
        date = DIGITS.matcher(text);
        if (date.lookingAt() && !UNIX.matcher(text).matches()) {
            LocalDate day = day(number(date.group(1)), number(date.group(3)), number(date.group(4)));
            return Optional.of(timed(day, text.substring(date.end()), TIME_DIGITS, origin));
        }
        return Optional.empty();
    }

    /** A month or day of zero means that only the year, or only year and month, is known. */
    private static LocalDate day(int year, int month, int day) {
        if (year == 0) {
            throw new DateTimeException("no year");
        }
        return LocalDate.of(year, Math.max(1, month), Math.max(1, day));
    }

    private static CaptureTime timed(LocalDate day, String rest, Pattern pattern, Origin origin) {
        Matcher time = pattern.matcher(rest);
        if (!time.lookingAt()) {
            return new CaptureTime(day.atStartOfDay(), Optional.empty(), origin);
        }
        int hour = number(time.group(1));
        String half = time.group(5);
        if (half != null && !half.isEmpty() && hour >= 1 && hour <= 12) {
            hour = hour % 12 + (half.equalsIgnoreCase("P") ? 12 : 0);
        }
        Matcher zone = ZONE.matcher(rest.substring(time.end()));
        return new CaptureTime(
                day.atTime(clock(hour, number(time.group(2)), number(time.group(3)), nanos(time.group(4)))),
                zone.matches() ? offset(zone.group(1)) : Optional.empty(),
                origin);
    }

    /** Some phones write hour 24 for the start of a day, and leap seconds are second 60. */
    private static LocalTime clock(int hour, int minute, int second, int nanos) {
        if (hour > LAST_HOUR + 1 || minute > LAST_OF_SIXTY) {
            return LocalTime.MIDNIGHT;
        }
        return LocalTime.of(hour % (LAST_HOUR + 1), minute, Math.min(second, LAST_OF_SIXTY), nanos);
    }

    private static Optional<CaptureTime> ctime(String text, Origin origin) {
        Matcher ctime = CTIME.matcher(text);
        if (!ctime.matches()) {
            return Optional.empty();
        }
        int month = MONTHS.indexOf(ctime.group(1).toLowerCase(Locale.ROOT)) + 1;
        if (month == 0) {
            return Optional.empty();
        }
        LocalDate day = day(number(ctime.group(6)), month, number(ctime.group(2)));
        LocalTime time = clock(number(ctime.group(3)), number(ctime.group(4)), number(ctime.group(5)), 0);
        return Optional.of(new CaptureTime(day.atTime(time), Optional.empty(), origin));
    }

    private static Optional<CaptureTime> unix(String text, Origin origin) {
        Matcher unix = UNIX.matcher(text);
        return unix.matches()
                ? Optional.of(CaptureTime.ofUtc(Instant.ofEpochSecond(Long.parseLong(unix.group(1))), origin))
                : Optional.empty();
    }

    /** Returns whether the text is only a year, or a year and a month. */
    public static boolean isWithoutDay(String text) {
        return MONTH.matcher(text).matches();
    }

    /** Returns whether the text is only a year. */
    public static boolean isYearAlone(String text) {
        return text.strip().matches("\\d{4}");
    }

    /** Parses the format of mail and PNG's Creation Time: {@code Sun, 15 Jan 2023 10:11:12 +0100}. */
    public static Optional<CaptureTime> parseMailDate(String text, Origin origin) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(new CaptureTime(time.toLocalDateTime(), Optional.of(time.getOffset()), origin));
        } catch (DateTimeParseException notOne) {
            return Optional.empty();
        }
    }

    /**
     * Parses date and time of IPTC: {@code 19850714} and {@code 121500+0200}.
     *
     * @param time empty if only the day is known
     */
    public static Optional<CaptureTime> parseIptc(String date, String time, Origin origin) {
        return parse(date.strip() + (time.isBlank() ? "" : "T" + time.strip()), origin);
    }

    /** Parses {@code +02:00}, {@code +0200} or {@code Z}. In EXIF, blank digits mean unknown. */
    public static Optional<ZoneOffset> offset(String text) {
        if (text.isEmpty()
                || (!OFFSET.matcher(text).matches() && !HOURS.matcher(text).matches())) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZoneOffset.of(text.strip()));
        } catch (DateTimeException outOfRange) {
            return Optional.empty();
        }
    }

    /** Parses the digits of a fraction of a second. */
    public static int nanos(String digits) {
        if (digits == null || digits.isEmpty()) {
            return 0;
        }
        return Integer.parseInt((digits + "00000000").substring(0, 9));
    }

    private static int number(String digits) {
        return digits == null || digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }
}
