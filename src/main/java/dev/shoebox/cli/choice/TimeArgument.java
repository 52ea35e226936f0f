package dev.shoebox.cli.choice;

import dev.shoebox.photos.choice.AssetFilter.Bound;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time on the command line: a year, a month, a day, a time of day, or a number of days ago. */
sealed interface TimeArgument {
    /** Returns its first instant. An age is relative to {@code now}. */
    Bound begin(Instant now);

    /** Returns the first instant after it. */
    Bound end(Instant now);

    /** Returns whether it starts before the other one ends. */
    default boolean isBefore(TimeArgument other, Instant now, ZoneId zone) {
        return instant(begin(now), zone).isBefore(instant(other.end(now), zone));
    }

    private static Instant instant(Bound bound, ZoneId zone) {
        return bound.instant()
                .orElseGet(() -> bound.local().orElseThrow().atZone(zone).toInstant());
    }

    /** Days, or a single time, in local time. */
    record Local(LocalDateTime from, LocalDateTime to) implements TimeArgument {
        @Override
        public Bound begin(Instant now) {
            return Bound.of(from);
        }

        @Override
        public Bound end(Instant now) {
            return Bound.of(to);
        }
    }

    /** One instant. */
    record Exact(Instant time) implements TimeArgument {
        @Override
        public Bound begin(Instant now) {
            return Bound.of(time);
        }

        @Override
        public Bound end(Instant now) {
            return Bound.of(time.plusNanos(1));
        }
    }

    record Ago(Duration before) implements TimeArgument {
        @Override
        public Bound begin(Instant now) {
            return Bound.of(now.minus(before));
        }

        @Override
        public Bound end(Instant now) {
            return Bound.of(now.minus(before).plusNanos(1));
        }
    }

    /** Parses ISO 8601 dates and times, and {@code 30d}. */
    final class Converter implements ITypeConverter<TimeArgument> {
        private static final Pattern AGO = Pattern.compile("(\\d{1,5})([dwh])");

        @Override
        public TimeArgument convert(String text) {
            Matcher ago = AGO.matcher(text);
            if (ago.matches()) {
                long count = Long.parseLong(ago.group(1));
                return new Ago(
                        switch (ago.group(2)) {
                            case "h" -> Duration.ofHours(count);
                            case "w" -> Duration.ofDays(7 * count);
                            default -> Duration.ofDays(count);
                        });
            }
            try {
                return parse(text.replace(' ', 'T'));
            } catch (DateTimeException unknown) {
                throw new TypeConversionException(
                        "'" + text + "' is not a time; use 2024-05-01, 2024-05, 2024-05-01T18:30 or 30d (30 days ago)");
            }
        }

        private static TimeArgument parse(String text) {
            if (text.matches("\\d{4}")) {
                Year year = Year.parse(text);
                return days(year.atDay(1), year.plusYears(1).atDay(1));
            } else if (text.matches("\\d{4}-\\d{2}")) {
                YearMonth month = YearMonth.parse(text);
                return days(month.atDay(1), month.plusMonths(1).atDay(1));
            } else if (text.indexOf('T') < 0) {
                LocalDate day = LocalDate.parse(text);
                return days(day, day.plusDays(1));
            } else if (text.matches(".*T.*(Z|[+-]\\d{2}(:?\\d{2})?)")) {
                return new Exact(OffsetDateTime.parse(text.replaceFirst("([+-]\\d{2})(\\d{2})$", "$1:$2"))
                        .toInstant());
            }
            LocalDateTime time = LocalDateTime.parse(text);
            return new Local(time, time.plusNanos(1));
        }

        private static TimeArgument days(LocalDate from, LocalDate to) {
            return new Local(from.atStartOfDay(), to.atStartOfDay());
        }
    }
}
