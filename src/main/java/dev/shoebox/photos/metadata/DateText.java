package dev.shoebox.photos.metadata;

import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.CaptureTime.Origin;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates as EXIF, XMP, QuickTime and PNG write them, and as others write them there. */
final class DateText {
    private static final Pattern DATE = Pattern.compile(
            "\\s*(\\d{4})[-:/.](\\d{1,2})[-:/.](\\d{1,2})"
                    + "(?:[T ]\\s*(\\d{1,2})[:.](\\d{2})(?:[:.](\\d{2})(?:[.,](\\d{1,9})\\d*)?)?\\s*(Z|[+-]\\d{2}(?::?\\d{2})?)?)?");
    private static final Pattern OFFSET = Pattern.compile("\\s*(Z|[+-]\\d{2}:?\\d{2})\\s*");
    private static final int LONGEST = 64;

    private DateText() {}

    /** Empty where the text does not begin with a date from 1900 to 2100; a date alone stands for its first moment. */
    static Optional<CaptureTime> parse(String text, Origin origin) {
        Matcher date = DATE.matcher(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
        if (!date.lookingAt()) {
            return Optional.empty();
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    number(date.group(1)),
                    number(date.group(2)),
                    number(date.group(3)),
                    number(date.group(4)),
                    number(date.group(5)),
                    number(date.group(6)),
                    nanos(date.group(7)));
            Optional<ZoneOffset> offset = date.group(8) == null ? Optional.empty() : offset(date.group(8));
            return CaptureTime.isPlausible(local)
                    ? Optional.of(new CaptureTime(local, offset, origin))
                    : Optional.empty();
        } catch (DateTimeException nonsense) {
            return Optional.empty();
        }
    }

    /** As mail and PNG's Creation Time write it: {@code Sun, 15 Jan 2023 10:11:12 +0100}. */
    static Optional<CaptureTime> parseMailDate(String text, Origin origin) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
            return CaptureTime.isPlausible(time.toLocalDateTime())
                    ? Optional.of(new CaptureTime(time.toLocalDateTime(), Optional.of(time.getOffset()), origin))
                    : Optional.empty();
        } catch (DateTimeParseException notOne) {
            return Optional.empty();
        }
    }

    /** {@code +02:00}, {@code +0200} or {@code Z}; EXIF leaves the digits blank where it is unknown. */
    static Optional<ZoneOffset> offset(String text) {
        if (!OFFSET.matcher(text).matches() && !text.matches("[+-]\\d{2}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZoneOffset.of(text.strip()));
        } catch (DateTimeException outOfRange) {
            return Optional.empty();
        }
    }

    /** The digits of a fraction of a second. */
    static int nanos(String digits) {
        if (digits == null || digits.isEmpty()) {
            return 0;
        }
        return Integer.parseInt((digits + "00000000").substring(0, 9));
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
