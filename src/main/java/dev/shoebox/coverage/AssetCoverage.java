package dev.shoebox.coverage;

import dev.shoebox.photos.Asset;
import dev.shoebox.photos.LibraryAsset;

import java.util.List;
import java.util.Optional;

/**
 * Where one asset is, and why that is thought.
 *
 * @param path of its primary original, as a {@link dev.shoebox.photos.source.MediaFile} has it, whether or not that is on the phone
 * @param evidence one sentence for people, without a full stop
 * @param asset its files on the phone; absent for a placeholder
 * @param known what the library says of it; absent where it says nothing
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

    /** Whether its primary original is on the phone. */
    public boolean isHere() {
        return asset.filter(files -> files.resources().stream()
                        .anyMatch(resource -> resource.file().path().equals(path)))
                .isPresent();
    }

    /** Of all its files on the phone; of a placeholder what the library lists. */
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
