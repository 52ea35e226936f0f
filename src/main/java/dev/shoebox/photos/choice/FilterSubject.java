package dev.shoebox.photos.choice;

import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Kind;
import dev.shoebox.photos.LibraryAsset;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * An asset as {@link AssetFilter} sees it, on the phone or only in iCloud.
 *
 * @param bytes the total size of its files on the source; without any, of those in the library
 * @param known the library's facts; empty without a library, or if it does not know these files
 * @param captured the capture time by library, name and file times: no file is opened for a selection
 */
public record FilterSubject(
        Set<Kind> kinds, OptionalLong bytes, Optional<LibraryAsset> known, Optional<CaptureTime> captured) {
    public FilterSubject {
        kinds = Set.copyOf(kinds);
    }

    /**
     * @param known the library's facts by path or key; ignored unless it {@link LibraryAsset#isOf is of} these files
     * @param zone the time zone for times known only in UTC
     */
    public static FilterSubject of(Asset asset, LibraryAsset known, ZoneId zone) {
        if (!known.isOf(asset)) {
            return of(asset, zone);
        }
        Optional<CaptureTime> captured = CaptureTime.of(known, zone)
                .or(() -> CaptureTime.of(asset.primary().file()));
        return new FilterSubject(
                Kind.of(asset, known),
                OptionalLong.of(bytes(asset)),
                Optional.of(known),
                captured.map(time -> time.placedIn(zone)));
    }

    /** Creates a candidate from its files alone. */
    public static FilterSubject of(Asset asset, ZoneId zone) {
        return new FilterSubject(
                Kind.of(asset),
                OptionalLong.of(bytes(asset)),
                Optional.empty(),
                CaptureTime.of(asset.primary().file()).map(time -> time.placedIn(zone)));
    }

    private static long bytes(Asset asset) {
        return asset.resources().stream()
                .mapToLong(resource -> resource.file().size())
                .sum();
    }

    /** Returns the same asset with a better known capture time. */
    public FilterSubject taken(CaptureTime time) {
        return new FilterSubject(kinds, bytes, known, Optional.of(time));
    }

    /** Returns the same asset with an unknown capture time. */
    public FilterSubject undated() {
        return new FilterSubject(kinds, bytes, known, Optional.empty());
    }

    /**
     * Returns an asset without files on the source.
     *
     * @param now the current time; a capture time later than tomorrow is wrong
     */
    public static FilterSubject of(LibraryAsset known, ZoneId zone, Instant now) {
        OptionalLong bytes = OptionalLong.empty();
        for (LibraryAsset.Original original : known.originals()) {
            if (original.bytes().isPresent()) {
                bytes = OptionalLong.of(bytes.orElse(0) + original.bytes().getAsLong());
            }
        }
        return new FilterSubject(
                Kind.of(known),
                bytes,
                Optional.of(known),
                CaptureTime.of(known, zone).filter(time -> !time.isInFuture(now)));
    }
}
