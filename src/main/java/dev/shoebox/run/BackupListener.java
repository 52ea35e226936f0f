package dev.shoebox.run;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.coverage.SafeToRemove;
import dev.shoebox.destination.disk.DiskLimitation;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.copies.CopyListener;

import java.nio.file.Path;
import java.util.Set;

/**
 * Receives the events of one backup. Calls come one at a time, from more than one thread; only {@link #secondCopyHas}
 * may come beside another.
 */
public interface BackupListener extends CopyListener {
    /**
     * Called when source and destination are open. All other calls except {@link #note}, {@link #say} and {@link #warn}
     * come later.
     *
     * @param limits what the disk of the destination cannot do
     */
    void opened(SourceId source, Path root, Set<DiskLimitation> limits);

    void event(BackupEvent event);

    /**
     * Called when copying has ended, successfully or not.
     *
     * @param damaged how many files are known to be damaged in the backup
     */
    void finished(BackupResult result, int damaged);

    /** Called after a complete run, with what could be deleted on the phone. */
    default void removable(SafeToRemove.Removable removable) {}

    /** Called before source and destination are closed. */
    void closing();
}
