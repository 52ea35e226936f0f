package dev.shoebox.photos.metadata;

import dev.shoebox.photos.metadata.container.StillFormats;
import dev.shoebox.photos.metadata.field.BoundedReader;
import dev.shoebox.photos.metadata.field.MetadataBuilder;

import java.io.IOException;
import java.util.List;

/** The segments of a JPEG. */
final class JpegFuzz {
    private JpegFuzz() {}

    static List<byte[]> seeds() {
        return Crafted.soundJpegs();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            StillFormats.jpeg(
                    new BoundedReader(new Crafted.Counting(bytes)), 0, new MetadataBuilder(MetadataBuilder.Depth.DATE));
        } catch (IOException noSense) {
            // The parser rejects the input.
        }
    }
}
