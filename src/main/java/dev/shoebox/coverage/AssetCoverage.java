package dev.shoebox.coverage;

import dev.shoebox.photos.Asset;
import dev.shoebox.photos.LibraryAsset;

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
