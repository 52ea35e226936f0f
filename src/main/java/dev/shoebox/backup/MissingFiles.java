package dev.shoebox.backup;

import dev.shoebox.backup.plan.BackupSelection;
import dev.shoebox.backup.plan.LibrarySource;
import dev.shoebox.backup.plan.Planner.Plan;
import dev.shoebox.backup.plan.Planner.Step;
import dev.shoebox.backup.plan.Preparation;
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
 * What is not in a backup yet.
 *
 * @param assets photos and videos of which at least one file is missing
 * @param bytes of the missing files
 * @param forgotten files that are not among them, since their owner deleted them from the backup on purpose
 */
public record MissingFiles(int assets, int files, long bytes, int forgotten) {
    /**
     * What of a source a run would read that brings everything.
     *
     * @param library asked only where something is missing: what is in Recently Deleted is not
     * @throws IOException if the source or the destination is lost
     */
    public static MissingFiles of(MediaSource source, Destination destination, LibrarySource library)
            throws IOException {
        return of(source, source.list(), destination, library);
    }

    /**
     * {@link #of(MediaSource, Destination, LibrarySource)} of a source that was listed already.
     *
     * @param listing of everything it has
     */
    public static MissingFiles of(MediaSource source, Listing listing, Destination destination, LibrarySource library)
            throws IOException {
        Plan plan =
                Preparation.plan(AssetGrouping.group(Scope.USUAL.of(listing)), source, destination, Contents.UNKNOWN);
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

    /** {@link #of(MediaSource, Destination, LibrarySource)} of a source without a library. */
    public static MissingFiles of(MediaSource source, Destination destination) throws IOException {
        return of(source, destination, LibrarySource.NONE);
    }
}
