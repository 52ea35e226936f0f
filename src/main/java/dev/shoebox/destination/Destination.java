package dev.shoebox.destination;

import dev.shoebox.photos.SourceId;

import java.io.Closeable;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A shoebox: a folder of photos with its catalogue. */
public final class Destination implements Closeable {
    private Destination() {}

    /**
     * Opens for writing: takes the lock, recovers what an interrupted run left, opens the catalogue.
     *
     * @param say receives a line for people on what was recovered and what this disk cannot do
     */
    public static Destination open(Path root, Opening opening, InstantSource clock, Consumer<String> say)
            throws DestinationException {
        throw new UnsupportedOperationException();
    }

    /**
     * Opens for looking only: no lock, nothing created or recovered, works on a read-only disk.
     *
     * @param opening anything but {@link Opening#REQUIRE_EXISTING} sees what may still become a shoebox as an empty one
     */
    public static Destination view(Path root, Opening opening) throws DestinationException {
        throw new UnsupportedOperationException();
    }

    /** What the catalogue knows of one source, ordered by path (code points), to be closed after use. */
    public Stream<Stored> stored(SourceId source) throws DestinationException {
        throw new UnsupportedOperationException();
    }

    /** Whether the file is still there with its catalogued size: one stat. */
    public boolean isPresent(Stored stored) {
        throw new UnsupportedOperationException();
    }

    /** Whether some stored file has this size, so that equal content cannot be ruled out. */
    public boolean hasFileOfSize(long bytes) throws DestinationException {
        throw new UnsupportedOperationException();
    }

    /** Bytes that can still be written. */
    public long freeBytes() throws DestinationException {
        throw new UnsupportedOperationException();
    }

    /** The error that says that this much is not free, for the run to end in. */
    public DestinationException full(long neededBytes) throws DestinationException {
        throw new UnsupportedOperationException();
    }

    /** The largest file this disk can hold, in bytes. */
    public long largestFile() {
        throw new UnsupportedOperationException();
    }

    /** Begins to take in what one run brings. One at a time. */
    public Intake intake(SourceId source, Layout layout, Intake.Listener listener) throws DestinationException {
        throw new UnsupportedOperationException();
    }

    /** Tells where photos would go, without writing anything. */
    public Preview preview(SourceId source, Layout layout) throws DestinationException {
        throw new UnsupportedOperationException();
    }

    /** Closes the catalogue and gives the lock back. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
