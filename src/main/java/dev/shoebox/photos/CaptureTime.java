package dev.shoebox.photos;

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
    /** Where a capture time came from, best first. */
    public enum Origin {
        /** EXIF DateTimeOriginal, with or without OffsetTimeOriginal. */
        EXIF,
        /** Apple's {@code com.apple.quicktime.creationdate}: local time with offset. */
        QUICKTIME_CREATION_DATE,
        /** The movie header, UTC only. */
        QUICKTIME_MOVIE_HEADER,
        XMP,
        PNG,
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

    /**
     * The best time there is for a file: what it says of itself, a date in its name, else its plausible file times.
     * Empty only where nothing of that exists.
     */
    public static Optional<CaptureTime> of(MediaFile file, MediaFacts facts) {
        throw new UnsupportedOperationException();
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
