package dev.shoebox.cli.files;

import dev.shoebox.cli.option.DeviceOptions;
import dev.shoebox.cli.option.PhoneBackupOption;
import dev.shoebox.device.Phone;
import dev.shoebox.device.apps.SharingApp;
import dev.shoebox.history.RunRecord;
import dev.shoebox.phonefiles.FileChoice;
import dev.shoebox.phonefiles.OtherFiles;
import dev.shoebox.phonefiles.PhoneFiles;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.PhoneWait;
import dev.shoebox.run.SourceOpener;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Opens the files of an iPhone other than photos, over the cable or in a local backup of it. */
final class FilesOpener implements SourceOpener {
    private final CommandSpec command;
    private final FileChoice choice;
    private final DeviceOptions device;
    private final PhoneBackupOption from; // or null: over the cable
    private final String udid; // or null: any iPhone that the options match

    /** @param command the command to blame if a requested app does not exist */
    FilesOpener(CommandSpec command, FileChoice choice, DeviceOptions device, PhoneBackupOption from) {
        this.command = command;
        this.choice = choice;
        this.device = device;
        this.from = from;
        this.udid = null;
    }

    private FilesOpener(FilesOpener like, String udid) {
        this.command = like.command;
        this.choice = like.choice;
        this.device = like.device;
        this.from = null;
        this.udid = udid;
    }

    /** Opens the files of this iPhone only, and waits as long for it as if nothing had been opened before. */
    FilesOpener only(SourceId phone) {
        device.waitAnew();
        return new FilesOpener(this, phone.id());
    }

    @Override
    public boolean isPhone() {
        return from == null;
    }

    @Override
    public boolean mayBe(SourceId known) {
        return known.kind() == (isPhone() ? SourceId.Kind.PHONE_FILES : SourceId.Kind.BACKUP_FILES)
                && (udid == null || known.id().equals(SourceId.ofFiles(udid)));
    }

    @Override
    public RunRecord.Kind kind() {
        return RunRecord.Kind.FILES;
    }

    @Override
    public void check(Path root) throws IOException {
        if (!isPhone()) {
            from.check(root);
        }
    }

    @Override
    public MediaSource open(PhoneWait wait) throws IOException {
        return files(wait);
    }

    OtherFiles files(PhoneWait wait) throws IOException {
        if (!isPhone()) {
            return known(from.open(choice, wait), "No app with that name has documents in the backup: ");
        }
        Phone phone = udid == null ? device.find(wait) : device.find(udid, wait);
        PhoneFiles files = PhoneFiles.open(phone, choice, device.waiting(wait));
        return files.hidesApps() ? files : known(files, "No app with that name shares documents: ");
    }

    private OtherFiles known(OtherFiles files, String refusal) {
        List<String> unknown = choice.unknown(files.apps());
        if (unknown.isEmpty()) {
            return files;
        }
        files.close();
        throw new ParameterException(
                command.commandLine(),
                refusal + String.join(", ", unknown) + ". "
                        + (files.apps().isEmpty()
                                ? "None does."
                                : "These do: "
                                        + files.apps().stream()
                                                .map(SharingApp::name)
                                                .collect(Collectors.joining(", "))
                                        + "."));
    }
}
