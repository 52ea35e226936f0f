package dev.shoebox.backup.plan;

import dev.shoebox.backup.event.DateSource;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.CaptureTime.Origin;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.metadata.field.MediaFacts;
import dev.shoebox.photos.source.MediaFile;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Chooses the capture time of one photo from its candidates. Knows files only by their facts. */
final class DateRanking {
    private static final Duration DAY = Duration.ofDays(1);

    /** Two clocks of the same shot differ at most by this: the halves of a Live Photo, RAW and JPEG. */
    private static final Duration SAME_SHOT = Duration.ofMinutes(1);

    /**
     * An instant and its local time differ at most by this: an offset from UTC, and the length of a film, whose header
     * may record its end.
     */
    private static final Duration ANY_OFFSET = Duration.ofHours(15);

    /** Every time zone is a whole number of these away from UTC. */
    private static final long QUARTER = Duration.ofMinutes(15).toSeconds();

    private static final long WEST = Duration.ofHours(-12).toSeconds();
    private static final long EAST = Duration.ofHours(14).toSeconds();

    private static final int FIRST_DIGITAL_YEAR = 1990;

    private DateRanking() {}

    /** Of times that are equally good, the first. */
    static Optional<CaptureTime> best(Stream<Optional<CaptureTime>> times) {
        return times.flatMap(Optional::stream).reduce(DateRanking::better);
    }

    private static CaptureTime better(CaptureTime one, CaptureTime other) {
        return other.isBetterThan(one) ? other : one;
    }

    /** Returns the capture time from a file and its name, without its file times. */
    static Optional<CaptureTime> ofFile(MediaFacts facts, MediaFile file, Instant now) {
        Optional<CaptureTime> own = facts.captured(now);
        Optional<CaptureTime> name = CaptureTime.ofName(file.name(), now);
        if (own.isEmpty() || name.isEmpty()) {
            return own.or(() -> name);
        }
        return confirmed(name.get(), own.get(), facts.duration().orElse(Duration.ZERO))
                .or(() -> isMadeLater(own.get(), name.get()) ? name : Optional.of(better(own.get(), name.get())));
    }

    /**
     * If the name of a film differs from its universal time by a possible offset, the name is local time and gives that
     * offset. The header may record when the film ended.
     */
    private static Optional<CaptureTime> confirmed(CaptureTime name, CaptureTime own, Duration duration) {
        boolean nameIsLocal =
                name.offset().isEmpty() && !name.local().toLocalTime().equals(LocalTime.MIDNIGHT);
        if (!nameIsLocal || !own.origin().isUtcOnly()) {
            return Optional.empty();
        }
        for (Duration length : List.of(Duration.ZERO, duration)) {
            Optional<ZoneOffset> offset = offset(Duration.between(own.local().minus(length), name.local()));
            if (offset.isPresent()) {
                return Optional.of(new CaptureTime(name.local(), offset, Origin.NAME_AND_FILM));
            }
        }
        return Optional.empty();
    }

    /** Returns the offset that a difference between local and universal time means, to within a minute. */
    private static Optional<ZoneOffset> offset(Duration difference) {
        long quarters = Math.round((double) difference.toSeconds() / QUARTER);
        long seconds = quarters * QUARTER;
        boolean whole = Math.abs(difference.toSeconds() - seconds) < SAME_SHOT.toSeconds();
        return whole && seconds >= WEST && seconds <= EAST
                ? Optional.of(ZoneOffset.ofTotalSeconds((int) seconds))
                : Optional.empty();
    }

    /**
     * Whether a date is that of a copy or scan, because the name has an earlier day. Before digital cameras existed, a
     * day in the name is that of the scanned photo, and scanners write their own date into every field.
     */
    private static boolean isMadeLater(CaptureTime own, CaptureTime name) {
        boolean dayAlone = name.local().toLocalTime().equals(LocalTime.MIDNIGHT);
        if (dayAlone
                && name.local().getYear() < FIRST_DIGITAL_YEAR
                && own.local().getYear() >= FIRST_DIGITAL_YEAR) {
            return true;
        }
        boolean weak = own.origin() == Origin.QUICKTIME_MOVIE_HEADER
                || own.origin() == Origin.CONTAINER
                || own.origin() == Origin.DIGITIZED;
        return weak && own.local().isAfter(name.local().plus(DAY).plus(ANY_OFFSET));
    }

    /**
     * Whether two files cannot be of one shot, by their own dates. Absent dates and dates of changes contradict
     * nothing.
     */
    static boolean contradict(CaptureTime one, CaptureTime other) {
        if (!isOwn(one) || !isOwn(other)) {
            return false;
        }
        boolean tight = !isLoose(one) && !isLoose(other);
        if (one.instant().isPresent() && other.instant().isPresent()) {
            return isApart(
                    Duration.between(one.instant().get(), other.instant().get()), tight ? SAME_SHOT : ANY_OFFSET);
        }
        boolean exact = tight && !isUniversal(one) && !isUniversal(other);
        return isApart(Duration.between(one.local(), other.local()), exact ? SAME_SHOT : ANY_OFFSET.plus(DAY));
    }

    private static boolean isOwn(CaptureTime time) {
        return time.origin().compareTo(Origin.FILE_NAME) < 0;
    }

    /** Programs that convert films replace the local time and its offset by universal time. */
    private static boolean isUniversal(CaptureTime time) {
        return time.origin().isUtcOnly() || time.offset().equals(Optional.of(ZoneOffset.UTC));
    }

    /**
     * Whether it gives at best the hour of the shot: a film's header may record its end, and a day alone stands for
     * midnight.
     */
    private static boolean isLoose(CaptureTime time) {
        return time.origin().isUtcOnly()
                || time.origin() == Origin.DIGITIZED
                || time.local().toLocalTime().equals(LocalTime.MIDNIGHT);
    }

    private static boolean isApart(Duration difference, Duration most) {
        return difference.abs().compareTo(most) > 0;
    }

    /** A still keeps its local time; the film of the same shot may know the offset. */
    static CaptureTime withOffsetOf(CaptureTime still, CaptureTime film) {
        boolean borrows = still.offset().isEmpty()
                && film.offset().isPresent()
                && !film.origin().isUtcOnly()
                && !isApart(Duration.between(still.local(), film.local()), SAME_SHOT);
        return borrows ? new CaptureTime(still.local(), film.offset(), still.origin()) : still;
    }

    /**
     * Combines the file's date and the Photos library's: the local time of the file with the offset of the library, or
     * the library's date if the user corrected it there.
     *
     * @param known the entry of the library, which may have the offset
     */
    static CaptureTime withLibrary(CaptureTime own, CaptureTime library, LibraryAsset known, DateSource preferred) {
        if (!own.isBetterThan(library)) {
            if (preferred == DateSource.CAMERA && contradict(own, library)) {
                return own;
            }
            Optional<CaptureTime> local = known.offset().isPresent() ? Optional.empty() : localAt(own, library);
            return local.orElseGet(() -> better(withZone(own, known), library));
        }
        Instant instant = library.instant().orElseThrow();
        if (own.offset().isPresent()) {
            boolean same = !isApart(Duration.between(own.instant().orElseThrow(), instant), SAME_SHOT);
            return same || preferred == DateSource.CAMERA ? own : corrected(library);
        }
        boolean same =
                known.offset().isPresent() && !isApart(Duration.between(own.local(), library.local()), SAME_SHOT);
        if (same) {
            return withZone(own, known);
        }
        if (known.offset().isPresent() && preferred == DateSource.PHOTOS) {
            return corrected(library);
        }
        Optional<ZoneOffset> derived =
                offset(Duration.between(instant.atOffset(ZoneOffset.UTC).toLocalDateTime(), own.local()));
        if (derived.isPresent()) {
            return withOffset(own, derived.get());
        }
        return preferred == DateSource.CAMERA ? withZone(own, known) : corrected(library);
    }

    /** Returns the local time, in a file or its name, of a moment that is otherwise known only in universal time. */
    private static Optional<CaptureTime> localAt(CaptureTime time, CaptureTime moment) {
        boolean named = time.origin() == Origin.FILE_NAME && time.offset().isEmpty();
        boolean local = (named || (isOwn(time) && !time.origin().isUtcOnly()))
                && !time.local().toLocalTime().equals(LocalTime.MIDNIGHT);
        Instant instant = moment.instant().orElseThrow();
        if (!local) {
            return Optional.empty();
        }
        if (time.offset().isPresent()) {
            return Optional.of(time)
                    .filter(known -> !isApart(Duration.between(known.instant().orElseThrow(), instant), SAME_SHOT));
        }
        return offset(Duration.between(instant.atOffset(ZoneOffset.UTC).toLocalDateTime(), time.local()))
                .map(offset -> new CaptureTime(
                        time.local(), Optional.of(offset), named ? Origin.NAME_AND_FILM : time.origin()));
    }

    private static CaptureTime corrected(CaptureTime library) {
        return new CaptureTime(library.local(), library.offset(), Origin.OWNER);
    }

    /** A time without an offset, with that which the library has. */
    static CaptureTime withZone(CaptureTime time, LibraryAsset known) {
        return known.offset().map(offset -> withOffset(time, offset)).orElse(time);
    }

    private static CaptureTime withOffset(CaptureTime time, ZoneOffset offset) {
        if (time.offset().isPresent()) {
            return time;
        }
        Origin origin = time.origin() == Origin.EXIF ? Origin.EXIF_LIBRARY_ZONE : time.origin();
        return new CaptureTime(time.local(), Optional.of(offset), origin);
    }

    /**
     * Uses the date of an export, which is an instant. It outranks a date in the file that it contradicts: the user
     * corrected it in the cloud.
     */
    static CaptureTime withExport(CaptureTime own, CaptureTime exported, DateSource preferred) {
        if (!own.isBetterThan(exported)) {
            return localAt(own, exported).orElseGet(() -> better(own, exported));
        }
        Instant moment = exported.instant().orElseThrow();
        LocalDateTime utc = moment.atOffset(ZoneOffset.UTC).toLocalDateTime();
        boolean same = offset(Duration.between(utc, own.local())).isPresent()
                || own.instant()
                        .filter(instant -> !isApart(Duration.between(moment, instant), SAME_SHOT))
                        .isPresent();
        return same || preferred == DateSource.CAMERA ? own : exported;
    }
}
