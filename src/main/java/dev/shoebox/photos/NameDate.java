package dev.shoebox.photos;

import dev.shoebox.photos.CaptureTime.Origin;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the date that phones, messengers and screenshot tools spell in a file's name: {@code IMG-20230115-WA0001},
 * {@code PXL_20230115_101112345}, {@code PHOTO-2023-01-15-10-11-12}, {@code Screenshot 2023-01-15 at 10.11.12}.
 */
final class NameDate {
    private static final String TIME = "(?:(?:[-_ T.,]+|[-_ ]at[-_ ])(\\d{1,2})([-_.:h ]?)(\\d{2})\\%d(\\d{2})"
            + "(?:[-_. ]?\\d{3})?(?!\\d)\\s?([AP]M)?|(?!\\d))";
    private static final Pattern TOGETHER =
            Pattern.compile("(?<!\\d)(\\d{4})(\\d{2})(\\d{2})" + TIME.formatted(5), Pattern.CASE_INSENSITIVE);
    private static final Pattern TOGETHER_WITH_TIME =
            Pattern.compile("(?<!\\d)(\\d{4})(\\d{2})(\\d{2})(\\d{2})()(\\d{2})(\\d{2})(?:\\d{3})?(?!\\d)()");
    private static final Pattern APART =
            Pattern.compile("(?<!\\d)(\\d{4})[-_.](\\d{2})[-_.](\\d{2})" + TIME.formatted(5), Pattern.CASE_INSENSITIVE);

    /** Its first eight hexadecimal digits may all be decimal, and look like a day. */
    private static final Pattern UUID =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

    /** How Google's phones name what they take: in universal time. */
    private static final String PIXEL = "PXL_";

    /** How iOS names a recording of the screen: by the seconds since 1970. */
    private static final Pattern RECORDING = Pattern.compile("RPReplay_Final(\\d{9,10})(?!\\d).*");

    private static final int FIRST_YEAR = 1990;
    private static final int LAST_YEAR = 2099;

    private NameDate() {}

    /** A date without a time of day stands for its first moment. */
    static Optional<CaptureTime> of(String name) {
        if (UUID.matcher(name).find()) {
            return Optional.empty();
        }
        Matcher recording = RECORDING.matcher(name);
        if (recording.matches()) {
            LocalDateTime utc = LocalDateTime.ofEpochSecond(Long.parseLong(recording.group(1)), 0, ZoneOffset.UTC);
            return utc.getYear() < FIRST_YEAR
                    ? Optional.empty()
                    : Optional.of(new CaptureTime(utc, Optional.of(ZoneOffset.UTC), Origin.FILE_NAME));
        }
        return find(APART, name)
                .or(() -> find(TOGETHER, name))
                .or(() -> find(TOGETHER_WITH_TIME, name))
                .map(time -> name.startsWith(PIXEL) ? inUtc(time) : time);
    }

    private static CaptureTime inUtc(CaptureTime time) {
        return new CaptureTime(time.local(), Optional.of(ZoneOffset.UTC), time.origin());
    }

    private static Optional<CaptureTime> find(Pattern pattern, String name) {
        Matcher matcher = pattern.matcher(name);
        for (int from = 0; from <= name.length() && matcher.find(from); from = matcher.start() + 1) {
            int year = Integer.parseInt(matcher.group(1));
            if (year < FIRST_YEAR || year > LAST_YEAR) {
                continue;
            }
            try {
                LocalDate day =
                        LocalDate.of(year, Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)));
                CaptureTime time = new CaptureTime(day.atTime(timeOfDay(matcher)), Optional.empty(), Origin.FILE_NAME);
                // A day alone was written by somebody who knew it; a time of day may be that of a clock that was never
                // set.
                if (matcher.group(4) == null || time.isPlausible()) {
                    return Optional.of(time);
                }
            } catch (DateTimeException noDay) {
                // Digits that happen to stand together; another place in the name may hold a day.
            }
        }
        return Optional.empty();
    }

    /** Midnight where the digits behind the day are something else, a number of the picture perhaps. */
    private static LocalTime timeOfDay(Matcher matcher) {
        if (matcher.group(4) == null) {
            return LocalTime.MIDNIGHT;
        }
        int hour = Integer.parseInt(matcher.group(4));
        String half = matcher.group(8);
        if (half != null && !half.isEmpty() && hour >= 1 && hour <= 12) {
            hour = hour % 12 + (half.equalsIgnoreCase("PM") ? 12 : 0);
        }
        try {
            return LocalTime.of(hour, Integer.parseInt(matcher.group(6)), Integer.parseInt(matcher.group(7)));
        } catch (DateTimeException noTime) {
            return LocalTime.MIDNIGHT;
        }
    }
}
