package dev.shoebox.backup;

import dev.shoebox.backup.plan.BackupSelection;
import dev.shoebox.backup.plan.LibrarySource;
import dev.shoebox.backup.plan.Planner;
import dev.shoebox.backup.plan.Planner.Plan;
import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.backup.plan.StepFilter;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.opening.Contents;
import dev.shoebox.photos.sorting.AssetGrouping;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.Scope;

import java.io.IOException;
import java.util.List;

/**
 * The files of a source that are not in a backup.
 *
 * @param assets photos and videos with at least one missing file
 * @param bytes of the missing files
 * @param forgotten files that are not counted, because the user deleted them from the backup on purpose
 */
public record MissingFiles(int assets, int files, long bytes, int forgotten) {
    /**
     * Returns what a run that copies everything would read.
     *
     * @param listing of the whole source
     * @param library read only if something is missing, to exclude what is in Recently Deleted
     * @throws IOException if the source or the destination is lost
     */
    public static MissingFiles of(MediaSource source, Listing listing, Destination destination, LibrarySource library)
            throws IOException {
        Plan plan = Planner.plan(AssetGrouping.group(Scope.USUAL.of(listing)), source, destination, Contents.UNKNOWN);
        List<Step> steps = plan.steps();
        if (!steps.isEmpty()) {
            steps = new StepFilter(BackupSelection.EVERYTHING, library.read(listing, LibrarySource.Effort.IF_QUICK))
                    .pick(steps)
                    .steps();
        }
        return new MissingFiles(
                steps.size(),
                steps.stream().mapToInt(step -> step.missing().size()).sum(),
                steps.stream().mapToLong(Step::bytes).sum(),
                plan.forgotten().forgotten());
    }
}
