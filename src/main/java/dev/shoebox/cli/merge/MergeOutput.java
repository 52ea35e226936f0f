package dev.shoebox.cli.merge;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.FileOutcomes;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.Progress;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.merge.Merge;
import dev.shoebox.run.copies.CopyListener;

import java.nio.file.Path;

/** Prints the progress of a merge, and the names of files that could not be merged. Thread-safe. */
public final class MergeOutput implements CopyListener.SecondCopy {
    /** The maximum number of names on the terminal; {@code --json} has all. */
    private static final int NAMES_SHOWN = 10;

    private final Console console;
    private final Progress progress;
    private final Path root;
    private final FileOutcomes outcomes;
    private long files;
    private long bytes;
    private boolean isClosed;

    /** @param root the backup to copy to */
    MergeOutput(Console console, Path root, String activity) {
        this(console, root, activity, new FileOutcomes(console, NAMES_SHOWN));
    }

    private MergeOutput(Console console, Path root, String activity, FileOutcomes outcomes) {
        this.console = console;
        this.root = root;
        this.outcomes = outcomes;
        this.progress = new Progress(console, activity, System::nanoTime);
        progress.start();
    }

    /** Returns the output for a second copy, beside that of the backup. */
    public static MergeOutput ofSecondCopy(Console console, Path copy) {
        return new MergeOutput(
                console, copy, "Updating the second copy ...", FileOutcomes.inSecondCopy(console, NAMES_SHOWN, copy));
    }

    @Override
    public synchronized void accept(BackupEvent event) {
        if (event instanceof BackupEvent.Planned planned) {
            // One event for each source of the other backup.
            files += planned.files();
            bytes += planned.bytes();
            progress.expect(files, bytes);
        } else if (event instanceof BackupEvent.Started started) {
            progress.begin(started.resource().file().name());
        } else if (event instanceof BackupEvent.Received received) {
            progress.advance(received.bytes());
        } else if (event instanceof BackupEvent.Settled settled) {
            progress.fileDone();
            outcomes.accept(settled.resource().file().path(), settled.outcome());
        } else if (event instanceof BackupEvent.Warning warning) {
            console.tellingEvents().warn(warning.message());
        }
    }

    @Override
    public synchronized void ended(Merge.Result result, int duringRun) {
        close();
        console.outcome("The second copy in " + TextFormat.path(root)
                + (result.isUpToDate() ? " is up to date: " : " is not complete yet: ")
                + TextFormat.count(result.copied(), "new file") + ", " + TextFormat.bytes(result.bytes())
                + (result.isUpToDate() ? "; " + TextFormat.count(result.inAll(), "file") + " in all." : "."));
        console.event(new JsonEvent("secondCopy")
                .with("path", root.toString())
                .with("copied", result.copied())
                .with("copiedDuringRun", duringRun)
                .with("bytesCopied", result.bytes())
                .with("there", result.there() + result.duplicates())
                .with("missing", result.lacking().files())
                .with("complete", result.isUpToDate()));
    }

    @Override
    public synchronized void close() {
        progress.close();
        if (!isClosed && outcomes.unnamed() > 0) {
            console.warn(TextFormat.count(outcomes.unnamed(), "more file") + " could not be copied; --json lists all.");
        }
        isClosed = true;
    }
}
