package dev.shoebox.cli.backup;

import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.event.ImplausibleFile;
import dev.shoebox.backup.plan.PlannedCopy;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.coverage.SafeToRemove;
import dev.shoebox.history.ProofText;
import dev.shoebox.history.RunEnding;
import dev.shoebox.history.RunResult;
import dev.shoebox.history.UnsafeFiles;
import dev.shoebox.photos.source.Inventory;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prints the outcome of a backup: what happened to the photos, the verdict last, where it stays visible. */
public final class BackupVerdict {
    private final Console console;
    private final RunSoFar soFar;
    private final UnsafeOutput unsafe;
    private final SkippedOutput untaken;
    private final PassedOverOutput passedOver;
    private final long began = System.nanoTime();

    /** These are null until known. */
    private BackupResult result;

    private List<PlannedCopy> plan;
    private SafeToRemove.Removable removable;

    /** Null unless the run ends with one line for a log. */
    private InstantSource brief;

    private int damagedBefore;

    BackupVerdict(
            Console console, RunSoFar soFar, UnsafeOutput unsafe, SkippedOutput untaken, PassedOverOutput passedOver) {
        this.console = console;
        this.soFar = soFar;
        this.unsafe = unsafe;
        this.untaken = untaken;
        this.passedOver = passedOver;
    }

    /** Ends with one line for a log. */
    void withBrief(InstantSource clock) {
        brief = clock;
    }

    /**
     * Prints the outcome of a run.
     *
     * @param damaged the number of files known to be damaged or missing in the backup
     */
    void tell(BackupResult finished, int damaged) {
        result = finished;
        damagedBefore = damaged;
        untaken.tell();
        soFar.inventory().ifPresent(passedOver::tell);
        healed(finished.did().healed());
        failures(finished.did().failures());
        unsafe.tell(finished.implausible());
        if (damaged > 0) {
            console.warn(TextFormat.damage(damaged, soFar.root()));
            console.event(new JsonEvent("damage").with("files", damaged));
        }
        passedOver.check(finished.did().unaccounted(), soFar.source());
        if (finished.counts().copied() + finished.counts().duplicates() > 0) {
            console.outcome(figures(finished));
            ProofText.line(finished.traffic().proofs()).ifPresent(console::outcome);
        }
        if (finished.did().unaccounted() == 0) {
            headline(finished, damaged == 0);
        }
        if (finished.interrupted()) {
            console.warn("Stopped. Run the same command again to continue.");
        } else if (finished.ended().isEmpty() && !finished.did().failures().isEmpty()) {
            console.warn("Run the same command again to retry these files. Safe files are not copied again.");
        }
        if (brief != null) {
            brief(finished, brief.instant());
        }
    }

    /** Prints what could be deleted from the source. */
    void removable(SafeToRemove.Removable found) {
        removable = found;
        console.outcome(removable(found, soFar.source(), soFar.root()));
    }

    /** Says in one sentence what may be deleted from the phone now. */
    public static String removable(SafeToRemove.Removable found, String phone, Path root) {
        return found.assets() == 0
                ? "Nothing can be deleted on " + phone + " yet. First run "
                        + TextFormat.command("verify", root) + ", then "
                        + TextFormat.command("safe-to-remove", root) + "."
                : TextFormat.photos(found.assets()) + ", " + TextFormat.bytes(found.bytes()) + ", could be deleted on "
                        + phone
                        + " by hand: " + TextFormat.command("safe-to-remove", root)
                        + " names them, and what else that would delete.";
    }

    /** Prints one line on the run, unless problems were reported. */
    private void brief(BackupResult finished, Instant now) {
        if (finished.ended().isEmpty() && finished.did().failures().isEmpty() && !finished.interrupted()) {
            console.brief(
                    now,
                    finished.counts().copied() + finished.counts().duplicates() == 0
                            ? "Nothing new on " + soFar.source() + "."
                            : soFar.source() + ": " + figures(finished));
        }
    }

    private void headline(BackupResult finished, boolean isSound) {
        Optional<BackupEvent.Listed> listed = soFar.listed().filter(everything -> isAccountedFor(everything, finished));
        if (listed.isEmpty()) {
            return;
        }
        int all = listed.get().assets() + listed.get().refused() - untaken.assets();
        UnsafeFiles notSafe = finished.did().notSafe();
        String are = TextFormat.photos(all) + (all == 1 ? " is" : " are") + (isSound ? " safe in " : " in ")
                + TextFormat.path(soFar.root())
                + notSafe.more().map(more -> "; " + more).orElse("") + ".";
        if (unsafe.assets() > 0) {
            console.outcome(TextFormat.count(Math.max(0, all - unsafe.assets())) + " of " + are);
        } else if (all == 0 && untaken.assets() > 0) {
            console.outcome("There was nothing to copy.");
        } else if (finished.foundNothing()) {
            warnOfNothing();
        } else if (all == 0 && soFar.unlisted() > 0) {
            console.outcome("No photos or videos could be listed on " + soFar.source() + ".");
        } else if (all == 0) {
            console.outcome("There are no photos or videos on " + soFar.source()
                    + notSafe.more().map(more -> "; " + more).orElse("") + ".");
        } else {
            console.outcome(
                    (finished.counts().copied() + finished.counts().duplicates() == 0 ? "Nothing new: " : "") + are);
        }
        notSafe.parts().ifPresent(console::outcome);
    }

    /** A run that ended before it compared phone and backup knows of no safe file. */
    private boolean isAccountedFor(BackupEvent.Listed all, BackupResult finished) {
        long outcomes = (long) finished.counts().copied()
                + finished.counts().duplicates()
                + finished.counts().alreadyBackedUp();
        return outcomes + finished.counts().failed() - soFar.unlisted() + untaken.files() >= all.files();
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
                    + " more; --json lists all");
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
            console.warn(TextFormat.count(notReached, "file") + " not read yet.");
        }
    }

    /** Prints what a run would do. */
    RunEnding planned(List<PlannedCopy> copies) {
        plan = copies;
        new PlanOutput(console).tell(copies);
        untaken.tell();
        soFar.inventory().ifPresent(passedOver::tell);
        long settled = (long) copies.size() + soFar.alreadyBackedUp() + soFar.failed() + untaken.files();
        long unaccounted = soFar.inventory()
                .map(all -> all.found() - all.passedOver() - settled)
                .orElse(0L);
        passedOver.check(unaccounted, soFar.source());
        if (soFar.foundNothing()) {
            warnOfNothing();
        }
        boolean isUnsafe = unsafe.planned(copies);
        console.outcome(TextFormat.count(copies.size(), "file") + ", " + TextFormat.bytes(PlanOutput.bytes(copies))
                + ", would be copied to " + TextFormat.path(soFar.root()) + "; "
                + TextFormat.count(soFar.alreadyBackedUp())
                + " are already there. Nothing was written.");
        if (unaccounted != 0) {
            return RunEnding.BUG;
        }
        boolean isComplete = soFar.failed() == 0
                && !isUnsafe
                && !soFar.foundNothing()
                && soFar.inventory().filter(Inventory::mayHoldMore).isEmpty();
        return isComplete ? RunEnding.DONE : RunEnding.INCOMPLETE;
    }

    /** Returns the last line of {@code --json}, however the backup ended. */
    JsonEvent summary(int exitCode) {
        RunResult did = result == null ? RunResult.NOTHING : result.did();
        List<ImplausibleFile> implausible = result == null ? unsafe.known() : result.implausible();
        JsonEvent summary = new JsonEvent("summary")
                .with("exitCode", exitCode)
                .with("copied", did.counts().copied())
                .with("duplicates", did.counts().duplicates())
                .with("alreadyBackedUp", soFar.alreadyBackedUp())
                .with("failed", soFar.failed())
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
        soFar.inventory().ifPresent(all -> summary.with("found", all.found())
                .with("passedOver", all.passedOver())
                .with("passedOverKinds", PassedOverOutput.counts(all))
                .with("clutter", all.clutter())
                .with("recentlyDeletedFiles", untaken.leftOut().trashedFiles()));
        if (removable != null) {
            summary.with("removable", removable.assets()).with("removableBytes", removable.bytes());
        }
        if (plan != null) {
            summary.with("dryRun", true).with("plannedFiles", plan.size()).with("plannedBytes", PlanOutput.bytes(plan));
        }
        return summary;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private void warnOfNothing() {
        console.warn("Nothing was backed up: no photo or video was found in " + soFar.source() + "; "
                + soFar.inventory().map(PassedOverOutput::instead).orElse("") + ".");
    }
}
