package dev.shoebox.destination.ingest;

import dev.shoebox.photos.Resource;

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
}
