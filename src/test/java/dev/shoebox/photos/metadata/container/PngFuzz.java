package dev.shoebox.photos.metadata.container;

import dev.shoebox.photos.metadata.Crafted;
import dev.shoebox.photos.metadata.field.BoundedReader;
import dev.shoebox.photos.metadata.field.MetadataBuilder;

import java.io.IOException;
import java.util.List;

/** The chunks of a PNG. */
final class PngFuzz {
    private PngFuzz() {}

    static List<byte[]> seeds() {
        return Crafted.soundPngs();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            Png.read(new BoundedReader(new Crafted.Counting(bytes)), new MetadataBuilder(MetadataBuilder.Depth.DATE));
        } catch (IOException noSense) {
            // The parser rejects the input.
        }
    }
}
