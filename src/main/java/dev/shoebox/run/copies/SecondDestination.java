package dev.shoebox.run.copies;

import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.disk.Disk;
import dev.shoebox.destination.ingest.IngestListener.StoredAsset;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.FollowUp;
import dev.shoebox.merge.Follower;
import dev.shoebox.merge.Merge;
import dev.shoebox.merge.MergeOptions;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.record.Failures;
import dev.shoebox.text.Amounts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A second copy and its drive. During the run, a {@link Follower} stores files there that are safe in the first backup.
 * After the run, a {@link Merge} copies what is missing, and it alone decides the result: so a slow or broken drive
 * costs the first backup nothing, and the next run that finds an absent drive catches up. The copy is a backup of its
 * own: hashed, listed, and complete without the first.
 */
final class SecondDestination {
    private final Path path;
    private final Layout layout;
    private final OpenMode opening;
    private final InstantSource clock;
    private final CopyListener listener;

    /** Messages from opening it, which are not repeated. */
    private final Set<String> said = Collections.synchronizedSet(new LinkedHashSet<>());

    /** Null until the run has source and destination. */
    private volatile Follower follower;

    /** Whether {@link #follower} is still to be settled. */
    private boolean isFollowed;

    private boolean isBegun;
    private Follower.Result duringRun = new Follower.Result(0, 0);
    private boolean isFailureTold;

    /** Whether its drive was present during the run. */
    private volatile boolean isFound;

    /**
     * Identifies its folder, to detect another one at that path; null until it is found, or if the system provides no
     * identity.
     */
    private volatile Object key;

    private volatile boolean stopping;

    /** Null unless a merge is running that can be stopped. */
    private volatile Merge running;

    /** Null until a merge reports to it. */
    private volatile CopyListener.SecondCopy output;

    private final DriveAccess drives;
    private final DriveWatch watch;

    SecondDestination(
            Path path,
            Layout layout,
            OpenMode opening,
            InstantSource clock,
            CopyListener listener,
            DriveAccess drives) {
        this.path = path;
        this.drives = drives;
        this.watch = new DriveWatch(
                drives,
                limit -> listener.warn("The second copy in " + path + " has not answered for "
                        + Amounts.duration(drives.longestLook()) + ". Waiting up to "
                        + Amounts.duration(limit) + "."));
        this.layout = layout;
        this.opening = opening == OpenMode.REQUIRE_EXISTING ? OpenMode.REQUIRE_EXISTING : OpenMode.CREATE_IF_EMPTY;
        this.clock = clock;
        this.listener = listener;
    }

    Path path() {
        return path;
    }

    /**
     * Returns the real path of its folder; empty if its drive does not answer, as that of a share whose server is gone.
     * It is then left alone.
     */
    Optional<Path> real() throws IOException {
        try {
            return Optional.of(watch.await(drives.longestLook(), () -> drives.real(path)));
        } catch (DestinationException.Lost silent) {
            listener.warn("The second copy in " + path + " does not answer. The backup goes on without it.");
            return Optional.empty();
        }
    }

    /** A copy that failed while photos were copied is left to the merge. */
    void follow(Destination first, SourceId source, CopyListener told) {
        if (watch.isSilent() || (follower != null && follower.failure().isPresent())) {
            return;
        }
        isFollowed = true;
        int before = duringRun.copied();
        follower = new Follower(
                first,
                source,
                this::found,
                layout,
                stored -> watch.tell(() -> told.secondCopyHas(path, before + stored.copied())));
        if (stopping) {
            follower.stop();
        }
    }

    private Destination found() throws IOException {
        OpenMode mode = isFound ? OpenMode.REQUIRE_EXISTING : opening;
        if (!isThere(mode)) {
            throw new DestinationException.Lost("The second copy " + path + " was not found.");
        }
        key = key();
        isFound = true;
        return Destination.open(path, mode, clock, this::disk, said::add);
    }

    private Disk disk(Path root) {
        return watch.watched(drives.disk(root));
    }

    private Object key() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    void expect(long bytes) {
        if (follower != null) {
            follower.expect(bytes);
        }
    }

    /** Reports a failing drive at once: a watching user may be able to help. */
    void offer(StoredAsset asset, Runnable release) {
        if (follower == null) {
            release.run();
            return;
        }
        follower.offer(asset, release);
        if (follower.isBegun() && follower.failure().isPresent() && !isFailureTold) {
            isFailureTold = true;
            String why = Failures.words(follower.failure().get());
            watch.tell(() -> listener.warn(
                    "The second copy in " + path + " gets nothing more for now: " + why + " The backup goes on."));
        }
    }

    void settle() {
        if (isFollowed) {
            isFollowed = false;
            duringRun = duringRun.plus(follower.finish(watch::isEnded));
            isBegun |= follower.isBegun();
        }
    }

    /** Copies what the backup has and this copy lacks, as long as the drive answers. */
    FollowUp bring(Path root) {
        if (stopping) {
            return failed(" was not updated: the run was stopped.");
        }
        try {
            return watch.await(drives.longestCall(), () -> broughtBy(root));
        } catch (IOException silent) {
            stop();
            closeOutput();
            return failed(" is not complete. " + Failures.words(silent));
        }
    }

    private FollowUp broughtBy(Path root) {
        try {
            boolean isReplaced = isReplaced();
            OpenMode mode = isReplaced ? OpenMode.REQUIRE_EXISTING : opening;
            if (isThere(mode)) {
                return merge(root, mode);
            }
            if (isReplaced) {
                return failed(" is not complete: its drive was disconnected during the run. Connect it"
                        + " again: the next backup brings what is missing.");
            }
            watch.tell(() -> listener.secondCopyAway(path));
            return new FollowUp(
                    FollowUp.Kind.SECOND_COPY,
                    path.toString(),
                    FollowUp.State.AWAY,
                    "The second copy " + path + " was not found.");
        } catch (DestinationException.Newer newer) {
            return failed(" was not updated: " + Failures.words(newer));
        } catch (DestinationException.NotAShoebox other) {
            return failed(" was not made: the folder is not empty and holds no backup. Choose an empty folder or "
                    + "a backup with --copy-to.");
        } catch (IOException | RuntimeException failed) {
            return failed(" is not complete: " + Failures.words(failed));
        }
    }

    private FollowUp failed(String why) {
        return FollowUp.failed(FollowUp.Kind.SECOND_COPY, path.toString(), "The second copy in " + path + why);
    }

    private FollowUp merge(Path root, OpenMode mode) throws IOException {
        watch.tell(() -> List.copyOf(said).forEach(listener::say));
        // An answer of either drive counts: the first one may take long to look at every photo, or to read a film
        // again.
        try (Destination from = Destination.view(root, OpenMode.REQUIRE_EXISTING, this::disk);
                Destination to = Destination.open(path, mode, clock, this::disk, this::sayOnce)) {
            watch.tell(() -> output = listener.secondCopy(path));
            var merge = new Merge(from, root, to, MergeOptions.with(layout), clock, event -> {
                watch.answered();
                watch.tell(() -> output.accept(event));
            });
            running = merge;
            if (stopping) {
                merge.stop();
            }
            Merge.Result result = merge.run().after(duringRun);
            watch.tell(() -> output.ended(result, duringRun.copied()));
            if (result.stopped()) {
                return failed(" is not complete: the run was stopped.");
            }
            if (result.ended().isPresent()) {
                throw result.ended().get();
            }
            return result.isUpToDate()
                    ? FollowUp.done(FollowUp.Kind.SECOND_COPY, path.toString())
                    : failed(" lacks files that " + root + " lists: "
                            + result.lacking().words().orElse("") + ".");
        } finally {
            closeOutput();
        }
    }

    private void closeOutput() {
        CopyListener.SecondCopy open = output;
        if (open != null) {
            open.close();
        }
    }

    private void sayOnce(String line) {
        watch.tell(() -> {
            if (said.add(line)) {
                listener.say(line);
            }
        });
    }

    /**
     * Returns whether the folder found during the run may have been replaced, as by the empty mount point of a removed
     * drive; true if the system provides no identity.
     */
    private boolean isReplaced() throws IOException {
        return isFound && (!Files.isDirectory(path) || (key == null ? isBegun : !key.equals(key())));
    }

    /**
     * Returns whether the copy is present. An empty mount point is not a copy, and a run that requires an existing
     * backup creates none there.
     */
    private boolean isThere(OpenMode mode) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        if (mode != OpenMode.REQUIRE_EXISTING) {
            return true;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            return entries.iterator().hasNext();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        } catch (IOException unreadable) {
            throw new DestinationException.Lost(
                    path + " cannot be read (" + DestinationException.reason(unreadable) + ").", unreadable);
        }
    }

    /** Ends soon. May be called from any thread. */
    void stop() {
        stopping = true;
        Follower following = follower;
        if (following != null) {
            following.stop();
        }
        Merge merging = running;
        if (merging != null) {
            merging.stop();
        }
    }
}
