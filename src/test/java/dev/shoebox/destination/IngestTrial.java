package dev.shoebox.destination;

import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.destination.ingest.IngestListener;
import dev.shoebox.destination.ingest.Staged;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.text.Sha256;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

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

    /** Stores every file that is not in the backup, as the engine does. */
    final void storeMissing(Destination destination, List<Backups.Shot> shots, int shotsPerBatch) throws IOException {
        Set<MediaFile> present;
        try (var stored = destination.stored(Backups.PHONE)) {
            present =
                    stored.filter(destination::isPresent).map(StoredFile::file).collect(Collectors.toSet());
        }
        try (Ingest ingest = destination.ingest(Backups.PHONE, Layout.parse("month"), listener())) {
            EngineRun.storeMissing(ingest, shots, present, shotsPerBatch);
        }
    }

    /** Restores every damaged file that has the content of one of these. */
    final void mend(Repair repair, List<Backups.Part> parts) throws IOException {
        for (Repair.Damage damage : repair.examine(new Found())) {
            Optional<Backups.Part> right = parts.stream()
                    .filter(part -> Sha256.hex(part.content()).equals(damage.sha256()))
                    .findFirst();
            if (right.isPresent()) {
                Staged bytes = repair.stage();
                bytes.write(ByteBuffer.wrap(right.get().content().getBytes(StandardCharsets.UTF_8)), () -> {});
                if (repair.mend(damage, bytes) && !faults.isDead()) {
                    told.put(right.get().resource(), damage.path());
                }
            }
        }
    }
}
