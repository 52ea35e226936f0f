package dev.shoebox.web.saving;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.coverage.SafeToRemove;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What is done for the page outside of it. */
public interface PageWork {
    /** Where photos may go, the likeliest first; asked anew each time, since drives come and go. */
    List<Place> places();

    /**
     * A folder with a backup, or one in which a folder for a new one can be made.
     *
     * @param name for people
     * @param newFolders whether it is the top of a drive, or another place for new folders
     */
    record Place(String name, Path folder, boolean newFolders) {}

    /**
     * Backs photos up as every backup does.
     *
     * @param root of the backup, which is made where there is none yet
     * @param source that was looked at: photos of no other are taken for these
     * @param paths of the primary originals that are wanted
     * @param stopping receives what asks the run to end soon
     * @return what it did, and whether every copy was read back from the disk
     * @throws IOException if it could not begin
     */
    Saved save(
            Path root, SourceId source, Set<String> paths, Consumer<BackupEvent> listener, Consumer<Runnable> stopping)
            throws IOException;

    /**
     * How a backup went.
     *
     * @param compared whether every copy was read back from the disk itself and compared
     * @param removable what could be deleted on the phone now; empty where that is not known
     */
    record Saved(BackupResult result, boolean compared, Optional<SafeToRemove.Removable> removable) {}

    /** The last run to a backup as a page of HTML that stands for itself; empty where none is remembered. */
    Optional<String> report(Path root);

    /** Whether {@link #weekly} can be done for this backup. */
    boolean canBeWeekly(Path root);

    /**
     * Has the backup of a phone start by itself every week; writes down first which phone and where to, if that is not
     * configured yet.
     *
     * @return one line for people
     * @throws IOException if this computer cannot
     */
    String weekly(Path root, SourceId phone) throws IOException;

    /** Shows a folder in the file manager. */
    void show(Path folder) throws IOException;
}
