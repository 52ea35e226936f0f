package dev.shoebox.backup;

import dev.shoebox.destination.Destination;
import dev.shoebox.destination.Layout;
import dev.shoebox.photos.MediaSource;

import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;

/** One run: copies what a source has and a destination lacks. */
public final class Backup {
    /**
     * @param zone where a time known only in UTC is placed
     */
    public record Options(Layout layout, ZoneId zone) {}

    public Backup(
            MediaSource source,
            Destination destination,
            Options options,
            InstantSource clock,
            Consumer<BackupEvent> listener) {
        throw new UnsupportedOperationException();
    }

    /** Lists, plans, transfers, publishes, catalogues. Never throws for what a source or destination does. */
    public Report run() {
        throw new UnsupportedOperationException();
    }

    /** What {@link #run} would do; reads from the source only the kilobytes that a date needs. */
    public List<PlannedCopy> preview() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Asks a run to end soon: what is staged whole is still made durable. From any thread. */
    public void stop() {
        throw new UnsupportedOperationException();
    }
}
