package dev.shoebox.cli.option;

import dev.shoebox.phonebackup.BackupInfo;
import dev.shoebox.phonebackup.PhoneBackup;
import dev.shoebox.phonefiles.FileChoice;
import dev.shoebox.phonefiles.PhoneBackupFiles;
import dev.shoebox.photos.source.SourceException;
import dev.shoebox.run.PhoneWait;
import dev.shoebox.text.FailureText;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The local iPhone backup to read instead of an iPhone. */
public final class PhoneBackupOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private BackupPassword password;

    @Option(
            names = "--from",
            paramLabel = "PATH",
            description = "Read the local backup of an iPhone that Finder, iTunes or Apple Devices made instead "
                    + "of an iPhone.")
    private Path from;

    /** Returns the given folder. */
    public Optional<Path> said() {
        return Optional.ofNullable(from);
    }

    /**
     * Opens the files other than photos.
     *
     * @throws SourceException if there is no backup, or its password is unknown
     */
    public PhoneBackupFiles open(FileChoice choice, PhoneWait asking) throws IOException {
        if (!Files.exists(from)) {
            throw new SourceException.Absent(from + ": does not exist. Is its drive connected?");
        }
        try {
            Path backup = backup(from)
                    .orElseThrow(() -> new IOException(from
                            + " is not a local iPhone backup: it has no Manifest.db. Give the folder that "
                            + "has one; its name is the iPhone's UDID."));
            return PhoneBackupFiles.open(PhoneBackup.of(backup), choice, bag -> password.unlock(bag, asking.phone()));
        } catch (SourceException known) {
            throw known;
        } catch (FileSystemException failing) {
            throw new SourceException.Lost(FailureText.of(failing), failing);
        } catch (IOException unsuitable) {
            throw new ParameterException(command.commandLine(), unsuitable.getMessage(), unsuitable);
        }
    }

    /** A backup inside its own source would be read as a part of it. */
    public void check(Path root) throws IOException {
        if (Files.isDirectory(from)) {
            SourceOptions.refuseOverlap(command, root, from);
        }
    }

    /**
     * Returns the given backup, or the only one in the given folder.
     *
     * @throws IOException if it contains several
     */
    static Optional<Path> backup(Path named) throws IOException {
        if (PhoneBackup.isOne(named)) {
            return Optional.of(named);
        }
        List<Path> within = PhoneBackup.within(named);
        if (within.size() <= 1) {
            return within.stream().findFirst();
        }
        List<String> lines = new ArrayList<>();
        for (Path each : within) {
            lines.add(each + " (" + described(each) + ")");
        }
        throw new IOException(named + " holds " + within.size() + " iPhone backups. Choose one of them with --from: "
                + String.join(", ", lines) + ".");
    }

    private static String described(Path backup) {
        try {
            PhoneBackup found = PhoneBackup.of(backup);
            BackupInfo info = found.info();
            return info.device()
                    + info.made()
                            .map(made -> ", " + LocalDate.ofInstant(made, ZoneId.systemDefault()))
                            .orElse("")
                    + (info.isUnfinished() ? ", not finished" : "")
                    + (found.isEncrypted() ? ", encrypted" : "");
        } catch (IOException unsuitable) {
            return "cannot be read";
        }
    }
}
