package dev.shoebox.cli.files;

import dev.shoebox.backup.Backup;
import dev.shoebox.backup.event.DateSource;
import dev.shoebox.backup.event.FingerprintUse;
import dev.shoebox.backup.plan.BackupSelection;
import dev.shoebox.backup.plan.PlannedCopy;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.cli.option.DeviceOptions;
import dev.shoebox.cli.option.HookOptions;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.RunEnding;
import dev.shoebox.phonefiles.FileChoice;
import dev.shoebox.phonefiles.FileGroup;
import dev.shoebox.run.BackupRequest;
import dev.shoebox.run.BackupRun;
import dev.shoebox.run.LibraryUse;
import dev.shoebox.run.Surroundings;
import dev.shoebox.run.hook.HookCommands;
import dev.shoebox.run.record.Failures;
import dev.shoebox.run.record.RunHistory;
import dev.shoebox.schedule.NothingToDoNow;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalLong;

/** Backs up the other files of an iPhone: for {@code files}, or after the photos for {@code backup --files}. */
public final class FilesRun {
    private static final Duration WAIT_FOR_A_PERSON = Duration.ofMinutes(2);
    private static final Duration WAIT_UNATTENDED = Duration.ofMinutes(10);

    private final Console console;
    private final InterruptHandler interrupts;
    private final FilesOutput output;
    private final BackupRun run;

    FilesRun(Console console, InterruptHandler interrupts, FilesOutput output, BackupRun run) {
        this.console = console;
        this.interrupts = interrupts;
        this.output = output;
        this.run = run;
    }

    /**
     * Returns the run that follows a backup of photos. It backs up everything that the iPhone shares, to the same
     * destination and second copies. The user's commands belong to the run of the photos.
     *
     * @param request the request for the photos
     */
    public static FilesRun after(
            BackupRequest request,
            Console console,
            InterruptHandler interrupts,
            CommandSpec command,
            DeviceOptions device,
            RunHistory history,
            Surroundings here) {
        var output = new FilesOutput(console).afterPhotos();
        var opener = new FilesOpener(command, new FileChoice(FileGroup.ON_CABLE, List.of()), device, null);
        BackupRequest files = new BackupRequest(
                options(request.attended()),
                LibraryUse.OPTIONAL,
                request.begun(),
                request.copies(),
                HookCommands.NONE,
                request.attended(),
                request.alarmAfter());
        return new FilesRun(console, interrupts, output, new BackupRun(files, opener, here, history, output));
    }

    /** Returns a request that may create a new backup. */
    static BackupRequest request(HookOptions hooking, BackupRequest.Attended attended) {
        return new BackupRequest(
                options(attended),
                LibraryUse.OPTIONAL,
                new BackupRequest.Begun(OpenMode.CREATE_IF_EMPTY, BackupRequest.Access.OWNER),
                hooking.copies(),
                hooking.commands(),
                attended,
                hooking.alarmAfter());
    }

    private static Backup.Options options(BackupRequest.Attended attended) {
        return new Backup.Options(
                Layout.OF_FILES,
                ZoneId.systemDefault(),
                RetryPolicy.waiting(attended == BackupRequest.Attended.NO ? WAIT_UNATTENDED : WAIT_FOR_A_PERSON),
                OptionalLong.empty(),
                new Backup.Proving(Backup.Verify.AUTO, FingerprintUse.OFF),
                BackupSelection.EVERYTHING,
                DateSource.PHOTOS);
    }

    /** Starts a run. */
    public interface Start {
        RunEnding start(BackupRun run) throws IOException;
    }

    /** Determines what a run would copy. */
    public interface Preview {
        List<PlannedCopy> plan(BackupRun run) throws IOException;
    }

    RunEnding start(Start way) throws IOException {
        output.onOpened(() -> interrupts.onFirst(() -> {
            console.say("Finishing the files in transit. Press Ctrl-C again to stop immediately.");
            run.stop();
        }));
        return way.start(run);
    }

    RunEnding preview(Preview way) throws IOException {
        output.forDryRun();
        return output.planned(way.plan(run));
    }

    /**
     * Runs after the photos, unless the preconditions are not met.
     *
     * @param photos how their run ended
     * @return how both ended
     */
    public RunEnding startAfter(RunEnding photos, Start way) throws IOException {
        return both(photos, () -> start(way));
    }

    /** Does what {@link #startAfter} does, without writing anything. */
    public RunEnding previewAfter(RunEnding photos, Preview way) throws IOException {
        return both(photos, () -> preview(way));
    }

    private RunEnding both(RunEnding photos, RunHistory.Work files) throws IOException {
        if (photos == RunEnding.INTERRUPTED || photos == RunEnding.BUG) {
            return photos;
        }
        boolean areSafe = photos == RunEnding.DONE || photos == RunEnding.AFTER_HOOK_FAILED;
        try {
            RunEnding ending = files.run();
            return areSafe && ending != RunEnding.DONE ? ending : photos;
        } catch (NothingToDoNow notNow) {
            console.warn("The other files were not backed up: " + Failures.words(notNow));
            return photos == RunEnding.DONE ? RunEnding.NOTHING_TO_DO_NOW : photos;
        } catch (IOException failed) {
            if (areSafe) {
                throw failed;
            }
            console.warn("The other files were not backed up: " + Failures.words(failed));
            return photos;
        }
    }
}
