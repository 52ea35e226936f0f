package dev.shoebox.cli.backup;

import dev.shoebox.backup.plan.PlannedCopy;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.cli.files.FilesAfterPhotos;
import dev.shoebox.cli.option.ContentOptions;
import dev.shoebox.cli.option.CopyOptions;
import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.option.FilterOptions;
import dev.shoebox.cli.option.HookOptions;
import dev.shoebox.cli.option.ScheduledOptions;
import dev.shoebox.cli.option.SourceOptions;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.RunEnding;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.run.BackupConditions;
import dev.shoebox.run.BackupProfiles;
import dev.shoebox.run.BackupRequest;
import dev.shoebox.run.BackupRun;
import dev.shoebox.run.Surroundings;
import dev.shoebox.run.record.RunHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** {@code shoebox backup DEST}. */
@Command(
        name = "backup",
        header = "Copy every photo and video that is not yet in the backup, and prove each copy.",
        description = {
            "",
            "Changes nothing on the iPhone, and replaces or deletes nothing in the backup. You can stop a run at"
                    + " any time; the next one continues.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shoebox backup ~/Pictures/iPhone",
            "      Back up the iPhone on the cable into folders by year and month.",
            "  shoebox backup --dry-run ~/Pictures/iPhone",
            "      Show what would be copied and where to, and copy nothing.",
            "  shoebox backup --require-existing /media/me/Photos",
            "      Only onto the drive that holds the backup, never into an empty folder.",
            "  shoebox backup --layout '%%Y/%%Y-%%m-%%d' ~/Pictures/iPhone",
            "      A folder for each day.",
            "  shoebox backup --from /media/me/SDCARD ~/Pictures/iPhone",
            "      Back up a memory card instead of an iPhone."
        })
public final class BackupCommand implements Callable<Integer> {
    private final InterruptHandler interrupts;

    @Spec
    private CommandSpec command;

    @Mixin
    private DestinationOption destination;

    @Mixin
    private SourceOptions from;

    @Mixin
    private ScheduledOptions scheduling;

    @Mixin
    private FilterOptions choosing;

    @Mixin
    private ContentOptions wanting;

    @Mixin
    private CopyOptions copying;

    @Option(
            names = "--files",
            description = "After the photos, also back up what else the iPhone shares over the cable (documents of"
                    + " apps, books, music, ringtones), as 'shoebox files' does. Has no effect with --from.")
    private boolean files;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Show what would be copied and where to; write nothing.")
    private boolean dryRun;

    @Option(names = "--init", description = "Start a backup in a folder that already holds other things.")
    private boolean initialise;

    @Option(
            names = "--require-existing",
            description = "Never start a new backup: fail if the folder holds none, as when its drive is unplugged.")
    private boolean requireExisting;

    @Option(
            names = "--shared",
            description = "If this starts a new backup, let every user of this computer read it. Default: only you.")
    private boolean shared;

    @Mixin
    private HookOptions hooking;

    @Mixin
    private final Console console;

    private final BackupOutput output;
    private final RunHistory history;
    private final BackupProfiles profiles;
    private final Supplier<Surroundings> around;

    /** @param around the surroundings of a run */
    public BackupCommand(
            Console console,
            InterruptHandler interrupts,
            RunHistory history,
            BackupProfiles profiles,
            Supplier<Surroundings> around) {
        this.console = console;
        this.interrupts = interrupts;
        this.output = new BackupOutput(console);
        this.history = history;
        this.profiles = profiles;
        this.around = around;
    }

    @Override
    public Integer call() throws IOException {
        promiseSummary();
        endOnInterrupt();
        refuseContradictions();
        from.forgotten().ifPresent(console::warn);
        Surroundings here = around.get();
        history.tellBy(hooking.ways());
        return (dryRun ? preview(here) : backUp(here)).number();
    }

    private void refuseContradictions() {
        if (initialise && scheduling.isScheduled()) {
            throw refused("--init starts a new backup, which a scheduled run never does: omit one of the two.");
        }
        if (initialise && requireExisting) {
            throw refused("--init starts a new backup and --require-existing forbids it: choose one.");
        }
        copying.refuseWithout(from.isPhone());
    }

    private RunEnding preview(Surroundings here) throws IOException {
        output.forDryRun();
        BackupRequest request = request(here);
        BackupRun run = new BackupRun(request, from, here, history, output);
        if (!takesFiles()) {
            return output.planned(plan(run));
        }
        FilesAfterPhotos others = others();
        run.with(others.part());
        return others.preview(output.planned(plan(run)), run);
    }

    private List<PlannedCopy> plan(BackupRun run) throws IOException {
        return scheduling.isScheduled()
                ? run.previewScheduled(conditions(), profiles)
                : run.preview(destination.path(), console.phoneWait());
    }

    private RunEnding backUp(Surroundings here) throws IOException {
        if (isUnattended()) {
            keepLog(here);
        }
        if (scheduling.isScheduled()) {
            output.withBrief(here.clock());
        }
        BackupRequest request = request(here);
        BackupRun run = new BackupRun(request, from, here, history, output);
        run.onBegun(() -> stopOnInterrupt(run));
        if (takesFiles()) {
            run.with(others().part());
        }
        return scheduling.isScheduled()
                ? run.scheduled(conditions(), profiles)
                : run.byHand(destination.path(), console.phoneWait());
    }

    /** A memory card has photos only. */
    private boolean takesFiles() {
        return files && from.isPhone();
    }

    private FilesAfterPhotos others() {
        return new FilesAfterPhotos(console, command, from.device(), attended());
    }

    private void keepLog(Surroundings here) throws IOException {
        history.requireOwnState();
        console.keepLog(here.places().state(), here.clock());
    }

    private void endOnInterrupt() {
        interrupts.onFirst(() -> {
            console.end(RunEnding.INTERRUPTED.number());
            interrupts.endNow();
        });
    }

    private void stopOnInterrupt(BackupRun run) {
        interrupts.stopOnFirst(console, run::stop);
        output.onOpened(() -> interrupts.finishOnFirst(console, run::stop));
    }

    private BackupConditions conditions() {
        BackupConditions conditions = scheduling.conditions();
        return destination.said().map(conditions::in).orElse(conditions);
    }

    private boolean isUnattended() {
        return scheduling.isScheduled() || console.screen().isUnattended();
    }

    private BackupRequest.Attended attended() {
        return isUnattended() ? BackupRequest.Attended.NO : BackupRequest.Attended.YES;
    }

    private BackupRequest request(Surroundings here) {
        Scope scope = wanting.scope(choosing.scope());
        AssetFilter choice = choosing.choice(here.clock().instant(), copying.zone());
        from.looking(scope);
        // Waiting only brings phones back.
        RetryPolicy retries = from.isPhone() ? copying.retries(isUnattended()) : RetryPolicy.waiting(Duration.ZERO);
        return new BackupRequest(
                copying.options(retries, wanting.wanted(choice, scope), choosing.dates()),
                choosing,
                new BackupRequest.Begun(
                        opening(), shared ? BackupRequest.Access.EVERYBODY : BackupRequest.Access.OWNER),
                hooking.copies(),
                hooking.commands(),
                attended(),
                hooking.alarmAfter());
    }

    private OpenMode opening() {
        if (requireExisting || scheduling.isScheduled()) {
            return OpenMode.REQUIRE_EXISTING;
        }
        return initialise ? OpenMode.INITIALISE : OpenMode.CREATE_IF_EMPTY;
    }

    /** With {@code --json}, the last line is a summary, however the command ends. */
    public void promiseSummary() {
        console.promise(output::summary);
    }

    private ParameterException refused(String why) {
        return new ParameterException(command.commandLine(), why);
    }
}
