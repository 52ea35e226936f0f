package dev.shoebox.photos.metadata.tag;

import dev.shoebox.photos.metadata.Crafted;
import dev.shoebox.photos.metadata.field.BoundedReader;
import dev.shoebox.photos.metadata.field.MetadataBuilder;

import java.io.IOException;
import java.util.List;

/** An XMP packet. */
final class XmpFuzz {
    private XmpFuzz() {}

    static List<byte[]> seeds() {
        return Crafted.soundXmp();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            Xmp.read(
                    new BoundedReader(new Crafted.Counting(bytes)),
                    0,
                    bytes.length,
                    new MetadataBuilder(MetadataBuilder.Depth.DATE));
        } catch (IOException noSense) {
            // The parser rejects the input.
        }
    }
}
