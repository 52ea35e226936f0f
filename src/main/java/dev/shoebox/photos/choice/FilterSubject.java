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
 * An asset as a {@link AssetFilter} looks at it, on the phone or in iCloud only.
 *
 * @param bytes of all its files on the source together; of what the library lists where there are none
 * @param known what the library says; empty without a library, or where it knows nothing of these files
 * @param captured as far as library, name and file times tell it: no file is opened to choose
 */
public record FilterSubject(
        Set<Kind> kinds, OptionalLong bytes, Optional<LibraryAsset> known, Optional<CaptureTime> captured) {
    public FilterSubject {
        kinds = Set.copyOf(kinds);
    }

    /**
     * @param known what the library says by path or key; heeded only where it {@link LibraryAsset#isOf is of} these files
     * @param zone where a time known only in UTC is placed
     */
    public static FilterSubject of(Asset asset, Optional<LibraryAsset> known, ZoneId zone) {
        Optional<LibraryAsset> says = known.filter(entry -> entry.isOf(asset));
        Optional<CaptureTime> captured = says.flatMap(entry -> CaptureTime.of(entry, zone))
                .or(() -> CaptureTime.of(asset.primary().file()))
                .map(time -> time.placedIn(zone));
        long bytes = asset.resources().stream()
                .mapToLong(resource -> resource.file().size())
                .sum();
        return new FilterSubject(Kind.of(asset, says), OptionalLong.of(bytes), says, captured);
    }

    /** The same asset, of which it is known better when it was taken. */
    public FilterSubject taken(Optional<CaptureTime> time) {
        return new FilterSubject(kinds, bytes, known, time);
    }

    /**
     * An asset of which no file is on the source.
     *
     * @param now later than tomorrow no photo was taken
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
