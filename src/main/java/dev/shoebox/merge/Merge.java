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

    /** Null while none runs that could be stopped. */
    private volatile Backup running;

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
     * @param ended why it ended early
     * @param stopped whether somebody asked for its end
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

        /** With what came into this backup before it, and was found there. */
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

        /** How many files of the other backup are in this one. */
        public int inAll() {
            return copied + duplicates + there;
        }

        /** Whether everything that the other backup lists is here now. */
        public boolean isComplete() {
            return lacking.files() == 0 && ended.isEmpty() && !stopped;
        }
    }

    /**
     * What the other backup lists and this one does not have.
     *
     * @param failed damaged there, or not read
     * @param gone recorded there, and not there any more
     * @param previews reduced copies of what is only in iCloud, which are not merged: here nobody would know them from originals
     * @param forgotten let go in this backup on purpose
     */
    public record Lacking(int failed, int gone, int previews, int forgotten) {
        Lacking plus(int moreFailed, int moreForgotten) {
            return new Lacking(failed + moreFailed, gone, previews, forgotten + moreForgotten);
        }

        public int files() {
            return failed + gone + previews + forgotten;
        }

        /** For people, of one backup in another; empty where nothing is lacking. */
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

    /** @throws IOException if the other backup cannot be read, or this one not be written */
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

    /** When a source was backed up last is known here only where all that it brought there is here. */
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

    /** Ends soon; what is on its way is still made safe. From any thread. */
    public void stop() {
        stopping = true;
        Backup now = running;
        if (now != null) {
            now.stop();
        }
    }
}
