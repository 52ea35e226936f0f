package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.destination.ingest.IngestListener;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Resource;
import dev.shoebox.photos.fingerprint.Fingerprint;
import dev.shoebox.photos.fingerprint.FingerprintDigest;
import dev.shoebox.photos.source.MediaFile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A second phone with the originals of a trial, which are known by their fingerprints and read only if those are lost.
 */
final class OtherPhone {
    private final Set<MediaFile> read = new HashSet<>();

    /** What the engine does once everything else is stored. */
    void recognise(Destination destination) throws IOException {
        Set<MediaFile> known;
        try (var stored = destination.stored(Backups.OTHER_PHONE)) {
            known = stored.filter(destination::isPresent).map(StoredFile::file).collect(Collectors.toSet());
        }
        List<Recognition.Recognised> recognised = new ArrayList<>();
        List<Backups.Shot> unknown = new ArrayList<>();
        for (Backups.Shot shot : TwentyShots.ALL) {
            for (int i = 0; i < shot.parts().size(); i++) {
                Backups.Part part = shot.parts().get(i);
                Resource resource = part.resource();
                if (known.contains(resource.file())) {
                    continue;
                }
                byte[] bytes = part.content().getBytes(StandardCharsets.UTF_8);
                Fingerprint fingerprint = fingerprint(bytes);
                Optional<String> path = destination.recognition().find(fingerprint, bytes.length);
                if (path.isPresent()) {
                    recognised.add(new Recognition.Recognised(shot.asset(), resource, fingerprint, path.get()));
                } else {
                    unknown.add(shot.only(i));
                    read.add(resource.file());
                }
            }
        }
        destination.recognition().record(Backups.OTHER_PHONE, recognised);
        try (Ingest ingest = destination.ingest(Backups.OTHER_PHONE, Layout.parse("month"), new Nobody())) {
            for (Backups.Shot shot : unknown) {
                ingest.store(EngineRun.arrival(ingest, shot));
            }
            ingest.flush();
        }
    }

    private static Fingerprint fingerprint(byte[] bytes) {
        var digest = new FingerprintDigest();
        digest.update(bytes, 0, bytes.length);
        return digest.complete();
    }

    /**
     * The proof that is recorded of one of its files.
     *
     * @param photos the content of each photo, by path
     * @param wrong receives a line if a claim was recorded as more
     */
    String told(StoredFile row, Destination destination, Map<String, String> photos, List<String> wrong) {
        try {
            if (!destination.recognition().claimed(Backups.OTHER_PHONE).contains(row.file())
                    && !read.contains(row.file())) {
                wrong.add("never read, and no longer known to be: " + row.file().path());
            }
        } catch (DestinationException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return "other phone " + row.file().path() + " has " + photos.get(row.path());
    }

    private static final class Nobody implements IngestListener {
        @Override
        public void copied(Resource resource, String path) {}

        @Override
        public void duplicate(Resource resource, String path) {}

        @Override
        public void unproven(Resource resource, String path) {}
    }
}
