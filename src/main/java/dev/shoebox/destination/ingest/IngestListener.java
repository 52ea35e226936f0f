package dev.shoebox.destination.ingest;

import dev.shoebox.destination.naming.Layout;
import dev.shoebox.photos.Asset;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.format.Plausibility;

import java.util.List;
import java.util.Optional;

/** Receives each file once it is durable and catalogued. Calls come one at a time, in order of batches. */
public interface IngestListener {
    /** @param path of the stored file, relative to the destination */
    void copied(Resource resource, String path);

    /** @param path of the file that already had this content */
    void duplicate(Resource resource, String path);

    /** The user deleted this content on purpose, so it was not stored again. */
    default void forgotten(Resource resource) {}

    /** The disk did not return what was written: nothing is stored, and the file must be read again. */
    void unproven(Resource resource, String path);

    /** Called with the stored files of an asset that arrived, after the call for each of its files. */
    default void stored(StoredAsset asset) {}

    /**
     * An asset that arrived, with its stored files.
     *
     * @param asset as {@link Arrival#asset}
     * @param captured as {@link Arrival#captured}
     */
    record StoredAsset(Asset asset, Optional<CaptureTime> captured, Layout.Facts facts, List<StoredPart> parts) {
        public StoredAsset {
            parts = List.copyOf(parts);
        }

        /** Returns the total size of its parts, in bytes. */
        public long bytes() {
            return parts.stream()
                    .mapToLong(part -> part.resource().file().size())
                    .sum();
        }
    }

    /**
     * A stored file of an asset.
     *
     * @param path of the stored file, relative to the destination
     * @param sha256 64 lower-case hexadecimal digits
     */
    record StoredPart(Resource resource, String path, String sha256, Plausibility plausibility, Proof proof) {}
}
