package dev.shoebox.merge;

import dev.shoebox.backup.Backup;
import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.destination.Destination;
import dev.shoebox.photos.source.SourceId;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Copies the contents of one backup into another with the usual engine: files are hashed, forced, published without
 * replacing anything, and listed. Contents that are there already are not copied again, whatever their names. Only
 * reads the other backup.
 */
public final class Merge {
    private final Destination from;
    private final Path root;
    private final Destination to;
    private final Backup.Options options;
    private final InstantSource clock;
    private final Consumer<BackupEvent> listener;
    private volatile boolean stopping;

    /** Null unless a run is in progress. */
    private volatile Backup running;

    /**
     * Creates a merge.
     *
     * @param root the folder of the backup to copy from
     * @param to the backup to copy to, open for writing
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
     * The result, in numbers of files.
     *
     * @param there files that were in the backup before, with the same source
     * @param ended why it ended early
     * @param stopped whether it was asked to end
     */
    public record Result(
            int copied,
            int duplicates,
            int there,
            Lacking lacking,
            long bytes,
            Optional<IOException> ended,
            boolean stopped) {
        static Result nothing(BackupSource.Contents contents) {
            return new Result(
                    0, 0, 0, new Lacking(0, contents.gone(), contents.previews(), 0), 0, Optional.empty(), false);
        }

        Result plus(BackupResult part) {
            return new Result(
                    copied + part.counts().copied(),
                    duplicates + part.counts().duplicates(),
                    there + part.counts().alreadyBackedUp(),
                    lacking.plus(part.counts().failed(), part.leftOut().forgotten()),
                    bytes + part.traffic().bytesCopied(),
                    ended.or(part::ended),
                    stopped || part.interrupted());
        }

        Result stoppedIf(boolean asked) {
            return new Result(copied, duplicates, there, lacking, bytes, ended, stopped || asked);
        }

        /** Returns this result including what a follower stored before, which this merge found to be there. */
        public Result after(Follower.Result before) {
            return new Result(
                    copied + before.copied(),
                    duplicates,
                    Math.max(0, there - before.copied()),
                    lacking,
                    bytes + before.bytes(),
                    ended,
                    stopped);
        }

        /** Returns how many files of the other backup are in this one. */
        public int inAll() {
            return copied + duplicates + there;
        }

        /** Returns whether everything that the other backup lists is here, or was deliberately forgotten here. */
        public boolean isComplete() {
            return isUpToDate() && lacking.previews() == 0;
        }

        /** Returns whether everything that a merge brings is here. Another merge would bring nothing. */
        public boolean isUpToDate() {
            return lacking.failed() + lacking.gone() == 0 && ended.isEmpty() && !stopped;
        }
    }

    /**
     * What the other backup lists and this one lacks.
     *
     * @param failed files that are damaged there, or could not be read
     * @param gone files that are recorded there, but missing
     * @param previews reduced copies of originals in iCloud, which are not merged, because they could not be told from
     * originals here
     * @param forgotten files that were deliberately forgotten in this backup
     */
    public record Lacking(int failed, int gone, int previews, int forgotten) {
        Lacking plus(int moreFailed, int moreForgotten) {
            return new Lacking(failed + moreFailed, gone, previews, forgotten + moreForgotten);
        }

        public int files() {
            return failed + gone + previews + forgotten;
        }

        /** Describes for people what one backup lacks of another; empty if nothing. */
        public Optional<String> words() {
            List<String> parts = new ArrayList<>();
            add(parts, failed, "damaged or unreadable there");
            add(parts, gone, "recorded there, but missing");
            add(parts, previews, "reduced copies of photos in iCloud, which are not merged");
            add(parts, forgotten, "forgotten here with 'shoebox forget'");
            return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
        }

        private static void add(List<String> parts, int files, String what) {
            if (files > 0) {
                parts.add(files + " " + what);
            }
        }
    }

    /** @throws IOException if the other backup cannot be read, or this one cannot be written */
    public Result run() throws IOException {
        Path real = root.toRealPath();
        var loose = new SourceId(
                SourceId.Kind.FOLDER,
                real.toString(),
                Optional.ofNullable(real.getFileName()).orElse(real).toString());
        BackupSource.Contents contents = BackupSource.of(from, root.toString(), loose);
        Result result = Result.nothing(contents);
        for (BackupSource source : contents.sources()) {
            if (stopping || result.ended().isPresent()) {
                break;
            }
            Backup backup = new Backup(source, to, options, clock, listener);
            running = backup;
            if (stopping) {
                backup.stop();
            }
            result = result.plus(backup.run());
        }
        if (!stopping && result.ended().isEmpty()) {
            new MergedProofs(from, to).bring();
        }
        result = result.stoppedIf(stopping);
        takeOver(contents, result);
        return result;
    }

    /** Takes over the time of a source's last backup only if everything that it brought there is here. */
    private void takeOver(BackupSource.Contents contents, Result result) throws IOException {
        Set<SourceId> sources = new LinkedHashSet<>();
        contents.sources().forEach(source -> sources.add(source.id()));
        for (SourceId source : sources) {
            if (result.isComplete()) {
                to.runs().takeOver(from.runs(), source);
            } else if (!result.stopped() && result.ended().isEmpty()) {
                to.runs().takeOverAlbums(from.runs(), source);
            }
        }
    }

    /** Asks it to end soon. Files on their way are still made safe. May be called from any thread. */
    public void stop() {
        stopping = true;
        Backup now = running;
        if (now != null) {
            now.stop();
        }
    }
}
