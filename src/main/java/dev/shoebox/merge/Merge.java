package dev.shoebox.merge;

import dev.shoebox.backup.Backup;
import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.Report;
import dev.shoebox.destination.Destination;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings what one backup holds into another, by the same engine as everything else: hashed, forced, published without replacing
 * anything, listed. What is there already is not copied again, whatever it is called there. The backup that it comes from is
 * only read.
 */
public final class Merge {
    private final Destination from;
    private final Path root;
    private final Destination to;
    private final Backup.Options options;
    private final InstantSource clock;
    private final Consumer<BackupEvent> listener;
    private volatile boolean stopping;
    private volatile Optional<Backup> running = Optional.empty();

    /**
     * @param root of the backup that photos come from
     * @param to open for writing
     */
    public Merge(
            Destination from,
            Path root,
            Destination to,
            Backup.Options options,
            InstantSource clock,
            Consumer<BackupEvent> listener) {
        this.from = from;
        this.root = root;
        this.to = to;
        this.options = options;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * What came of it, in files.
     *
     * @param there were in the backup before, with their source
     * @param gone are recorded in the other backup and do not lie there any more
     * @param ended why it ended early
     */
    public record Result(
            int copied, int duplicates, int there, int failed, int gone, long bytes, Optional<IOException> ended) {
        static Result nothing(int gone) {
            return new Result(0, 0, 0, 0, gone, 0, Optional.empty());
        }

        Result plus(Report report) {
            return new Result(
                    copied + report.copied(),
                    duplicates + report.duplicates(),
                    there + report.alreadyBackedUp(),
                    failed + report.failures().size(),
                    gone,
                    bytes + report.bytesCopied(),
                    ended.or(report::ended));
        }

        /** Whether everything that the other backup lists is here now. */
        public boolean isComplete() {
            return failed == 0 && gone == 0 && ended.isEmpty();
        }
    }

    /** @throws IOException if the other backup cannot be read, or this one not be written */
    public Result run() throws IOException {
        Path real = root.toRealPath();
        var loose = new SourceId(
                SourceId.Kind.FOLDER,
                real.toString(),
                Optional.ofNullable(real.getFileName()).orElse(real).toString());
        BackupSource.Contents contents = BackupSource.of(from, root.toString(), loose);
        Result result = Result.nothing(contents.gone());
        for (BackupSource source : contents.sources()) {
            if (stopping || result.ended().isPresent()) {
                break;
            }
            Backup backup = new Backup(source, to, options, clock, listener);
            running = Optional.of(backup);
            if (stopping) {
                backup.stop();
            }
            Result after = result.plus(backup.run());
            if (!stopping && after.failed() == result.failed() && after.ended().isEmpty()) {
                to.takeOver(from, source.id());
            }
            result = after;
        }
        if (!stopping && result.ended().isEmpty()) {
            new MergedProofs(from, to).bring();
        }
        return result;
    }

    public boolean isStopped() {
        return stopping;
    }

    /** Ends soon; what is on its way is still made safe. From any thread. */
    public void stop() {
        stopping = true;
        running.ifPresent(Backup::stop);
    }
}
