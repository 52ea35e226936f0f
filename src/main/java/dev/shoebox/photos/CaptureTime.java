package dev.shoebox.photos;

import dev.shoebox.photos.LibraryAsset.Trait;
import dev.shoebox.photos.source.MediaFile;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

/**
 * When a photo was taken, and the origin of that fact.
 *
 * @param local the local time where it was taken; for a time known only in UTC, that UTC time
 * @param offset the offset from UTC, if known; {@link ZoneOffset#UTC} for a time known only in UTC
 */
public record CaptureTime(LocalDateTime local, Optional<ZoneOffset> offset, Origin origin) {
    /** File systems and digital cameras are not older; earlier dates come from something without a clock. */
    private static final Instant FIRST_PLAUSIBLE = Instant.parse("1990-01-01T00:00:00Z");

    private static final Instant FIRST_READABLE = Instant.parse("1800-01-01T00:00:00Z");
    private static final Instant LAST_PLAUSIBLE = Instant.parse("2100-01-01T00:00:00Z");

    /** The oldest surviving photograph was taken in 1826. */
    private static final int FIRST_YEAR = 1826;

    private static final int LAST_YEAR = 2100;

    /**
     * The start dates of clocks that were never set: VMS, OLE, spreadsheets, C's year of zero, QuickTime, Unix, FAT.
     */
    private static final Set<LocalDate> FIRST_DAYS = Set.of(
            LocalDate.of(1858, 11, 17),
            LocalDate.of(1899, 12, 30),
            LocalDate.of(1899, 12, 31),
            LocalDate.of(1900, 1, 1),
            LocalDate.of(1904, 1, 1),
            LocalDate.of(1970, 1, 1),
            LocalDate.of(1980, 1, 1));

    /**
     * Start times of which only the first second is suspect: GPS, reset cameras, Cocoa. People take photos at New Year.
     */
    private static final Set<LocalDateTime> FIRST_SECONDS = Set.of(
            LocalDateTime.of(1980, 1, 6, 0, 0), LocalDateTime.of(2000, 1, 1, 0, 0), LocalDateTime.of(2001, 1, 1, 0, 0));

    /** From this time on, a clock behind UTC shows the day before the start date. */
    private static final LocalTime WEST_OF_GREENWICH = LocalTime.of(11, 0);

    /** Clocks on two continents may differ by this much, and the clock of a camera by a little more. */
    private static final Duration TOLERANCE = Duration.ofDays(1);

    /**
     * The origin of a capture time, best first; only an EXIF time without an offset ranks behind Apple's creation date.
     */
    public enum Origin {
        /** The phone's own Photos library, if the user corrected the date there. */
        OWNER,
        /** EXIF DateTimeOriginal, with or without offset. In backups of earlier versions also DateTimeDigitized. */
        EXIF,
        /** Apple's {@code com.apple.quicktime.creationdate}, or the older {@code ©day}: local time with offset. */
        QUICKTIME_CREATION_DATE,
        /** The local time from EXIF, which had no offset, with the offset from the phone's Photos library. */
        EXIF_LIBRARY_ZONE,
        /**
         * The clock of a camera, in a film: AVI's IDIT, AVCHD, Sony's XML, the movie header of a camera that does not
         * know UTC.
         */
        CAMERA,
        /** The phone's own Photos library. */
        LIBRARY,
        /** A file that a cloud service exported with the photo. UTC only. */
        EXPORT,
        /** IPTC DateCreated and TimeCreated. */
        IPTC,
        /** XMP: exif:DateTimeOriginal, photoshop:DateCreated. */
        XMP,
        /** EXIF DateTimeDigitized, or xmp:CreateDate, alone: for a scan, the day it was scanned. */
        DIGITIZED,
        PNG,
        /**
         * The local time in the name, confirmed by a UTC time of the film, an export or the library, which gives the
         * offset.
         */
        NAME_AND_FILM,
        /** The movie header, UTC only. */
        QUICKTIME_MOVIE_HEADER,
        /** The date in the header of another container: Matroska, ASF. UTC only. */
        CONTAINER,
        /** The time of a camera's GPS fix. UTC only. */
        GPS,
        /** A date in the file name. */
        FILE_NAME,
        /** EXIF DateTime or xmp:ModifyDate: the last change of the picture. */
        EXIF_CHANGED,
        /** The time of another file that a program wrote into this one: PNG's {@code date:create}. */
        EMBEDDED_FILE_TIME,
        /** The creation of the file on the source. UTC only. */
        FILE_CREATED,
        /** The last change of the file on the source. UTC only. */
        FILE_MODIFIED;

        /** Returns whether such a time is an instant whose local time is unknown. */
        public boolean isUtcOnly() {
            return this == QUICKTIME_MOVIE_HEADER || this == CONTAINER || this == GPS || this == EXPORT || isFileTime();
        }

        /** Returns whether it is only the time of a file: a guess, unrelated to the shot. */
        public boolean isFileTime() {
            return this == FILE_CREATED || this == FILE_MODIFIED;
        }
    }

    /** Returns whether it is more reliable than another time of the same photo. */
    public boolean isBetterThan(CaptureTime other) {
        return worth().compareTo(other.worth()) < 0;
    }

    /** Returns whether it is local with an offset, from the file itself: no other source is better. */
    public boolean isSure() {
        return worth().compareTo(Origin.QUICKTIME_CREATION_DATE) <= 0;
    }

    private Origin worth() {
        return origin == Origin.EXIF && offset.isEmpty() ? Origin.EXIF_LIBRARY_ZONE : origin;
    }

    /**
     * Returns the time in a Photos library, if plausible.
     *
     * @param zone the time zone to use if the library has no offset
     */
    public static Optional<CaptureTime> of(LibraryAsset asset, ZoneId zone) {
        return asset.created().filter(CaptureTime::isInRange).flatMap(created -> {
            ZoneOffset offset = asset.offset().orElseGet(() -> zone.getRules().getOffset(created));
            LocalDateTime local = LocalDateTime.ofInstant(created, offset);
            return Optional.of(new CaptureTime(
                            local, Optional.of(offset), asset.is(Trait.EXPORTED) ? Origin.EXPORT : Origin.LIBRARY))
                    .filter(CaptureTime::isPlausible);
        });
    }

    private static boolean isInRange(Instant time) {
        return time.isAfter(FIRST_READABLE) && time.isBefore(LAST_PLAUSIBLE);
    }

    /** Returns the time of an unopened file: a date in its name, else its plausible file times. */
    public static Optional<CaptureTime> of(MediaFile file) {
        return of(file, LAST_PLAUSIBLE);
    }

    /** Returns the time of an unopened file, from the first of its sources that is not in the future. */
    public static Optional<CaptureTime> of(MediaFile file, Instant now) {
        return ofName(file.name(), now).or(() -> ofFileTimes(file).filter(time -> !time.isInFuture(now)));
    }

    /** Returns the date in a file name of phones, messengers and screenshot tools, unless it is in the future. */
    public static Optional<CaptureTime> ofName(String name, Instant now) {
        return NameDate.of(name, now);
    }

    /**
     * Returns the earlier of the two plausible file times. Both are upper bounds: a file is created when it reaches its
     * place, long after the shot if it was copied there, and modified when it is edited; a copy keeps one of them at
     * best.
     */
    public static Optional<CaptureTime> ofFileTimes(MediaFile file) {
        Optional<CaptureTime> created = file.created().flatMap(time -> fileTime(time, Origin.FILE_CREATED));
        Optional<CaptureTime> modified = fileTime(file.modified(), Origin.FILE_MODIFIED);
        return created.filter(c ->
                        modified.isEmpty() || !c.local().isAfter(modified.get().local()))
                .or(() -> modified);
    }

    private static Optional<CaptureTime> fileTime(Instant time, Origin origin) {
        return time.isAfter(FIRST_PLAUSIBLE) && time.isBefore(LAST_PLAUSIBLE)
                ? Optional.of(ofUtc(time, origin)).filter(CaptureTime::isPlausible)
                : Optional.empty();
    }

    /** Returns a time of which only the instant is known. */
    public static CaptureTime ofUtc(Instant time, Origin origin) {
        return new CaptureTime(LocalDateTime.ofInstant(time, ZoneOffset.UTC), Optional.of(ZoneOffset.UTC), origin);
    }

    /** Returns the instant, if the offset is known. */
    public Optional<Instant> instant() {
        return offset.map(local::toInstant);
    }

    /** Returns whether photos existed in that year. */
    public boolean isInRange() {
        return local.getYear() >= FIRST_YEAR && local.getYear() <= LAST_YEAR;
    }

    /** Returns whether a photo can have been taken then, and it is not the start of an unset clock. */
    public boolean isPlausible() {
        return isInRange()
                && !isBeginningOfClock(local)
                && offset.filter(known -> isBeginningOfClock(local.minusSeconds(known.getTotalSeconds())))
                        .isEmpty();
    }

    private static boolean isBeginningOfClock(LocalDateTime time) {
        return FIRST_DAYS.contains(time.toLocalDate())
                || (FIRST_DAYS.contains(time.toLocalDate().plusDays(1))
                        && !time.toLocalTime().isBefore(WEST_OF_GREENWICH))
                || FIRST_SECONDS.contains(time.withNano(0));
    }

    /** Returns whether it is later than tomorrow, so that no photo can have been taken then. */
    public boolean isInFuture(Instant now) {
        return instant().orElseGet(() -> local.toInstant(ZoneOffset.UTC)).isAfter(now.plus(TOLERANCE));
    }

    public CaptureTime plus(Duration difference) {
        return new CaptureTime(local.plus(difference), offset, origin);
    }

    /** Returns a time known only in UTC as local time in {@code zone}; others unchanged. */
    public CaptureTime placedIn(ZoneId zone) {
        boolean nameInUtc = origin == Origin.FILE_NAME && offset.equals(Optional.of(ZoneOffset.UTC));
        if (!origin.isUtcOnly() && !nameInUtc) {
            return this;
        }
        var there = local.atOffset(offset.orElse(ZoneOffset.UTC)).atZoneSameInstant(zone);
        return new CaptureTime(there.toLocalDateTime(), Optional.of(there.getOffset()), origin);
    }
}
