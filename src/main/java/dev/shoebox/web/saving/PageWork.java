package dev.shoebox.web.saving;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.coverage.SafeToRemove;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The work that the page delegates. */
public interface PageWork {
    /**
     * Returns the places where photos can be saved, the most likely first. Looks again at each call, since drives come
     * and go.
     */
    List<Place> places();

    /**
     * A folder with a backup, or one in which a folder for a new backup can be created.
     *
     * @param name the name to show
     * @param newFolders whether new folders can be created in it, as at the top of a drive
     */
    record Place(String name, Path folder, boolean newFolders) {}

    /** Returns the second copies of a backup: those in the configuration, and those of its last run. */
    List<SecondCopy> copies(Path root);

    /**
     * A second copy, and what runs have recorded of it.
     *
     * @param isFilled whether {@link #save} fills it; otherwise only a run that names it does
     * @param complete when it was last complete; empty if it never was
     * @param failure why it was not updated the last time; empty if it was, or if its drive was absent
     */
    record SecondCopy(Path folder, boolean isFilled, Optional<Instant> complete, Optional<String> failure) {}

    /**
     * Backs up photos like every other backup, and fills the second copies in the configuration. What fails there is
     * recorded, and does not change the result.
     *
     * @param root the folder of the backup, which is created if there is none yet
     * @param source the source on view: another one's photos are never saved in place of its own
     * @param paths the primary originals to save
     * @param stopping receives the action that asks the run to stop soon
     * @return what the run did, and whether every copy was read back from the disk
     * @throws java.io.InterruptedIOException if it was stopped before it began to copy
     * @throws IOException if it could not start
     */
    Saved save(Path root, SourceId source, Set<String> paths, SaveListener listener, Consumer<Runnable> stopping)
            throws IOException;

    /** Receives the progress of a backup. Called from several threads. */
    interface SaveListener {
        void event(BackupEvent event);

        /** Called when the backup itself has ended, if second copies are still to receive what they lack. */
        void updatesCopies();

        /**
         * Called when another file is safe in a second copy.
         *
         * @param files the number of new files there so far
         */
        void secondCopyHas(Path copy, int files);
    }

    /**
     * The outcome of a backup.
     *
     * @param compared whether every copy was read back from the disk itself and compared
     * @param removable what could be deleted from the phone now; empty if unknown
     */
    record Saved(BackupResult result, boolean compared, Optional<SafeToRemove.Removable> removable) {}

    /** Returns a self-contained HTML report of the last run; empty if none is recorded. */
    Optional<String> report(Path root);

    /** Returns whether {@link #weekly} works for this backup. */
    boolean canBeWeekly(Path root);

    /**
     * Schedules a weekly backup of a phone. Adds the phone and the destination to the configuration if they are
     * missing.
     *
     * @return one line for people
     * @throws IOException if this computer cannot
     */
    String weekly(Path root, SourceId phone) throws IOException;

    /** Opens a folder in the file manager. */
    void show(Path folder) throws IOException;
}
