package dev.shoebox.backup;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.RunOutcomes;
import dev.shoebox.backup.plan.BackupSelection;
import dev.shoebox.backup.sidecar.Sidecar;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.Sidecars;
import dev.shoebox.destination.records.StoredFile;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.LibraryAsset;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Writes the library's facts about photos beside them, once they are stored. */
final class SidecarWriting {
    private final SourceId source;
    private final Destination destination;
    private final RunOutcomes outcomes;

    SidecarWriting(SourceId source, Destination destination, RunOutcomes outcomes) {
        this.source = source;
        this.destination = destination;
        this.outcomes = outcomes;
    }

    void write(BackupSelection wanted, Library library) throws IOException {
        if (wanted.sidecars().isEmpty()) {
            return;
        }
        Sidecar format = wanted.sidecars().get();
        if (!library.isThere()) {
            outcomes.tell(new BackupEvent.Warning("No sidecars were written: the Photos library, which they are "
                    + "filled from, is not available."));
            return;
        }
        Map<String, String> stored = new HashMap<>();
        try (Stream<StoredFile> rows = destination.stored(source)) {
            rows.filter(row -> library.at(row.file().path()).isPresent())
                    .filter(destination::isPresent)
                    .forEach(row -> stored.put(row.file().path(), row.path()));
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
        Map<Sidecars.Outcome, Integer> counts = new EnumMap<>(Sidecars.Outcome.class);
        Sidecars sidecars = destination.sidecars();
        for (LibraryAsset known : library.assets()) {
            String photo = stored.get(known.path());
            if (photo != null && Sidecar.isWorthIt(known)) {
                counts.merge(
                        sidecars.write(
                                photo,
                                format.extension(),
                                captured -> format.content(new Sidecar.Subject(known, captured))),
                        1,
                        Integer::sum);
            }
        }
        outcomes.tell(new BackupEvent.SidecarsWritten(
                counts.getOrDefault(Sidecars.Outcome.WRITTEN, 0),
                counts.getOrDefault(Sidecars.Outcome.REFRESHED, 0),
                counts.getOrDefault(Sidecars.Outcome.LEFT, 0)));
    }
}
