package dev.shoebox.photos;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/**
 * Reads what a photo or video says of itself, from hostile bytes too, within fixed bounds of time and memory.
 *
 * <p>The format is told by content, never by name. A typical photo or film on a phone costs one to four reads of
 * 8 KiB; no file costs more than 4 MiB read and 1 MiB held. Those bounds hold by construction: nothing here recurses,
 * and nothing is allocated by a size that the file claims. Any number of threads may read different files at once.
 */
public final class Metadata {
    private Metadata() {}

    /**
     * Never throws for what the bytes are: what makes no sense is absent. Reads only the parts that hold facts.
     *
     * @throws IOException if the bytes cannot be read, as the channel says it
     */
    public static MediaFacts read(SeekableByteChannel bytes) throws IOException {
        Findings findings = new Findings();
        try {
            parse(bytes, findings);
        } catch (EOFException | RuntimeException damaged) {
            // What was found before the damage still stands. A photo must not be lost for its date.
        }
        return findings.facts();
    }

    /** @throws IOException where the channel fails, an {@link EOFException} where the bytes make no sense; no other exception */
    static void parse(SeekableByteChannel bytes, Findings findings) throws IOException {
        Window window = new Window(bytes);
        int head = window.i32(0);
        if (head >>> 16 == 0xffd8) {
            StillFormats.jpeg(window, 0, findings);
        } else if (head == 0x89504e47) {
            StillFormats.png(window, findings);
        } else if (head == Window.code("RIFF") && window.i32(8) == Window.code("WEBP")) {
            StillFormats.webp(window, findings);
        } else if (Tiff.isAt(window, 0)) {
            Tiff.read(window, 0, window.size(), findings);
        } else if (window.startsWith(0, "FUJIFILMCCD-RAW")) {
            StillFormats.raf(window, findings);
        } else if (StillFormats.isMadeOfBoxes(window)) {
            IsoMedia.read(window, findings);
        }
    }
}
