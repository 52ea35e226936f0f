package dev.shoebox.cli.files;

import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.option.DeviceOptions;
import dev.shoebox.cli.option.HookOptions;
import dev.shoebox.cli.option.PhoneBackupOption;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.RunEnding;
import dev.shoebox.phonefiles.FileChoice;
import dev.shoebox.phonefiles.FileGroup;
import dev.shoebox.phonefiles.OtherFiles;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.run.BackupRequest;
import dev.shoebox.run.BackupRun;
import dev.shoebox.run.LibraryUse;
import dev.shoebox.run.Surroundings;
import dev.shoebox.run.record.RunHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code shoebox files [DEST]}. */
@Command(
        name = "files",
        header = "Show other files that an iPhone shares over the cable, and back them up: documents of apps, "
                + "books, music, ringtones.",
        description = {
            "",
            "Without a folder, lists apps that share documents, and other files, with number and size. With one,"
                    + " copies them to Files in that backup and verifies them like photos; files that are there"
                    + " already are not copied again. Skips protected purchases and internal files of iOS."
                    + " The cable does not show voice memos since iOS 15, On My iPhone, messages, notes, and"
                    + " documents that apps do not share: use --from with a local backup of the iPhone.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shoebox files",
            "      Show apps with documents, books, music, ringtones and recordings.",
            "  shoebox files ~/Pictures/iPhone",
            "      Back all of them up, to Files beside the photos.",
            "  shoebox files --app Keynote --app org.videolan.vlc-ios ~/Pictures/iPhone",
            "      The documents of two apps.",
            "  shoebox files --kind books,music ~/Pictures/iPhone",
            "  shoebox files --from ~/iMazing.Backups/00008110-000A1B2C ~/Pictures/iPhone",
            "      Everything but photos from a local backup of the iPhone."
        })
public final class FilesCommand implements Callable<Integer> {
    private final InterruptHandler interrupts;
    private final RunHistory history;
    private final Supplier<Surroundings> around;
    private final FilesOutput output;

    @Spec
    private CommandSpec command;

    @Mixin
    private DestinationOption destination;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private PhoneBackupOption from;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            split = ",",
            converter = GroupConverter.class,
            description = "Only documents, recordings, books, music (also audiobooks and films) or ringtones, and "
                    + "with --from also"
                    + " on-my-iphone, messages or notes; may be repeated.")
    private List<FileGroup> kinds = List.of();

    @Option(
            names = "--app",
            paramLabel = "APP",
            description = "Only the documents of this app, by its name or its bundle identifier; may be repeated.")
    private List<String> apps = List.of();

    @Option(
            names = {"-n", "--dry-run"},
            description = "Show which files would be copied to DEST and where to; write nothing.")
    private boolean dryRun;

    @Mixin
    private HookOptions hooking;

    @Mixin
    private final Console console;

    public FilesCommand(
            Console console, InterruptHandler interrupts, RunHistory history, Supplier<Surroundings> around) {
        this.console = console;
        this.interrupts = interrupts;
        this.history = history;
        this.around = around;
        this.output = new FilesOutput(console);
    }

    @Override
    public Integer call() throws IOException {
        Optional<Path> root = destination.said();
        var opener = new FilesOpener(command, choice(), device, isCable() ? null : from);
        if (dryRun && root.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "--dry-run shows what would be copied to a backup: give its folder, or omit --dry-run to list what is"
                            + " on the iPhone.");
        }
        return (root.isPresent() ? backUp(root.get(), opener) : show(opener)).number();
    }

    private FileChoice choice() {
        Set<FileGroup> groups = EnumSet.noneOf(FileGroup.class);
        groups.addAll(kinds);
        if (!apps.isEmpty() && !groups.isEmpty() && !groups.contains(FileGroup.DOCUMENTS)) {
            throw new ParameterException(
                    command.commandLine(),
                    "--app selects the documents of an app, but --kind excludes documents: add documents to --kind.");
        }
        if (groups.isEmpty()) {
            Set<FileGroup> all = isCable() ? FileGroup.ON_CABLE : EnumSet.allOf(FileGroup.class);
            groups.addAll(apps.isEmpty() ? all : EnumSet.of(FileGroup.DOCUMENTS));
        }
        FileChoice choice = new FileChoice(groups, apps);
        if (isCable() && !choice.onlyInBackup().isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "The cable does not show " + String.join(", ", choice.onlyInBackup())
                            + ": a local backup of the iPhone has them. Give its folder with --from.");
        }
        return choice;
    }

    private boolean isCable() {
        return from.said().isEmpty();
    }

    private RunEnding show(FilesOpener opener) throws IOException {
        try (OtherFiles files = opener.files(console.phoneWait())) {
            Listing listing = files.list();
            files.remarks().forEach(console.tellingEvents()::warn);
            return output.listed(files, listing);
        }
    }

    private RunEnding backUp(Path root, FilesOpener opener) throws IOException {
        console.promise(output::summary);
        interrupts.onFirst(() -> {
            console.end(RunEnding.INTERRUPTED.number());
            interrupts.endNow();
        });
        history.tellBy(hooking.ways());
        var attended = console.screen().isUnattended() ? BackupRequest.Attended.NO : BackupRequest.Attended.YES;
        BackupRun run = new BackupRun(request(attended), opener, around.get(), history, output);
        if (dryRun) {
            output.forDryRun();
            return output.planned(run.preview(root, console.phoneWait()));
        }
        interrupts.stopOnFirst(console, run::stop);
        output.onOpened(() -> interrupts.finishOnFirst(console, run::stop));
        return run.byHand(root, console.phoneWait());
    }

    private BackupRequest request(BackupRequest.Attended attended) {
        return new BackupRequest(
                FilesAfterPhotos.options(attended),
                LibraryUse.OPTIONAL,
                new BackupRequest.Begun(OpenMode.CREATE_IF_EMPTY, BackupRequest.Access.OWNER),
                hooking.copies(),
                hooking.commands(),
                attended,
                hooking.alarmAfter());
    }

    private static final class GroupConverter implements ITypeConverter<FileGroup> {
        @Override
        public FileGroup convert(String text) {
            return Arrays.stream(FileGroup.values())
                    .filter(group -> group.word().equals(text))
                    .findAny()
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is not one of "
                            + Arrays.stream(FileGroup.values())
                                    .map(FileGroup::word)
                                    .collect(Collectors.joining(", "))));
        }
    }
}
