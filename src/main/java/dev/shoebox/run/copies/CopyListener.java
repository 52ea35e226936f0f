package dev.shoebox.run.copies;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.merge.Merge;
import dev.shoebox.run.record.RunListener;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Receives the progress of second copies. */
public interface CopyListener extends RunListener {
    /**
     * Called when another file of this run is safe in a second copy, during the run and concurrently with other calls.
     *
     * @param files the number of new files there so far
     */
    default void secondCopyHas(Path root, int files) {}

    /** Called when the update of a second copy begins. It lasts until the returned object is closed. */
    default SecondCopy secondCopy(Path root) {
        return new SecondCopy() {
            @Override
            public void accept(BackupEvent event) {}

            @Override
            public void ended(Merge.Result result, int duringRun) {}

            @Override
            public void close() {}
        };
    }

    /** Called if the drive of a second copy is absent. The next run that finds it catches up. */
    default void secondCopyAway(Path root) {
        say("The second copy " + root
                + " was not found. If it is new, create the folder; if its drive is away, the next "
                + "run that finds it will update it.");
    }

    /**
     * Receives the events of the update of a second copy: one at a time, on the threads that read and publish its files,
     * while the thread of the run waits for them. Only {@link #close} may come after {@link #close}; if the drive does
     * not answer, it comes on the thread of the run.
     */
    interface SecondCopy extends Consumer<BackupEvent>, Closeable {
        /**
         * @param result includes the files copied during the run
         * @param duringRun the number of new files copied during the run
         */
        void ended(Merge.Result result, int duringRun);

        @Override
        void close();
    }
}
