package dev.shoebox.photos;

import dev.shoebox.photos.LibraryAsset.Trait;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * When a photo was taken, and how we know.
 *
 * @param local what the clock on the wall showed where it was taken; for a time known only in UTC, that UTC time
 * @param offset from UTC, where it is known; {@link ZoneOffset#UTC} for a time known only in UTC
 */
public record CaptureTime(LocalDateTime local, Optional<ZoneOffset> offset, Origin origin) {
    /** A clock that was never set shows 1970 or, on FAT, 1980. */
    private static final Instant FIRST_PLAUSIBLE = Instant.parse("1990-01-01T00:00:00Z");

    private static final Instant LAST_PLAUSIBLE = Instant.parse("2100-01-01T00:00:00Z");

    /** Where a capture time came from, best first; only an EXIF time without an offset ranks behind Apple's creation date. */
    public enum Origin {
        /** EXIF DateTimeOriginal or DateTimeDigitized; with or without an offset. */
        EXIF,
        /** Apple's {@code com.apple.quicktime.creationdate}, or the older {@code ©day}: local time with offset. */
        QUICKTIME_CREATION_DATE,
        /** EXIF for the local time, which had no offset, and the phone's Photos library for the offset. */
        EXIF_LIBRARY_ZONE,
        /** The phone's own Photos library. */
        LIBRARY,
        XMP,
        PNG,
        /** What an export tells of a photo beside it: an instant, whose local time nobody recorded. */
        EXPORT,
        /** EXIF DateTime: when the picture was last changed. */
        EXIF_CHANGED,
        /** The movie header, UTC only. */
        QUICKTIME_MOVIE_HEADER,
        /** A date spelled in the file's name. */
        FILE_NAME,
        /** When the file came to be on the source. UTC only. */
        FILE_CREATED,
        /** When the file was last changed on the source. UTC only. */
        FILE_MODIFIED;

        /** Whether such a time is an instant whose local time nobody recorded. */
        public boolean isUtcOnly() {
            return this == QUICKTIME_MOVIE_HEADER || this == FILE_CREATED || this == FILE_MODIFIED;
        }
    }

    /** Whether it is worth more than another time of the same photo. */
    public boolean isBetterThan(CaptureTime other) {
        return worth().compareTo(other.worth()) < 0;
    }

    /** Whether it is local and has its offset, by the file's own words: nothing that is looked up elsewhere is better. */
    public boolean isSure() {
        return worth().compareTo(Origin.QUICKTIME_CREATION_DATE) <= 0;
    }

    private Origin worth() {
        return origin == Origin.EXIF && offset.isEmpty() ? Origin.EXIF_LIBRARY_ZONE : origin;
    }

    /** The same local time with an offset that only the Photos library knows, where EXIF says none. */
    public CaptureTime withLibraryOffset(Optional<ZoneOffset> known) {
        return origin == Origin.EXIF && offset.isEmpty() && known.isPresent()
                ? new CaptureTime(local, known, Origin.EXIF_LIBRARY_ZONE)
                : this;
    }

    /**
     * What a Photos library knows of the time; a plausible one.
     *
     * @param zone where the clock is placed if the library does not tell the offset
     */
    public static Optional<CaptureTime> of(LibraryAsset asset, ZoneId zone) {
        return asset.created().flatMap(created -> {
            ZoneOffset offset = asset.offset().orElseGet(() -> zone.getRules().getOffset(created));
            LocalDateTime local = LocalDateTime.ofInstant(created, offset);
            return isPlausible(local)
                    ? Optional.of(new CaptureTime(
                            local, Optional.of(offset), asset.is(Trait.EXPORTED) ? Origin.EXPORT : Origin.LIBRARY))
                    : Optional.empty();
        });
    }

    /** What is known of a file that is not opened: a date in its name, else its plausible file times. */
    public static Optional<CaptureTime> of(MediaFile file) {
        return ofName(file.name()).or(() -> ofFileTimes(file));
    }

    /** The date that phones, messengers and screenshot tools spell in a file's name. */
    public static Optional<CaptureTime> ofName(String name) {
        return NameDate.of(name);
    }

    /**
     * The earlier of the two plausible file times. Both are upper bounds: a file is created when it reaches its place,
     * long after the shot if it was copied there, and modified when it is edited; copying keeps one of them at best.
     */
    public static Optional<CaptureTime> ofFileTimes(MediaFile file) {
        Optional<CaptureTime> created = file.created().flatMap(time -> fileTime(time, Origin.FILE_CREATED));
        Optional<CaptureTime> modified = fileTime(file.modified(), Origin.FILE_MODIFIED);
        return created.filter(c ->
                        modified.isEmpty() || !c.local().isAfter(modified.get().local()))
                .or(() -> modified);
    }

    /** Whether a photo can have been taken then. */
    public static boolean isPlausible(LocalDateTime time) {
        return time.getYear() >= 1900 && time.getYear() <= 2100;
    }

    private static Optional<CaptureTime> fileTime(Instant time, Origin origin) {
        return time.isAfter(FIRST_PLAUSIBLE) && time.isBefore(LAST_PLAUSIBLE)
                ? Optional.of(new CaptureTime(
                        LocalDateTime.ofInstant(time, ZoneOffset.UTC), Optional.of(ZoneOffset.UTC), origin))
                : Optional.empty();
    }

    /** The same moment as the wall clock of {@code zone} showed it, where only UTC is known; otherwise unchanged. */
    public CaptureTime placedIn(ZoneId zone) {
        if (!origin.isUtcOnly()) {
            return this;
        }
        var there = local.atOffset(offset.orElse(ZoneOffset.UTC)).atZoneSameInstant(zone);
        return new CaptureTime(there.toLocalDateTime(), Optional.of(there.getOffset()), origin);
    }
}
