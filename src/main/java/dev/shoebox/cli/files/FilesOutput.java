package dev.shoebox.cli.files;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.plan.PlannedCopy;
import dev.shoebox.cli.merge.MergeOutput;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.FileOutcomes;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.Progress;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.destination.disk.DiskLimitation;
import dev.shoebox.destination.naming.FileNames;
import dev.shoebox.device.apps.SharingApp;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunResult;
import dev.shoebox.phonefiles.OtherFiles;
import dev.shoebox.photos.source.Inventory;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaFile;
import dev.shoebox.photos.source.PassedOver.Kind;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.photos.source.Unreadable;
import dev.shoebox.run.BackupListener;
import dev.shoebox.text.Amounts;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Prints which files there are, and the outcome of a backup of them. */
final class FilesOutput implements BackupListener {
    /** The maximum number of names on the terminal; {@code --json} has all. */
    private static final int NAMES_SHOWN = 10;

    private static final String ELSEWHERE =
            "Not over the cable: messages, notes, what Files keeps On My iPhone, and, since about"
                    + " iOS 15, voice memos. A local backup of the iPhone (Finder, Apple Devices, iTunes) "
                    + "holds them; --from"
                    + " reads it.";

    private final Console console;
    private final FileOutcomes outcomes;
    private Progress progress;
    private String source = "";
    private Path root = Path.of("");
    private Runnable onOpened = () -> {};
    private RunResult did = RunResult.NOTHING;
    private Inventory inventory = Inventory.NOTHING;
    private int alreadyBackedUp;
    private int plannedFiles;
    private long plannedBytes;
    private boolean fromPhone = true;
    private boolean dryRun;
    private boolean isAfterPhotos;

    FilesOutput(Console console) {
        this.console = console;
        this.outcomes = new FileOutcomes(console, NAMES_SHOWN);
        this.progress = new Progress(console, "", System::nanoTime);
    }

    /** Configures the output for a dry run. */
    void forDryRun() {
        dryRun = true;
    }

    /** Configures the output for a run after that of the photos, whose summary is the last line of {@code --json}. */
    FilesOutput afterPhotos() {
        isAfterPhotos = true;
        return this;
    }

    /** Prints what a run would do. */
    RunEnding planned(List<PlannedCopy> copies) {
        progress.close();
        for (PlannedCopy copy : copies) {
            MediaFile file = copy.resource().file();
            console.event(new JsonEvent("planned-copy")
                    .with("path", file.path())
                    .with("bytes", file.size())
                    .with("storedAs", copy.path())
                    .with("contentDecides", copy.contentDecides()));
        }
        copies.stream()
                .limit(console.isVerbose() ? copies.size() : NAMES_SHOWN)
                .forEach(copy -> console.result(TextFormat.printable(copy.path()) + "  "
                        + TextFormat.bytes(copy.resource().file().size())));
        if (!console.isVerbose() && copies.size() > NAMES_SHOWN) {
            console.result("and " + TextFormat.count((long) copies.size() - NAMES_SHOWN, "more file")
                    + "; --verbose shows all.");
        }
        leftOut(inventory);
        long bytes = Amounts.sum(
                copies.stream().mapToLong(copy -> copy.resource().file().size()));
        console.outcome(TextFormat.count(copies.size(), "file") + ", " + TextFormat.bytes(bytes)
                + ", would be copied to " + TextFormat.path(root.resolve(FileNames.FOLDER)) + "; "
                + TextFormat.count(alreadyBackedUp) + " are already there. Nothing was written.");
        plannedFiles = copies.size();
        plannedBytes = bytes;
        told();
        return outcomes.failed() == 0 ? RunEnding.DONE : RunEnding.INCOMPLETE;
    }

    private void told() {
        if (isAfterPhotos) {
            console.event(counts(new JsonEvent("other-files")));
        }
    }

    @Override
    public void secondCopyHas(Path copy, int files) {
        progress.copy(copy, files);
    }

    @Override
    public SecondCopy secondCopy(Path copy) {
        return MergeOutput.ofSecondCopy(console, copy);
    }

    /** @param work called once source and destination are open */
    void onOpened(Runnable work) {
        onOpened = work;
    }

    /** Prints which files there are. */
    RunEnding listed(OtherFiles files, Listing listing) {
        if (console.isVerbose()) {
            for (MediaFile file : listing.files()) {
                console.result(file.path() + "  " + TextFormat.bytes(file.size()));
                console.event(new JsonEvent("file").with("path", file.path()).with("bytes", file.size()));
            }
        }
        long bytes = Amounts.sum(listing.files().stream().mapToLong(MediaFile::size));
        for (OtherFiles.Section section : files.sections(listing)) {
            String name =
                    section.app().map(SharingApp::name).orElse(section.group().word());
            console.result("%-32s %10s %12s"
                    .formatted(
                            TextFormat.printable(name),
                            section.files() == 0 ? "none" : TextFormat.count(section.files()),
                            section.files() == 0 ? "" : TextFormat.bytes(section.bytes()))
                    .stripTrailing());
            console.event(new JsonEvent("files")
                    .with("kind", section.group().word())
                    .with("app", section.app().map(SharingApp::id))
                    .with("name", section.app().map(SharingApp::name))
                    .with("files", section.files())
                    .with("bytes", section.bytes()));
        }
        fromPhone = files.id().isOnCable();
        console.result(TextFormat.count(listing.files().size(), "file") + ", " + TextFormat.bytes(bytes)
                + (fromPhone ? ", on " : ", in the backup of ") + files.id().name() + " beside its photos.");
        listing.unreadable().forEach(this::unreadable);
        leftOut(listing.inventory());
        if (fromPhone) {
            console.outcome(ELSEWHERE);
        }
        RunEnding code = listing.unreadable().isEmpty() ? RunEnding.DONE : RunEnding.INCOMPLETE;
        console.event(counted(
                new JsonEvent("summary")
                        .with("exitCode", code.number())
                        .with("files", listing.files().size())
                        .with("bytes", bytes)
                        .with("unreadable", listing.unreadable().size()),
                listing.inventory()));
        return code;
    }

    private void unreadable(Unreadable what) {
        console.warn(TextFormat.about(what.path(), what.message()));
        console.event(new JsonEvent("unreadable")
                .with("path", what.path())
                .with("reason", TextFormat.hyphenated(what.reason()))
                .with("message", what.message()));
    }

    /** Prints only the number of files that nobody misses. */
    private void leftOut(Inventory all) {
        List<String> parts = new ArrayList<>();
        count(all, Kind.PROTECTED)
                .ifPresent(number -> parts.add(
                        Kind.PROTECTED.counted(number) + " that only the account that bought or rents them can play"));
        count(all, Kind.LINK).ifPresent(number -> parts.add(Kind.LINK.counted(number)));
        count(all, Kind.TRASH).ifPresent(number -> parts.add(Kind.TRASH.counted(number)));
        count(all, Kind.SYSTEM)
                .ifPresent(number -> parts.add(TextFormat.count(number, "file")
                        + (fromPhone ? " reserved by iOS" : " reserved by iOS and apps")));
        if (!parts.isEmpty()) {
            console.outcome("Left out: " + String.join("; ", parts) + ".");
        }
    }

    private static Optional<Long> count(Inventory all, Kind kind) {
        return Optional.ofNullable(all.counts().get(kind));
    }

    private static JsonEvent counted(JsonEvent summary, Inventory all) {
        return summary.with("protectedPurchases", count(all, Kind.PROTECTED).orElse(0L))
                .with("links", count(all, Kind.LINK).orElse(0L))
                .with("systemFiles", count(all, Kind.SYSTEM).orElse(0L))
                .with("found", all.found())
                .with("passedOver", all.passedOver());
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
    public void opened(SourceId from, Path to, Set<DiskLimitation> limits) {
        source = from.name();
        fromPhone = from.isOnCable();
        root = to;
        progress = new Progress(console, "Scanning the files on " + source + " ...", System::nanoTime);
        progress.start();
        onOpened.run();
    }

    @Override
    public void closing() {
        progress.close();
    }

    @Override
    public void event(BackupEvent event) {
        if (event instanceof BackupEvent.Listed all) {
            console.event(new JsonEvent("listed").with("files", all.files()).with("bytes", all.bytes()));
        } else if (event instanceof BackupEvent.Planned planned) {
            alreadyBackedUp = planned.alreadyBackedUp();
            if (!dryRun) {
                progress.expect(planned.files(), planned.bytes());
            }
            console.event(new JsonEvent("planned")
                    .with("files", planned.files())
                    .with("bytes", planned.bytes())
                    .with("alreadyBackedUp", planned.alreadyBackedUp()));
        } else if (event instanceof BackupEvent.Inventoried all) {
            inventory = all.inventory();
        } else if (event instanceof BackupEvent.Started started) {
            progress.begin(started.resource().file().name());
        } else if (event instanceof BackupEvent.Received received) {
            progress.advance(received.bytes());
        } else if (event instanceof BackupEvent.Settled settled) {
            progress.fileDone();
            outcomes.accept(settled.resource().file().path(), settled.outcome());
        } else if (event instanceof BackupEvent.Unlisted gone) {
            outcomes.accept(gone.path(), gone.outcome());
        } else if (event instanceof BackupEvent.Reconciled moved) {
            console.say(TextFormat.count(moved.files(), "file")
                    + " of the backup were moved, and are listed at their new paths.");
        } else if (event instanceof BackupEvent.Paused paused) {
            warn("The iPhone is locked or disconnected: unlock it or plug it in again; giving up in "
                    + TextFormat.duration(paused.longest()) + ".");
        } else if (event instanceof BackupEvent.Resumed) {
            console.warn(source + " is back; continuing.");
        } else if (event instanceof BackupEvent.Warning warning) {
            warn(warning.message());
        }
    }

    @Override
    public void finished(BackupResult finished, int damaged) {
        did = finished.did();
        RunResult.Counts counts = finished.counts();
        progress.close();
        int failed = outcomes.failed();
        if (outcomes.unnamed() > 0) {
            console.warn(
                    TextFormat.count(outcomes.unnamed(), "more file") + " could not be backed up; --json lists all.");
        }
        if (damaged > 0) {
            console.warn(TextFormat.damage(damaged, root));
        }
        leftOut(inventory);
        if (counts.copied() > 0) {
            console.outcome(TextFormat.count(counts.copied(), "new file") + ", "
                    + TextFormat.bytes(finished.traffic().bytesCopied()) + ", in "
                    + TextFormat.duration(finished.traffic().time()) + ".");
        }
        if (finished.interrupted()) {
            console.warn("Stopped. Run the same command again to continue.");
        } else if (finished.ended().isEmpty()) {
            long safe = (long) counts.copied() + counts.duplicates() + counts.alreadyBackedUp();
            console.outcome(
                    safe == 0 && failed == 0
                            ? "There are no such files on " + source + "."
                            : (counts.copied() == 0 && failed == 0 ? "Nothing new: " : "")
                                    + TextFormat.count(safe, "file")
                                    + (failed == 0 ? "" : " of " + TextFormat.count(safe + failed))
                                    + (safe == 1 ? " is" : " are") + " safe in "
                                    + TextFormat.path(root.resolve(FileNames.FOLDER)) + ".");
        }
        told();
    }

    /** Returns the last line of {@code --json}, however the backup ended. */
    JsonEvent summary(int exitCode) {
        return counts(new JsonEvent("summary").with("exitCode", exitCode));
    }

    private JsonEvent counts(JsonEvent event) {
        JsonEvent counts = event.with("copied", did.counts().copied())
                .with("duplicates", did.counts().duplicates())
                .with("alreadyBackedUp", alreadyBackedUp)
                .with("failed", outcomes.failed())
                .with("bytesCopied", did.traffic().bytesCopied());
        if (dryRun) {
            counts.with("dryRun", true).with("plannedFiles", plannedFiles).with("plannedBytes", plannedBytes);
        }
        return counted(counts, inventory);
    }
}
