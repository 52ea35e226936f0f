package dev.shoebox.cli.backup;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.event.Outcome;
import dev.shoebox.backup.plan.PlannedCopy;
import dev.shoebox.cli.merge.MergeOutput;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.FileOutcomes;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.Progress;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.coverage.SafeToRemove;
import dev.shoebox.destination.disk.DiskLimitation;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.history.RunEnding;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.BackupListener;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Prints the progress and the outcome of a backup, the verdict last, where it stays visible. */
public final class BackupOutput implements BackupListener {
    private final Console console;
    private final FileOutcomes outcomes;
    private final UnsafeOutput unsafe;
    private final SkippedOutput untaken;
    private final PassedOverOutput passedOver;
    private final RunSoFar soFar = new RunSoFar();
    private final BackupVerdict verdict;
    private Progress progress;
    private boolean dryRun;
    private Runnable onOpened = () -> {};

    BackupOutput(Console console) {
        this.console = console;
        this.untaken = new SkippedOutput(console);
        this.outcomes = new FileOutcomes(console, 0);
        this.unsafe = new UnsafeOutput(console);
        this.passedOver = new PassedOverOutput(console);
        this.verdict = new BackupVerdict(console, soFar, unsafe, untaken, passedOver);
        this.progress = new Progress(console, "", System::nanoTime);
    }

    /** Configures the output for a dry run. */
    BackupOutput forDryRun() {
        dryRun = true;
        return this;
    }

    /** Ends with one line for a log. */
    BackupOutput withBrief(InstantSource clock) {
        verdict.withBrief(clock);
        return this;
    }

    /** @param work called once source and destination are open */
    BackupOutput onOpened(Runnable work) {
        onOpened = work;
        return this;
    }

    @Override
    public void note(String line) {
        console.note(line);
    }

    @Override
    public void say(String line) {
        console.say(line);
    }

    @Override
    public void warn(String line) {
        console.tellingEvents().warn(line);
    }

    @Override
    public void opened(SourceId from, Path root, Set<DiskLimitation> limits) {
        soFar.opened(from.name(), root);
        progress = new Progress(console, "Scanning the photos on " + from.name() + " ...", System::nanoTime);
        progress.start();
        onOpened.run();
    }

    @Override
    public void secondCopyHas(Path copy, int files) {
        progress.copy(copy, files);
    }

    @Override
    public SecondCopy secondCopy(Path copy) {
        return MergeOutput.ofSecondCopy(console, copy);
    }

    @Override
    public void closing() {
        progress.close();
    }

    @Override
    public void event(BackupEvent event) {
        soFar.note(event);
        if (event instanceof BackupEvent.Listed all) {
            console.event(new JsonEvent("listed")
                    .with("photosAndVideos", all.assets())
                    .with("files", all.files())
                    .with("bytes", all.bytes()));
        } else if (event instanceof BackupEvent.Planned planned) {
            if (!dryRun) {
                progress.expect(planned.files(), planned.bytes());
            }
            console.event(new JsonEvent("planned")
                    .with("files", planned.files())
                    .with("bytes", planned.bytes())
                    .with("alreadyBackedUp", planned.alreadyBackedUp()));
        } else if (event instanceof BackupEvent.Inventoried all) {
            passedOver.name(all.inventory());
        } else if (event instanceof BackupEvent.Ahead ahead) {
            ahead(ahead);
        } else if (event instanceof BackupEvent.Adopting adopting) {
            adopting(adopting);
        } else if (event instanceof BackupEvent.Reconciled reconciled) {
            reconciled(reconciled);
        } else if (event instanceof BackupEvent.Unwanted unwanted) {
            untaken.accept(unwanted.leftOut());
        } else if (event instanceof BackupEvent.Undated undated) {
            console.say(undated.sentence());
            console.event(UndatedOutput.event(undated));
        } else if (event instanceof BackupEvent.LibraryUnread) {
            untaken.libraryUnread();
        } else if (event instanceof BackupEvent.Absent absent) {
            untaken.accept(absent.absence());
        } else if (event instanceof BackupEvent.SidecarsWritten sidecars) {
            sidecars(sidecars);
        } else if (event instanceof BackupEvent.Started started) {
            progress.begin(started.resource().file().name());
        } else if (event instanceof BackupEvent.Received received) {
            progress.advance(received.bytes());
        } else if (event instanceof BackupEvent.Settled settled) {
            settled(settled);
        } else if (event instanceof BackupEvent.Healed healed) {
            console.event(new JsonEvent("healed").with("path", healed.path()).with("message", healed.message()));
        } else if (event instanceof BackupEvent.Doubtful doubtful) {
            unsafe.accept(doubtful.file());
        } else if (event instanceof BackupEvent.Unlisted gone) {
            settled(gone.path(), gone.outcome());
        } else if (event instanceof BackupEvent.Paused paused) {
            paused(paused);
        } else if (event instanceof BackupEvent.Resumed) {
            console.warn(soFar.source() + " is back; continuing.");
            console.event(new JsonEvent("resumed"));
        } else if (event instanceof BackupEvent.Warning warning) {
            console.warn(warning.message());
            console.event(new JsonEvent("warning").with("message", warning.message()));
        }
    }

    private void ahead(BackupEvent.Ahead ahead) {
        Path root = soFar.root();
        Optional<String> drive = drive(root);
        console.say(TextFormat.count(ahead.files(), "file") + ", " + TextFormat.bytes(ahead.bytes())
                + ", to copy to " + TextFormat.path(root) + ", where " + TextFormat.bytes(ahead.free())
                + " are free" + drive.map(name -> " (" + name + ")").orElse("")
                + ahead.expected()
                        .map(time -> "; about " + TextFormat.duration(time) + " at the speed of the last run")
                        .orElse("")
                + (ahead.bytes() > ahead.free()
                        ? ". There is not enough free space: free some, or the remaining files are not copied."
                        : "."));
        console.event(new JsonEvent("ahead")
                .with("files", ahead.files())
                .with("bytes", ahead.bytes())
                .with("freeBytes", ahead.free())
                .with("fits", ahead.bytes() <= ahead.free())
                .with("expectedSeconds", ahead.expected().map(Duration::toSeconds))
                .with("drive", drive));
    }

    private void adopting(BackupEvent.Adopting adopting) {
        progress.set(adopting.files(), adopting.ofFiles(), adopting.bytes(), adopting.ofBytes());
        if (adopting.files() == adopting.ofFiles()) {
            console.say("Already in the folder, and read: " + TextFormat.count(adopting.files(), "file") + ".");
            console.event(
                    new JsonEvent("adopted").with("files", adopting.files()).with("bytes", adopting.bytes()));
            progress.set(0, 0, 0, 0);
        }
    }

    private void reconciled(BackupEvent.Reconciled reconciled) {
        console.say(TextFormat.count(reconciled.files(), "file")
                + (reconciled.files() == 1
                        ? " of the backup was renamed or moved; it is listed at its new path."
                        : " of the backup were renamed or moved; they are listed at their new paths."));
        console.event(new JsonEvent("moved").with("files", reconciled.files()));
    }

    private void sidecars(BackupEvent.SidecarsWritten sidecars) {
        console.say(TextFormat.count(sidecars.written(), "new sidecar") + ", " + TextFormat.count(sidecars.refreshed())
                + " updated, " + TextFormat.count(sidecars.left()) + " not updated because "
                + "someone edited them.");
        console.event(new JsonEvent("sidecars")
                .with("written", sidecars.written())
                .with("refreshed", sidecars.refreshed())
                .with("left", sidecars.left()));
    }

    private void settled(BackupEvent.Settled settled) {
        if (!isLeft(settled.outcome())) {
            progress.fileDone();
        }
        if (settled.outcome() instanceof Outcome.Forgotten) {
            untaken.forgot(settled.isPhotoForgotten());
        }
        settled(settled.resource().file().path(), settled.outcome());
    }

    private void paused(BackupEvent.Paused paused) {
        String message = waitingFor(paused.why()) + "; giving up in " + TextFormat.duration(paused.longest()) + ".";
        console.warn(message);
        console.event(
                new JsonEvent("paused").with("message", message).with("longestSeconds", seconds(paused.longest())));
    }

    private static String waitingFor(IOException away) {
        if (away instanceof DeviceException.Locked) {
            return "iPhone locked, waiting (unlock it to continue)";
        } else if (away instanceof DeviceException.NotTrusted) {
            return "iPhone asks for trust, waiting (unlock it and tap Trust to continue)";
        }
        return "iPhone disconnected, waiting (reconnect to continue)";
    }

    /** Returns whether the file was not even tried. */
    private static boolean isLeft(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed
                && (failed.reason() == Outcome.Failed.Reason.NOT_REACHED
                        || failed.reason() == Outcome.Failed.Reason.NO_SPACE);
    }

    /** Failures are listed at the end, with everything else that is not safe. */
    private void settled(String path, Outcome outcome) {
        if (outcome instanceof Outcome.Failed) {
            unsafe.failed(path);
        }
        outcomes.accept(path, outcome);
    }

    /** Returns the name of the drive as file managers show it. */
    private static Optional<String> drive(Path root) {
        try {
            FileStore store = Files.getFileStore(root);
            return Optional.of(store.name()).filter(name -> !name.isBlank());
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    /** Prints what a run would do. */
    RunEnding planned(List<PlannedCopy> copies) {
        progress.close();
        return verdict.planned(copies);
    }

    @Override
    public void finished(BackupResult finished, int damaged) {
        progress.close();
        verdict.tell(finished, damaged);
    }

    @Override
    public void removable(SafeToRemove.Removable found) {
        verdict.removable(found);
    }

    /** Returns the last line of {@code --json}, however the backup ended. */
    JsonEvent summary(int exitCode) {
        return verdict.summary(exitCode);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
