package dev.shoebox.run;

import dev.shoebox.config.ConfigurationException;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.FollowUp;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunRecord;
import dev.shoebox.merge.Merge;
import dev.shoebox.merge.MergeOptions;
import dev.shoebox.run.record.Failures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Further backups that get what the first one has. They are filled from its disk, behind the run, so that the cable carries each
 * photo once and a slow or broken second drive costs the first copy nothing. One that was away is caught up by the next run that
 * finds it. Each is a backup of its own: hashed, listed, and whole without the first.
 */
final class SecondCopies {
    /** Behind these nothing new is in the first backup, or it cannot be read. */
    private static final Set<RunEnding> NOTHING_NEW = Set.of(
            RunEnding.BAD_USAGE,
            RunEnding.NOT_A_SHOEBOX,
            RunEnding.DESTINATION_IN_USE,
            RunEnding.DESTINATION_LOST,
            RunEnding.DAMAGED,
            RunEnding.HOOK_FAILED,
            RunEnding.NOTHING_TO_DO_NOW,
            RunEnding.INTERRUPTED);

    private final List<Path> copies;
    private final Layout layout;
    private final OpenMode opening;
    private final InstantSource clock;
    private final BackupListener listener;
    private volatile boolean stopping;

    /** Null while none runs that could be stopped. */
    private volatile Merge running;

    SecondCopies(BackupRequest request, InstantSource clock, BackupListener listener) {
        this.copies = request.copies();
        this.layout = request.options().layout();
        this.opening =
                request.opening() == OpenMode.REQUIRE_EXISTING ? OpenMode.REQUIRE_EXISTING : OpenMode.CREATE_IF_EMPTY;
        this.clock = clock;
        this.listener = listener;
    }

    /** @throws ConfigurationException if one of them is the first backup, or lies in it or around it */
    void requireApart(Path root) throws IOException {
        Path first = real(root);
        for (Path copy : copies) {
            Path second = real(copy);
            if (first.startsWith(second) || second.startsWith(first)) {
                throw new ConfigurationException("The second copy " + copy + " and the backup " + root
                        + " are the same folder, or one contains the other. Choose another folder with --copy-to.");
            }
        }
    }

    private static Path real(Path path) throws IOException {
        return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath().normalize();
    }

    /**
     * Brings them up to date.
     *
     * @param run that has just ended
     * @return what became of each; none where the run brought nothing that could be copied
     */
    List<FollowUp> after(RunRecord run, Path root) {
        return NOTHING_NEW.contains(run.how().orElseThrow())
                ? List.of()
                : copies.stream().map(copy -> bring(root, copy)).toList();
    }

    private FollowUp bring(Path root, Path copy) {
        try {
            if (stopping) {
                return failed(copy, " was not updated: the run was stopped.");
            }
            if (!isThere(copy)) {
                listener.secondCopyAway(copy);
                return new FollowUp(
                        FollowUp.Kind.SECOND_COPY,
                        copy.toString(),
                        FollowUp.State.AWAY,
                        "The second copy " + copy + " was not found.");
            }
            return copy(root, copy);
        } catch (DestinationException.NotAShoebox other) {
            return failed(
                    copy,
                    " was not made: the folder is not empty and holds no backup. Choose an empty folder or "
                            + "a backup with --copy-to.");
        } catch (IOException | RuntimeException failed) {
            return failed(copy, " is not complete: " + Failures.words(failed));
        }
    }

    private static FollowUp failed(Path copy, String why) {
        return FollowUp.failed(FollowUp.Kind.SECOND_COPY, copy.toString(), "The second copy in " + copy + why);
    }

    private FollowUp copy(Path root, Path copy) throws IOException {
        try (Destination from = Destination.view(root, OpenMode.REQUIRE_EXISTING);
                Destination to = Destination.open(copy, opening, clock, listener::say);
                BackupListener.SecondCopy told = listener.secondCopy(copy)) {
            var merge = new Merge(from, root, to, MergeOptions.with(layout), clock, told);
            running = merge;
            if (stopping) {
                merge.stop();
            }
            Merge.Result result = merge.run();
            told.ended(result);
            if (result.stopped()) {
                return failed(copy, " is not complete: the run was stopped.");
            }
            if (result.ended().isPresent()) {
                throw result.ended().get();
            }
            return result.isComplete()
                    ? FollowUp.done(FollowUp.Kind.SECOND_COPY, copy.toString())
                    : failed(
                            copy,
                            " lacks files that " + root + " lists: "
                                    + result.lacking().words().orElse("") + ".");
        }
    }

    /** The empty folder on which a drive is mounted is no copy: an unwatched run makes none of it. */
    private boolean isThere(Path copy) throws IOException {
        if (!Files.isDirectory(copy)) {
            return false;
        }
        if (opening != OpenMode.REQUIRE_EXISTING) {
            return true;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(copy)) {
            return entries.iterator().hasNext();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        } catch (IOException unreadable) {
            throw new DestinationException.Lost(
                    copy + " cannot be read (" + DestinationException.reason(unreadable) + ").", unreadable);
        }
    }

    /** Ends soon. From any thread. */
    void stop() {
        stopping = true;
        Merge now = running;
        if (now != null) {
            now.stop();
        }
    }
}
