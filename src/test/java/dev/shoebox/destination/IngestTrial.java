package dev.shoebox.destination;

import dev.shoebox.destination.ingest.IngestListener;
import dev.shoebox.photos.Resource;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Runs that store files of a source, and the files that they reported as safe. */
abstract class IngestTrial extends DiskTrial {
    /** The files that a run reported as safe, with their paths. */
    final Map<Resource, String> told = new ConcurrentHashMap<>();

    IngestTrial(DiskProfile profile, long seed) throws IOException {
        super(profile, seed);
    }

    final IngestListener listener() {
        return new IngestListener() {
            @Override
            public void copied(Resource resource, String path) {
                tell(resource, path);
            }

            @Override
            public void duplicate(Resource resource, String path) {
                tell(resource, path);
            }

            @Override
            public void unproven(Resource resource, String path) {
                // The next run reads again what a dead disk does not return.
            }
        };
    }

    private void tell(Resource resource, String path) {
        // A dead process reports nothing.
        if (!faults.isDead() && told.put(resource, path) != null) {
            wrong.add("read again: " + resource.file().path());
        }
    }
}
