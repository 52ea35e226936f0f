package dev.shoebox.destination;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A file being written into the staging folder of the destination, hashed on its way. Not yet a photo that counts. */
public final class Staged implements Closeable {
    Staged() {}

    /** How many bytes are there; not zero from the start where an interrupted transfer is taken up again. */
    public long length() {
        throw new UnsupportedOperationException();
    }

    /** Appends every remaining byte. */
    public void write(ByteBuffer bytes) throws DestinationException {
        throw new UnsupportedOperationException();
    }

    /** Reads what was written, to find out what the photo says of itself. */
    public SeekableByteChannel read() throws DestinationException {
        throw new UnsupportedOperationException();
    }

    /** Throws the bytes away, unless they were handed to {@link Intake#store}. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
