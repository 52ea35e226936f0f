package dev.shoebox.run;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.Report;
import dev.shoebox.destination.disk.DiskLimitation;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.record.RunListener;

import java.nio.file.Path;
import java.util.Set;

/** Hears what one backup does. Events come one at a time, from more than one thread. */
public interface BackupListener extends RunListener {
    /**
     * Source and destination are open. Every other call but {@link #note}, {@link #say} and {@link #warn} comes later.
     *
     * @param limits what the disk of the destination cannot do
     */
    void opened(SourceId source, Path root, Set<DiskLimitation> limits);

    void event(BackupEvent event);

    /**
     * Copying is over, well or not.
     *
     * @param damaged how many files are known to be damaged in the backup
     */
    void finished(Report report, int damaged);

    /** Source and destination are about to be closed. */
    void closing();
}
