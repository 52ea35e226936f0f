package dev.shoebox.destination;

import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.ingest.Arrival;
import dev.shoebox.destination.ingest.Ingest;
import dev.shoebox.destination.ingest.Staged;
import dev.shoebox.destination.ingest.StagedResource;
import dev.shoebox.photos.fingerprint.Proof;
import dev.shoebox.photos.source.MediaFile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Stores shots as the engine does: while a batch becomes durable, the files of the next asset arrive. */
final class EngineRun {
    private EngineRun() {}

    /** @param present files that the destination already has, which the engine would not read */
    static void storeMissing(Ingest ingest, List<Backups.Shot> shots, Set<MediaFile> present, int shotsPerBatch)
            throws DestinationException {
        int handedOver = 0;
        Optional<Arrival> waiting = Optional.empty();
        for (Backups.Shot shot : shots) {
            int[] missing = IntStream.range(0, shot.parts().size())
                    .filter(i ->
                            !present.contains(shot.parts().get(i).resource().file()))
                    .toArray();
            if (missing.length == 0) {
                continue;
            }
            Arrival arrival = arrival(ingest, shot.only(missing));
            if (waiting.isPresent()) {
                ingest.store(waiting.get());
                if (++handedOver % shotsPerBatch == 0) {
                    ingest.flush();
                }
            }
            waiting = Optional.of(arrival);
        }
        if (waiting.isPresent()) {
            ingest.store(waiting.get());
        }
        ingest.flush();
    }

    static Arrival arrival(Ingest ingest, Backups.Shot shot) throws DestinationException {
        var files = new ArrayList<StagedResource>();
        for (Backups.Part part : shot.parts()) {
            Staged staged = ingest.stage(part.resource().file());
            byte[] bytes = part.content().getBytes(StandardCharsets.UTF_8);
            staged.write(ByteBuffer.wrap(bytes, 0, bytes.length / 2), () -> {});
            staged.write(ByteBuffer.wrap(bytes, bytes.length / 2, bytes.length - bytes.length / 2), () -> {});
            files.add(new StagedResource(
                    part.resource(),
                    staged,
                    staged.plausibility(part.resource().file().name()),
                    Proof.READ_ONCE));
        }
        return new Arrival(shot.asset(), shot.captured(), Backups.facts(shot), files);
    }
}
