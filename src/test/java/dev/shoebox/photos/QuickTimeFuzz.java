package dev.shoebox.photos;

import java.io.IOException;
import java.util.List;

/** The boxes and keys of a film. */
final class QuickTimeFuzz {
    private QuickTimeFuzz() {}

    static List<byte[]> seeds() {
        return Crafted.soundFilms();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            IsoMedia.read(new Window(new Crafted.Counting(bytes)), new Findings());
        } catch (IOException noSense) {
            // How a parser says so.
        }
    }
}
