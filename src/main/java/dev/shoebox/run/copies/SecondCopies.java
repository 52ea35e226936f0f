package dev.shoebox.run.copies;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.config.ConfigurationException;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.ingest.IngestListener.StoredAsset;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.CombinedRun;
import dev.shoebox.history.FollowUp;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Further backups that receive the same files as the first, from one read over the cable. */
public final class SecondCopies {
    /**
     * After these endings the copies are not updated: nothing is new, the first backup cannot be read, or the user
     * stopped the run.
     */
    private static final Set<RunEnding> NOTHING_NEW = Set.of(
            RunEnding.BAD_USAGE,
            RunEnding.NOT_A_SHOEBOX,
            RunEnding.DESTINATION_IN_USE,
            RunEnding.DESTINATION_LOST,
            RunEnding.DAMAGED,
            RunEnding.HOOK_FAILED,
            RunEnding.NOTHING_TO_DO_NOW,
            RunEnding.INTERRUPTED);

    private final List<SecondDestination> copies;

    /**
     * @param folders their folders
     * @param layout the layout for photos
     * @param opening whether the first backup may be created
     */
    public SecondCopies(
            List<Path> folders, Layout layout, OpenMode opening, InstantSource clock, CopyListener listener) {
        this(folders, layout, opening, clock, listener, DriveAccess.OF_THIS_COMPUTER);
    }

    SecondCopies(
            List<Path> folders,
            Layout layout,
            OpenMode opening,
            InstantSource clock,
            CopyListener listener,
            DriveAccess drives) {
        this.copies = folders.stream()
                .map(path -> new SecondDestination(path, layout, opening, clock, listener, drives))
                .toList();
    }

    /** @throws ConfigurationException if one of them is the first backup, or is inside or around it */
    public void requireApart(Path root) throws IOException {
        Path first = DriveAccess.OF_THIS_COMPUTER.real(root);
        for (SecondDestination copy : copies) {
            Optional<Path> second = copy.real();
            if (second.filter(path -> first.startsWith(path) || path.startsWith(first))
                    .isPresent()) {
                throw new ConfigurationException("The second copy " + copy.path() + " and the backup " + root
                        + " are the same folder, or one contains the other. Choose another folder with --copy-to.");
            }
        }
    }

    /**
     * Starts to copy what the run stores in the first backup.
     *
     * @param told receives how far they are
     */
    public void follow(Destination first, SourceId source, CopyListener told) {
        if (!copies.isEmpty()) {
            first.keepInMemory();
            copies.forEach(copy -> copy.follow(first, source, told));
        }
    }

    /** @param event of the run */
    public void note(BackupEvent event, Destination first) {
        if (event instanceof BackupEvent.Ahead ahead) {
            copies.forEach(copy -> copy.expect(ahead.bytes()));
        } else if (event instanceof BackupEvent.Stored stored) {
            StoredAsset asset = stored.asset();
            var readers = new AtomicInteger(copies.size());
            Runnable release = () -> {
                if (readers.decrementAndGet() == 0) {
                    asset.parts().forEach(part -> first.holdings().letGo(part.path()));
                }
            };
            copies.forEach(copy -> copy.offer(asset, release));
        }
    }

    /** Ends the copying during the run: returns before the first backup is closed. */
    public void settle() {
        copies.forEach(SecondDestination::settle);
    }

    /**
     * Brings the copies up to date.
     *
     * @param run the run that has just ended
     * @return their results; empty if the run had nothing to copy
     */
    public List<FollowUp> after(CombinedRun run, Path root) {
        return isNothingNew(run.first())
                        || run.files().filter(SecondCopies::isNothingNew).isPresent()
                ? List.of()
                : copies.stream().map(copy -> copy.bring(root)).toList();
    }

    private static boolean isNothingNew(RunRecord run) {
        return NOTHING_NEW.contains(run.how().orElseThrow());
    }

    /** Ends soon. May be called from any thread. */
    public void stop() {
        copies.forEach(SecondDestination::stop);
    }
}
