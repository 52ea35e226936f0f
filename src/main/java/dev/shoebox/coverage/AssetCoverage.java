package dev.shoebox.coverage;

import dev.shoebox.photos.Asset;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.choice.FilterSubject;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Where one asset is stored, and the evidence for that.
 *
 * @param path the path of its primary original as {@link dev.shoebox.photos.source.MediaFile} spells it, whether or not
 * the file is on the phone
 * @param evidence one sentence for people, without a full stop
 * @param asset its files on the phone; absent for a placeholder
 * @param known its entry in the library; absent if the library has none
 */
public record AssetCoverage(
        String path,
        CoverageClass whereabouts,
        Confidence confidence,
        String evidence,
        Optional<Asset> asset,
        Optional<LibraryAsset> known) {
    public enum Confidence {
        HIGH,
        MEDIUM,
        LOW
    }

    /** Returns whether its primary original is on the phone. */
    public boolean isHere() {
        return asset.filter(files -> files.resources().stream()
                        .anyMatch(resource -> resource.file().path().equals(path)))
                .isPresent();
    }

    /**
     * Returns the asset as a filter judges it: by its files if its primary original is on the phone, otherwise by the
     * library. What is left of a placeholder, an edit or a film, says less of it than the library does.
     *
     * @param zone where a time known only in UTC is placed
     * @param now no photo was taken later than tomorrow
     */
    public FilterSubject subject(ZoneId zone, Instant now) {
        if (known.isEmpty()) {
            return FilterSubject.of(asset.orElseThrow(), zone);
        }
        return isHere()
                ? FilterSubject.of(asset.orElseThrow(), known.get(), zone)
                : FilterSubject.of(known.get(), zone, now);
    }

    /** Returns the size of all its files on the phone, in bytes; for a placeholder, the size that the library lists. */
    public long bytes() {
        if (isHere()) {
            return asset.orElseThrow().resources().stream()
                    .mapToLong(resource -> resource.file().size())
                    .sum();
        }
        List<LibraryAsset.Original> originals =
                known.map(LibraryAsset::originals).orElse(List.of());
        return originals.stream()
                .mapToLong(original -> original.bytes().orElse(0))
                .sum();
    }
}
