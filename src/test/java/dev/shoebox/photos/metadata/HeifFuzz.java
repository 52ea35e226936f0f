package dev.shoebox.photos.metadata;

import dev.shoebox.photos.metadata.container.IsoMedia;
import dev.shoebox.photos.metadata.field.BoundedReader;
import dev.shoebox.photos.metadata.field.MetadataBuilder;

import java.io.IOException;
import java.util.List;

/** The items of a HEIC or AVIF. */
final class HeifFuzz {
    private HeifFuzz() {}

    static List<byte[]> seeds() {
        return Crafted.soundHeifs();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            IsoMedia.read(
                    new BoundedReader(new Crafted.Counting(bytes)), new MetadataBuilder(MetadataBuilder.Depth.DATE));
        } catch (IOException noSense) {
            // The parser rejects the input.
        }
    }
}
