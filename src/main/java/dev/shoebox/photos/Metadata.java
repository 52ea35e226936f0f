package dev.shoebox.photos;

import java.nio.channels.SeekableByteChannel;

/** Reads what a photo or video says of itself, from hostile bytes too, within fixed bounds of time and memory. */
public final class Metadata {
    private Metadata() {}

    /** Never throws for what the bytes are: what cannot be read is absent. Reads only the parts that hold facts. */
    public static MediaFacts read(SeekableByteChannel bytes) {
        throw new UnsupportedOperationException();
    }
}
