package dev.shoebox.run;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.coverage.SafeToRemove;
import dev.shoebox.destination.disk.DiskLimitation;
import dev.shoebox.merge.Merge;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.record.RunListener;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;

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
    void finished(BackupResult result, int damaged);

    /** What could be deleted on the phone, after a run that brought everything. */
    default void removable(SafeToRemove.Removable removable) {}

    /** Source and destination are about to be closed. */
    void closing();

    /** A second copy is brought up to date from now on, until what is returned is closed. */
    default SecondCopy secondCopy(Path root) {
        return new SecondCopy() {
            @Override
            public void accept(BackupEvent event) {}

            @Override
            public void ended(Merge.Result result) {}

            @Override
            public void close() {}
        };
    }

    /** The drive of a second copy is not there. The next run that finds it catches up. */
    default void secondCopyAway(Path root) {
        say("The second copy " + root + " was not found; the next run that finds it will update it.");
    }

    /** Hears what comes into a second copy. */
    interface SecondCopy extends Consumer<BackupEvent>, Closeable {
        void ended(Merge.Result result);

        @Override
        void close();
    }
}
