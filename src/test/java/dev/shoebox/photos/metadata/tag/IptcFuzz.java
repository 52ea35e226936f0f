package dev.shoebox.photos.metadata.tag;

import dev.shoebox.photos.metadata.Crafted;
import dev.shoebox.photos.metadata.DatePlacesTest;
import dev.shoebox.photos.metadata.field.BoundedReader;
import dev.shoebox.photos.metadata.field.MetadataBuilder;

import java.io.IOException;
import java.util.List;

/** IPTC among the resources of Photoshop. */
final class IptcFuzz {
    private IptcFuzz() {}

    static List<byte[]> seeds() {
        return List.of(DatePlacesTest.photoshop(
                DatePlacesTest.iptc("5", "A title", "25", "harbour", "25", "boats", "55", "20110605", "60", "123456")));
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            BoundedReader reader = new BoundedReader(new Crafted.Counting(bytes));
            MetadataBuilder found = new MetadataBuilder(MetadataBuilder.Depth.EVERYTHING);
            Iptc.inPhotoshop(reader, 0, bytes.length, found);
            Iptc.read(reader, 0, bytes.length, found);
        } catch (IOException noSense) {
            // The parser rejects the input.
        }
    }
}
