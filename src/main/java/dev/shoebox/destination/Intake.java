package dev.shoebox.destination;

import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.MediaFile;
import dev.shoebox.photos.Resource;

import java.io.Closeable;
import java.util.List;
import java.util.Optional;

/**
 * What one run brings into the destination: stages files, decides names and duplicates, publishes in batches, and
 * tells of each file once it is durable and catalogued. Used by one thread; batches are made durable by others while
 * the next files stream.
 */
public final class Intake implements Closeable {
    Intake() {}

    /** Opens a new partial file. */
    public Staged stage(MediaFile file) throws DestinationException {
        throw new UnsupportedOperationException();
    }

    /**
     * Hands over an asset whose given files are completely staged. May block while earlier batches are being made
     * durable. What becomes of each file is told to the listener, possibly on another thread.
     *
     * @throws DestinationException also on behalf of an earlier batch
     */
    public void store(Arrival arrival) throws DestinationException {
        throw new UnsupportedOperationException();
    }

    /** Returns when everything handed over is durable, catalogued and told. */
    public void flush() throws DestinationException {
        throw new UnsupportedOperationException();
    }

    /** Flushes nothing: throws away what was staged and not stored, ends the threads. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    /**
     * An asset, or what of it is new.
     *
     * @param asset the whole asset as the source has it, also where only some of its files arrive
     * @param captured already placed in a time zone; empty: it goes to {@code undated}
     */
    public record Arrival(Asset asset, Optional<CaptureTime> captured, Layout.Facts facts, List<StagedResource> files) {
        public Arrival {
            files = List.copyOf(files);
        }
    }

    public record StagedResource(Resource resource, Staged staged) {}

    /** Told of each file once it is durable and catalogued. Calls come one at a time, in order of batches. */
    public interface Listener {
        /** @param path where its bytes now lie, relative to the destination */
        void copied(Resource resource, String path);

        /** @param path where the same bytes lay already */
        void duplicate(Resource resource, String path);
    }
}
