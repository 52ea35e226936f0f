package dev.shoebox.photos;

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
            Xmp.read(new Window(new Crafted.Counting(bytes)), 0, bytes.length, new Findings());
        } catch (IOException noSense) {
            // How a parser says so.
        }
    }
}
