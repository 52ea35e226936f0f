package dev.shoebox.cli.backup;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.event.ImplausibleFile;
import dev.shoebox.backup.event.Outcome;
import dev.shoebox.backup.plan.PlannedCopy;
import dev.shoebox.cli.merge.MergeOutput;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.Progress;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.coverage.SafeToRemove;
import dev.shoebox.destination.disk.DiskLimitation;
import dev.shoebox.device.transport.DeviceException;
import dev.shoebox.history.ProofText;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunResult;
import dev.shoebox.history.UnsafeFiles;
import dev.shoebox.photos.CaptureTime;
import dev.shoebox.photos.source.Inventory;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.BackupListener;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a backup says: how far it is, and what became of the photos, the verdict last, where a screen still shows it. */
public final class BackupOutput implements BackupListener {
    private final Console console;

    private final long began = System.nanoTime();
    private final UnsafeOutput unsafe;
    private final SkippedOutput untaken;
    private final PassedOverOutput passedOver;
    private Optional<Inventory> inventory = Optional.empty();
    private boolean foundNothing;
    private Progress progress;
    private String source = "";
    private Path root = Path.of("");
    private Optional<BackupEvent.Listed> listed = Optional.empty();
    private Optional<SafeToRemove.Removable> removable = Optional.empty();
    private Optional<BackupResult> result = Optional.empty();
    private Optional<List<PlannedCopy>> plan = Optional.empty();
    private boolean dryRun;
    private Optional<InstantSource> brief = Optional.empty();
    private Runnable onOpened = () -> {};
    private int alreadyBackedUp;
    private int failed;
    private int unlisted;
    private int damagedBefore;

    BackupOutput(Console console) {
        this.console = console;
        this.untaken = new SkippedOutput(console);
        this.unsafe = new UnsafeOutput(console);
        this.passedOver = new PassedOverOutput(console);
        this.progress = new Progress(console, "", System::nanoTime);
    }

    /** For a run that only shows what it would do. */
    BackupOutput forDryRun() {
        dryRun = true;
        return this;
    }

    /** Ends with one line, for a log. */
    BackupOutput withBrief(InstantSource clock) {
        brief = Optional.of(clock);
        return this;
    }

    /** @param work done once source and destination are open */
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
        source = from.name();
        this.root = root;
        progress = new Progress(console, "Looking through the photos on " + source + " ...", System::nanoTime);
        progress.start();
        onOpened.run();
    }

    @Override
    public SecondCopy secondCopy(Path copy) {
        return new MergeOutput(console, copy, "Bringing the second copy up to date ...");
    }

    @Override
    public void closing() {
        progress.close();
    }

    @Override
    public void event(BackupEvent event) {
        if (event instanceof BackupEvent.Listed all) {
            listed = Optional.of(all);
            console.event(new JsonEvent("listed")
                    .with("photosAndVideos", all.assets())
                    .with("files", all.files())
                    .with("bytes", all.bytes()));
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
            inventory = Optional.of(all.inventory());
            foundNothing = all.foundNothing();
            passedOver.name(all.inventory());
        } else if (event instanceof BackupEvent.Ahead ahead) {
            Optional<String> drive = drive();
            console.say(TextFormat.count(ahead.files(), "file") + ", " + TextFormat.bytes(ahead.bytes())
                    + ", to copy to " + TextFormat.path(root) + ", where " + TextFormat.bytes(ahead.free())
                    + " are free" + drive.map(name -> " (" + name + ")").orElse("")
                    + ahead.expected()
                            .map(time -> "; about " + TextFormat.duration(time) + " at the speed of the last run")
                            .orElse("")
                    + (ahead.bytes() > ahead.free() ? ". That does not fit: make room, or what is left waits." : "."));
            console.event(new JsonEvent("ahead")
                    .with("files", ahead.files())
                    .with("bytes", ahead.bytes())
                    .with("freeBytes", ahead.free())
                    .with("fits", ahead.bytes() <= ahead.free())
                    .with("expectedSeconds", ahead.expected().map(Duration::toSeconds))
                    .with("drive", drive));
        } else if (event instanceof BackupEvent.Adopting adopting) {
            progress.set(adopting.files(), adopting.ofFiles(), adopting.bytes(), adopting.ofBytes());
            if (adopting.files() == adopting.ofFiles()) {
                console.say(TextFormat.count(adopting.files(), "file") + " lay in the folder already, and "
                        + (adopting.files() == 1 ? "was" : "were") + " read.");
                console.event(
                        new JsonEvent("adopted").with("files", adopting.files()).with("bytes", adopting.bytes()));
                progress.set(0, 0, 0, 0);
            }
        } else if (event instanceof BackupEvent.Reconciled reconciled) {
            console.say(TextFormat.count(reconciled.files(), "file")
                    + (reconciled.files() == 1
                            ? " of the backup was renamed or moved; it is listed where it lies now."
                            : " of the backup were renamed or moved; they are listed where they lie now."));
            console.event(new JsonEvent("moved").with("files", reconciled.files()));
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
            console.say(
                    TextFormat.count(sidecars.written(), "new sidecar") + ", " + TextFormat.count(sidecars.refreshed())
                            + " renewed, " + TextFormat.count(sidecars.left()) + " left as somebody changed them.");
            console.event(new JsonEvent("sidecars")
                    .with("written", sidecars.written())
                    .with("refreshed", sidecars.refreshed())
                    .with("left", sidecars.left()));
        } else if (event instanceof BackupEvent.Started started) {
            progress.begin(started.resource().file().name());
        } else if (event instanceof BackupEvent.Received received) {
            progress.advance(received.bytes());
        } else if (event instanceof BackupEvent.Settled settled) {
            if (!isLeft(settled.outcome())) {
                progress.fileDone();
            }
            if (settled.outcome() instanceof Outcome.Forgotten) {
                untaken.forgot(settled.isPhotoForgotten());
            }
            settled(settled.resource().file().path(), settled.outcome());
        } else if (event instanceof BackupEvent.Healed healed) {
            console.event(new JsonEvent("healed").with("path", healed.path()).with("message", healed.message()));
        } else if (event instanceof BackupEvent.Doubtful doubtful) {
            unsafe.accept(doubtful.file());
        } else if (event instanceof BackupEvent.Unlisted gone) {
            unlisted++;
            settled(gone.path(), gone.outcome());
        } else if (event instanceof BackupEvent.Paused paused) {
            String message = waitingFor(paused.why()) + "; giving up in " + TextFormat.duration(paused.longest()) + ".";
            console.warn(message);
            console.event(
                    new JsonEvent("paused").with("message", message).with("longestSeconds", seconds(paused.longest())));
        } else if (event instanceof BackupEvent.Resumed) {
            console.warn(source + " is back, going on.");
            console.event(new JsonEvent("resumed"));
        } else if (event instanceof BackupEvent.Warning warning) {
            console.warn(warning.message());
            console.event(new JsonEvent("warning").with("message", warning.message()));
        }
    }

    private static String waitingFor(IOException away) {
        if (away instanceof DeviceException.Locked) {
            return "iPhone locked, waiting (unlock it to continue)";
        } else if (away instanceof DeviceException.NotTrusted) {
            return "iPhone asks for trust, waiting (unlock it and tap Trust to continue)";
        }
        return "iPhone disconnected, waiting (reconnect to continue)";
    }

    /** Whether the file was not even tried. */
    private static boolean isLeft(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed
                && (failed.reason() == Outcome.Failed.Reason.NOT_REACHED
                        || failed.reason() == Outcome.Failed.Reason.NO_SPACE);
    }

    private void settled(String path, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failure) {
            failed++;
            unsafe.failed(path);
            console.event(new JsonEvent("failed")
                    .with("path", path)
                    .with("reason", TextFormat.hyphenated(failure.reason()))
                    .with("message", failure.message()));
        } else if (console.isVerbose()) {
            if (outcome instanceof Outcome.Copied copied) {
                console.say(path + " -> " + copied.path());
                console.event(new JsonEvent("copied").with("path", path).with("storedAs", copied.path()));
            } else if (outcome instanceof Outcome.Duplicate duplicate) {
                console.say(path + " = " + duplicate.path());
                console.event(new JsonEvent("duplicate").with("path", path).with("storedAs", duplicate.path()));
            }
        }
    }

    /**
     * Tells how a run went.
     *
     * @param damaged files of the backup that are known to be damaged or missing
     */
    @Override
    public void finished(BackupResult finished, int damaged) {
        result = Optional.of(finished);
        damagedBefore = damaged;
        progress.close();
        untaken.tell();
        inventory.ifPresent(passedOver::tell);
        healed(finished.did().healed());
        failures(finished.did().failures());
        unsafe.tell(finished.implausible());
        if (damaged > 0) {
            console.warn(TextFormat.damage(damaged, root));
            console.event(new JsonEvent("damage").with("files", damaged));
        }
        passedOver.check(finished.did().unaccounted(), source);
        if (finished.counts().copied() + finished.counts().duplicates() > 0) {
            console.outcome(figures(finished));
            ProofText.line(finished.traffic().proofs()).ifPresent(console::outcome);
        }
        if (finished.did().unaccounted() == 0) {
            headline(finished, damaged == 0);
        }
        if (finished.interrupted()) {
            console.warn("Stopped as you asked. Run the same command again to go on.");
        } else if (finished.ended().isEmpty() && !finished.did().failures().isEmpty()) {
            console.warn("Run the same command again to try these once more. What is safe is not copied again.");
        }
        brief.ifPresent(clock -> brief(finished, clock.instant()));
    }

    /** What the system calls the drive, as a person sees it in its list of drives. */
    private Optional<String> drive() {
        try {
            FileStore store = Files.getFileStore(root);
            return Optional.of(store.name()).filter(name -> !name.isBlank());
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    @Override
    public void removable(SafeToRemove.Removable found) {
        removable = Optional.of(found);
        console.outcome(removable(found, source, root));
    }

    /** May it be deleted there now? In one sentence. */
    public static String removable(SafeToRemove.Removable found, String phone, Path root) {
        return found.assets() == 0
                ? "Nothing on " + phone + " is proven enough to be deleted there: first "
                        + TextFormat.command("verify", root) + ", then "
                        + TextFormat.command("safe-to-remove", root) + "."
                : photos(found.assets()) + ", " + TextFormat.bytes(found.bytes()) + ", could be deleted on " + phone
                        + " by hand: " + TextFormat.command("safe-to-remove", root)
                        + " names them, and what else that would delete.";
    }

    /** How a run went in one line, unless there was trouble, which was told. */
    private void brief(BackupResult finished, Instant now) {
        if (finished.ended().isEmpty() && finished.did().failures().isEmpty() && !finished.interrupted()) {
            console.brief(
                    now,
                    finished.counts().copied() + finished.counts().duplicates() == 0
                            ? "Nothing new on " + source + "."
                            : source + ": " + figures(finished));
        }
    }

    private void headline(BackupResult finished, boolean isSound) {
        if (listed.isEmpty() || !isAccountedFor(listed.get(), finished)) {
            return;
        }
        int all = listed.get().assets() + listed.get().refused() - untaken.assets();
        UnsafeFiles notSafe = finished.did().notSafe();
        String are =
                photos(all) + (all == 1 ? " is" : " are") + (isSound ? " safe in " : " in ") + TextFormat.path(root)
                        + notSafe.more().map(more -> "; " + more).orElse("") + ".";
        if (unsafe.assets() > 0) {
            console.outcome(TextFormat.count(Math.max(0, all - unsafe.assets())) + " of " + are);
        } else if (all == 0 && untaken.assets() > 0) {
            console.outcome("Nothing was to be copied.");
        } else if (finished.foundNothing()) {
            console.warn(PassedOverOutput.nothing(source, inventory));
        } else if (all == 0) {
            console.outcome("There are no photos or videos on " + source
                    + notSafe.more().map(more -> "; " + more).orElse("") + ".");
        } else {
            console.outcome(
                    (finished.counts().copied() + finished.counts().duplicates() == 0 ? "Nothing new: " : "") + are);
        }
        notSafe.parts().ifPresent(console::outcome);
    }

    /** A run that ended before it had compared phone and backup knows of no file that it is safe. */
    private boolean isAccountedFor(BackupEvent.Listed all, BackupResult finished) {
        long outcomes = (long) finished.counts().copied()
                + finished.counts().duplicates()
                + finished.counts().alreadyBackedUp();
        return outcomes + finished.counts().failed() - unlisted + untaken.files() >= all.files();
    }

    public static String photos(long count) {
        return count == 1 ? "1 photo or video" : TextFormat.count(count) + " photos and videos";
    }

    private static String figures(BackupResult finished) {
        double seconds = finished.traffic().time().toMillis() / 1000.0;
        String rate = seconds < 0.5
                ? ""
                : " (" + TextFormat.bytes(Math.round(finished.traffic().bytesCopied() / seconds)) + "/s)";
        String before = finished.counts().alreadyBackedUp() == 0
                ? ""
                : "; " + TextFormat.count(finished.counts().alreadyBackedUp()) + " backed up before";
        String duplicates = finished.counts().duplicates() == 0
                ? ""
                : "; " + TextFormat.count(finished.counts().duplicates(), "duplicate") + " not stored twice";
        return TextFormat.count(finished.counts().copied(), "new file") + ", "
                + TextFormat.bytes(finished.traffic().bytesCopied()) + ", in "
                + TextFormat.duration(finished.traffic().time()) + rate + before + duplicates + ".";
    }

    private void healed(List<RunResult.Item> healed) {
        healed.stream()
                .limit(UnsafeOutput.NAMES_SHOWN)
                .forEach(file -> console.say("healed: " + file.path() + " (" + file.message() + ")"));
        if (healed.size() > UnsafeOutput.NAMES_SHOWN) {
            console.say("healed: " + TextFormat.count(healed.size() - UnsafeOutput.NAMES_SHOWN)
                    + " more; --json names every one");
        }
    }

    private void failures(List<RunResult.Item> failures) {
        Map<String, List<String>> pathsByMessage = new LinkedHashMap<>();
        failures.stream().filter(RunResult.Item::isReached).forEach(failure -> pathsByMessage
                .computeIfAbsent(failure.message(), message -> new ArrayList<>())
                .add(failure.path()));
        int tried = pathsByMessage.values().stream().mapToInt(List::size).sum();
        if (tried > 0) {
            console.warn(TextFormat.count(tried, "file") + " could not be backed up:");
        }
        pathsByMessage.forEach((message, paths) -> {
            unsafe.names(paths);
            console.warn("    " + message);
        });
        int notReached = failures.size() - tried;
        if (notReached > 0) {
            console.warn(TextFormat.count(notReached, "file") + " had not had their turn yet.");
        }
    }

    /** Tells what a run would do. */
    RunEnding planned(List<PlannedCopy> copies) {
        plan = Optional.of(copies);
        progress.close();
        new PlanOutput(console).tell(copies);
        untaken.tell();
        inventory.ifPresent(passedOver::tell);
        long unaccounted = inventory.map(all -> all.found() - all.passedOver()).orElse(0L)
                - (inventory.isEmpty() ? 0 : (long) copies.size() + alreadyBackedUp + failed + untaken.files());
        passedOver.check(unaccounted, source);
        if (foundNothing) {
            console.warn(PassedOverOutput.nothing(source, inventory));
        }
        boolean isUnsafe = unsafe.planned(copies);
        console.outcome(TextFormat.count(copies.size(), "file") + ", " + TextFormat.bytes(PlanOutput.bytes(copies))
                + ", would be copied to " + TextFormat.path(root) + "; " + TextFormat.count(alreadyBackedUp)
                + " are there already. Nothing was written.");
        if (unaccounted != 0) {
            return RunEnding.BUG;
        }
        boolean isComplete = failed == 0
                && !isUnsafe
                && !foundNothing
                && inventory.filter(Inventory::mayHoldMore).isEmpty();
        return isComplete ? RunEnding.DONE : RunEnding.INCOMPLETE;
    }

    public static String iso(CaptureTime time) {
        return time.local().format(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                + time.offset().map(Object::toString).orElse("");
    }

    /** The last line of {@code --json}, however the backup ended. */
    JsonEvent summary(int exitCode) {
        RunResult did = result.map(BackupResult::did).orElse(RunResult.NOTHING);
        List<ImplausibleFile> implausible =
                result.map(BackupResult::implausible).orElseGet(unsafe::known);
        JsonEvent summary = new JsonEvent("summary")
                .with("exitCode", exitCode)
                .with("copied", did.counts().copied())
                .with("duplicates", did.counts().duplicates())
                .with("alreadyBackedUp", alreadyBackedUp)
                .with("failed", failed)
                .with("bytesCopied", did.traffic().bytesCopied())
                .with("healed", did.healed().size())
                .with("readTwice", did.traffic().readTwice())
                .with("proofs", ProofText.counts(did.traffic().proofs()))
                .with("knownByFingerprint", did.traffic().knownByFingerprint())
                .with("leftOut", untaken.leftOut().assets())
                .with("leftOutFiles", untaken.leftOut().files())
                .with("recentlyDeleted", untaken.leftOut().trashed())
                .with("forgotten", untaken.leftOut().forgotten())
                .with("placeholders", untaken.placeholders())
                .with("partsMissing", untaken.partsMissing())
                .with("damaged", damagedBefore)
                .with("implausible", implausible.size())
                .with(
                        "unrecognised",
                        implausible.stream()
                                .filter(ImplausibleFile::isUnrecognised)
                                .count())
                .with("transferSeconds", seconds(did.traffic().time()))
                .with("totalSeconds", seconds(Duration.ofNanos(System.nanoTime() - began)));
        inventory.ifPresent(all -> summary.with("found", all.found())
                .with("passedOver", all.passedOver())
                .with("passedOverKinds", PassedOverOutput.counts(all))
                .with("clutter", all.clutter())
                .with("recentlyDeletedFiles", untaken.leftOut().trashedFiles()));
        removable.ifPresent(found -> summary.with("removable", found.assets()).with("removableBytes", found.bytes()));
        plan.ifPresent(copies -> summary.with("dryRun", true)
                .with("plannedFiles", copies.size())
                .with("plannedBytes", PlanOutput.bytes(copies)));
        return summary;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
