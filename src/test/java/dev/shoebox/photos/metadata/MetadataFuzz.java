package dev.shoebox.photos.metadata;

import dev.shoebox.photos.metadata.field.MetadataBuilder;

import java.io.IOException;
import java.util.List;

/** A file of any format, recognised by its content. */
final class MetadataFuzz {
    private MetadataFuzz() {}

    static List<byte[]> seeds() {
        return Crafted.soundFiles();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            Metadata.parse(new Crafted.Counting(bytes), new MetadataBuilder(MetadataBuilder.Depth.DATE));
        } catch (IOException noSense) {
            // The parser rejects the input.
        }
    }
}
