package dev.shoebox.cli.browse;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.event.Outcome;
import dev.shoebox.coverage.SafeToRemove;
import dev.shoebox.destination.disk.DiskLimitation;
import dev.shoebox.merge.Merge;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.BackupListener;
import dev.shoebox.web.saving.PageWork;

import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Collects the events of a run for the page. */
final class HeardRun implements BackupListener {
    private final PageWork.SaveListener listener;
    private final BrowseWork.Quiet said;
    private final boolean hasCopies;

    /** The number of files that each second copy received during the run. */
    private final Map<Path, Integer> copied = new ConcurrentHashMap<>();

    private BackupResult result; // or null
    private boolean compared;
    private SafeToRemove.Removable removable; // or null

    /**
     * @param said receives what a terminal would show
     * @param hasCopies whether the run fills second copies
     */
    HeardRun(PageWork.SaveListener listener, BrowseWork.Quiet said, boolean hasCopies) {
        this.listener = listener;
        this.said = said;
        this.hasCopies = hasCopies;
    }

    /** Returns what the run did; empty if it did not begin to copy. */
    Optional<BackupResult> result() {
        return Optional.ofNullable(result);
    }

    /** @throws InterruptedIOException if the run was stopped before it began to copy */
    PageWork.Saved saved() throws InterruptedIOException {
        BackupResult did = result().orElseThrow(InterruptedIOException::new);
        boolean isFirst = did.counts().duplicates() + did.counts().alreadyBackedUp() == 0;
        return new PageWork.Saved(did, compared && isFirst, Optional.ofNullable(removable));
    }

    @Override
    public void note(String line) {
        // The page has no log.
    }

    @Override
    public void say(String line) {
        said.say(line);
    }

    @Override
    public void warn(String line) {
        said.say(line);
    }

    @Override
    public void opened(SourceId source, Path root, Set<DiskLimitation> limits) {
        compared = !limits.contains(DiskLimitation.NO_READ_BACK);
    }

    @Override
    public void event(BackupEvent event) {
        listener.event(event);
    }

    @Override
    public void finished(BackupResult end, int damaged) {
        result = end;
        if (hasCopies) {
            // Now, because the drive of a copy may take long to store what is queued, and to be opened again.
            listener.updatesCopies();
        }
    }

    @Override
    public void removable(SafeToRemove.Removable found) {
        removable = found;
    }

    @Override
    public void closing() {
        // Nothing on the page depends on it.
    }

    @Override
    public void secondCopyHas(Path copy, int files) {
        copied.put(copy, files);
        listener.secondCopyHas(copy, files);
    }

    @Override
    public SecondCopy secondCopy(Path copy) {
        return new UpdatedCopy(copy);
    }

    /** Counts what a second copy receives after the run. The page reads its result from the record of the run. */
    private final class UpdatedCopy implements SecondCopy {
        private final Path copy;
        private int files;

        UpdatedCopy(Path copy) {
            this.copy = copy;
            this.files = copied.getOrDefault(copy, 0);
            listener.secondCopyHas(copy, files);
        }

        @Override
        public void accept(BackupEvent event) {
            if (event instanceof BackupEvent.Settled settled && settled.outcome() instanceof Outcome.Copied) {
                files++;
                listener.secondCopyHas(copy, files);
            }
        }

        @Override
        public void ended(Merge.Result merged, int duringRun) {}

        @Override
        public void close() {}
    }
}
