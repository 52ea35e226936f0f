package dev.shoebox.photos.metadata;

import dev.shoebox.photos.metadata.field.MetadataBuilder;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** AVI, Matroska, ASF and AVCHD. */
final class ContainersFuzz {
    private ContainersFuzz() {}

    static List<byte[]> seeds() {
        Instant time = Instant.parse("2011-06-05T12:34:56Z");
        byte[] told = {0x02, 0x20, 0x11, 0x06, 0x05, 0x12, 0x34, 0x56};
        return List.of(
                DatePlacesTest.avi("2011:06:05 12:34:56"),
                DatePlacesTest.matroska(time),
                DatePlacesTest.asf(time),
                DatePlacesTest.transportStream(188, told),
                DatePlacesTest.transportStream(192, told));
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            Metadata.parse(new Crafted.Counting(bytes), new MetadataBuilder(MetadataBuilder.Depth.EVERYTHING));
        } catch (IOException noSense) {
            // The parser rejects the input.
        }
    }
}
