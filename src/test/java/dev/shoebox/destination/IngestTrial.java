package dev.shoebox.destination;

import dev.shoebox.destination.ingest.IngestListener;
import dev.shoebox.photos.Resource;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Runs that store files of a source, and what somebody was told of them. */
abstract class IngestTrial extends DiskTrial {
    /** What somebody was told is safe, by file of the source: where it lies. */
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
                // What a dead disk does not give back is read again by the next run.
            }
        };
    }

    private void tell(Resource resource, String path) {
        // The dead tell nobody anything.
        if (!faults.isDead() && told.put(resource, path) != null) {
            wrong.add("read again: " + resource.file().path());
        }
    }
}
