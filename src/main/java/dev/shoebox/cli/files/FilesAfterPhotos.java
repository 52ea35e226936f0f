package dev.shoebox.cli.files;

import dev.shoebox.backup.Backup;
import dev.shoebox.backup.event.DateSource;
import dev.shoebox.backup.event.FingerprintUse;
import dev.shoebox.backup.plan.BackupSelection;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.cli.option.DeviceOptions;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.history.RunEnding;
import dev.shoebox.phonefiles.FileChoice;
import dev.shoebox.phonefiles.FileGroup;
import dev.shoebox.run.BackupRequest;
import dev.shoebox.run.BackupRun;
import dev.shoebox.run.record.Failures;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalLong;

/** Everything that an iPhone shares besides photos, as the second part of {@code backup --files}. */
public final class FilesAfterPhotos {
    private static final Duration WAIT_FOR_A_PERSON = Duration.ofMinutes(2);
    private static final Duration WAIT_UNATTENDED = Duration.ofMinutes(10);

    private final FilesOutput output;
    private final BackupRun.FilesPart part;

    public FilesAfterPhotos(
            Console console, CommandSpec command, DeviceOptions device, BackupRequest.Attended attended) {
        output = new FilesOutput(console).afterPhotos();
        var opener = new FilesOpener(command, new FileChoice(FileGroup.ON_CABLE, List.of()), device, null);
        part = new BackupRun.FilesPart(options(attended), opener::only, output);
    }

    public BackupRun.FilesPart part() {
        return part;
    }

    /**
     * Shows what would be copied.
     *
     * @param photos how their preview ended
     * @param run the run whose photos were previewed
     * @return how both ended
     * @throws IOException if the files cannot be listed and the photos do not decide how both ended
     */
    public RunEnding preview(RunEnding photos, BackupRun run) throws IOException {
        output.forDryRun();
        try {
            RunEnding ending = output.planned(run.previewFiles());
            return photos == RunEnding.DONE ? ending : photos;
        } catch (IOException failure) {
            if (photos == RunEnding.DONE) {
                throw failure;
            }
            output.warn("What would be copied of the other files is not known: " + Failures.words(failure));
            return photos;
        }
    }

    /** Returns the engine's options for other files. */
    static Backup.Options options(BackupRequest.Attended attended) {
        return new Backup.Options(
                Layout.OF_FILES,
                ZoneId.systemDefault(),
                RetryPolicy.waiting(attended == BackupRequest.Attended.NO ? WAIT_UNATTENDED : WAIT_FOR_A_PERSON),
                OptionalLong.empty(),
                new Backup.Proving(Backup.Verify.AUTO, FingerprintUse.OFF),
                BackupSelection.EVERYTHING,
                DateSource.PHOTOS);
    }
}
