package dev.shoebox.photos.metadata;

import dev.shoebox.photos.metadata.container.StillFormats;
import dev.shoebox.photos.metadata.field.BoundedReader;
import dev.shoebox.photos.metadata.field.MetadataBuilder;

import java.io.IOException;
import java.util.List;

/** The chunks of a WebP. */
final class WebpFuzz {
    private WebpFuzz() {}

    static List<byte[]> seeds() {
        return Crafted.soundWebps();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            StillFormats.webp(
                    new BoundedReader(new Crafted.Counting(bytes)), new MetadataBuilder(MetadataBuilder.Depth.DATE));
        } catch (IOException noSense) {
            // The parser rejects the input.
        }
    }
}
