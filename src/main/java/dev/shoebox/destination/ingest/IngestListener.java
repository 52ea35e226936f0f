package dev.shoebox.destination.ingest;

import dev.shoebox.photos.Resource;

/** Told of each file once it is durable and catalogued. Calls come one at a time, in order of batches. */
public interface IngestListener {
    /** @param path where its bytes now lie, relative to the destination */
    void copied(Resource resource, String path);

    /** @param path where the same bytes lay already */
    void duplicate(Resource resource, String path);

    /** Its owner deleted this content here on purpose, so it was not stored again. */
    default void forgotten(Resource resource) {}

    /** The disk did not give back what was written: nothing is stored, and the file is to be read once more. */
    void unproven(Resource resource, String path);
}
