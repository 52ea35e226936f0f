package dev.shoebox.photos;

import java.util.List;

/** Groups files into assets: same folder and base name, edits through their path, never by the bare name. */
public final class Grouping {
    private Grouping() {}

    /** Every file belongs to exactly one asset; assets and their files keep the order of {@code files}. */
    public static List<Asset> group(List<MediaFile> files) {
        throw new UnsupportedOperationException();
    }
}
