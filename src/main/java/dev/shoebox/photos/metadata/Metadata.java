package dev.shoebox.photos.metadata;

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
        MetadataBuilder found = new MetadataBuilder();
        try {
            parse(bytes, found);
        } catch (EOFException | RuntimeException damaged) {
            // What was found before the damage still stands. A photo must not be lost for its date.
        }
        return found.facts();
    }

    /** @throws IOException where the channel fails, an {@link EOFException} where the bytes make no sense; no other exception */
    static void parse(SeekableByteChannel bytes, MetadataBuilder found) throws IOException {
        BoundedReader reader = new BoundedReader(bytes);
        int head = reader.i32(0);
        if (head >>> 16 == 0xffd8) {
            StillFormats.jpeg(reader, 0, found);
        } else if (head == 0x89504e47) {
            StillFormats.png(reader, found);
        } else if (head == BoundedReader.code("RIFF") && reader.i32(8) == BoundedReader.code("WEBP")) {
            StillFormats.webp(reader, found);
        } else if (Tiff.isAt(reader, 0)) {
            Tiff.read(reader, 0, reader.size(), found);
        } else if (reader.startsWith(0, "FUJIFILMCCD-RAW")) {
            StillFormats.raf(reader, found);
        } else if (StillFormats.isMadeOfBoxes(reader)) {
            IsoMedia.read(reader, found);
        }
    }
}
