package dev.shoebox.cli.browse;

import dev.shoebox.backup.Backup;
import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.DateSource;
import dev.shoebox.backup.event.Report;
import dev.shoebox.backup.plan.BackupSelection;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.cli.backup.PassedOverOutput;
import dev.shoebox.cli.configured.ConfiguredArguments;
import dev.shoebox.cli.option.PhoneLibrary;
import dev.shoebox.cli.option.SourceOptions;
import dev.shoebox.cli.run.RecordedRuns;
import dev.shoebox.cli.run.RunHistory;
import dev.shoebox.cli.run.RunRecorder;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.ExitCode;
import dev.shoebox.cli.terminal.TerminalInfo;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.config.Configuration;
import dev.shoebox.config.Table;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.ingest.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.BackupStatus;
import dev.shoebox.history.RunRecord;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.system.Drives;
import dev.shoebox.web.index.Place;
import dev.shoebox.web.saving.PageWork;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What the page has done: backups as {@code shoebox backup} makes them, and the places that they may go to. */
public final class BrowseWork implements PageWork {
    /** Somebody has to find the cable first. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    /** Below these systems mount what people plug in. */
    private static final List<Path> PLUGGED_IN =
            List.of(Path.of("/media"), Path.of("/run/media"), Path.of("/mnt"), Path.of("/Volumes"));

    private final SourceOptions from;
    private final ConfiguredArguments configured;
    private final RecordedRuns remembered;
    private final RunHistory chronicle;
    private final InstantSource clock;
    private final Console silent = new Console(
            new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), TerminalInfo.none());
    private final Quiet said;

    /** Hears what a terminal would show. */
    public interface Quiet {
        void say(String line);
    }

    /** @param said hears what a terminal would show */
    public BrowseWork(
            SourceOptions from,
            ConfiguredArguments configured,
            RecordedRuns remembered,
            RunHistory chronicle,
            InstantSource clock,
            Quiet said) {
        this.from = from;
        this.configured = configured;
        this.remembered = remembered;
        this.chronicle = chronicle;
        this.clock = clock;
        this.said = said;
    }

    /** Where the photos of this person usually go, if that is known and there now. */
    Optional<Path> usual() {
        return backups().stream()
                .map(Place::folder)
                .filter(folder -> Destination.identity(folder).isPresent())
                .findFirst();
    }

    @Override
    public List<Place> places() {
        List<Place> places = new ArrayList<>(backups());
        for (Path top : Drives.mounted()) {
            boolean plugged = PLUGGED_IN.stream().anyMatch(top::startsWith) && Files.isWritable(top);
            if (plugged) {
                places.add(new Place(String.valueOf(top.getFileName()), top, true));
            }
        }
        Path pictures = configured.places().home().resolve("Pictures");
        Path home = Files.isDirectory(pictures) ? pictures : configured.places().home();
        if (Files.isWritable(home)) {
            places.add(new Place(String.valueOf(home.getFileName()), home, true));
        }
        return places;
    }

    /** What the configuration names, and what photos went to before. */
    private List<Place> backups() {
        List<Place> places = new ArrayList<>();
        try {
            Configuration configuration = configured.configuration();
            for (Table table : configuration.destinations()) {
                table.text(Configuration.PATH)
                        .map(configuration::folder)
                        .filter(Files::isDirectory)
                        .ifPresent(folder -> places.add(new Place(table.name(), folder, false)));
            }
        } catch (IOException unreadable) {
            said.say("The configuration was not read: " + unreadable.getMessage());
        }
        remembered.here().stream()
                .filter(run -> run.kind() == RunRecord.Kind.BACKUP)
                .map(run -> Path.of(run.destination()))
                .distinct()
                .filter(folder -> Destination.identity(folder).isPresent())
                .forEach(folder -> places.add(new Place(String.valueOf(folder.getFileName()), folder, false)));
        return places;
    }

    @Override
    public Report save(Path root, Set<String> paths, Consumer<BackupEvent> listener, Consumer<Runnable> stopping)
            throws IOException {
        from.refuseOverlap(root);
        Destination.requireSuitable(root, OpenMode.CREATE_IF_EMPTY);
        var account = new RunRecorder(RunRecord.Kind.BACKUP, root, false, clock);
        AtomicReference<Report> report = new AtomicReference<>();
        try {
            chronicle.of(
                    account,
                    root,
                    () -> {
                        report.set(copy(root, account, paths, listener, stopping));
                        return ended(report.get());
                    },
                    run -> Optional.empty());
        } catch (IOException end) {
            if (report.get() == null) {
                throw end;
            }
        }
        return report.get();
    }

    private Report copy(
            Path root,
            RunRecorder account,
            Set<String> paths,
            Consumer<BackupEvent> listener,
            Consumer<Runnable> stopping)
            throws IOException {
        try (MediaSource source = from.open(BrowsedSource.now(), Scope.USUAL);
                Destination opened = Destination.open(root, OpenMode.CREATE_IF_EMPTY, false, clock, said::say)) {
            Backup.Options options = new Backup.Options(
                    Layout.parse("month"),
                    ZoneId.systemDefault(),
                    RetryPolicy.waiting(from.isPhone() ? LONGEST_WAIT : Duration.ZERO),
                    OptionalLong.empty(),
                    Backup.Verify.DISK,
                    BackupSelection.picked(paths),
                    DateSource.PHOTOS);
            account.opened(source.id(), opened.id());
            BooleanSupplier never = () -> false;
            Backup backup = new Backup(
                    source,
                    opened,
                    (listing, whateverItTakes) ->
                            new PhoneLibrary(configured.places(), silent).read(source, listing, never),
                    options,
                    clock,
                    event -> {
                        account.note(event);
                        listener.accept(event);
                    });
            stopping.accept(backup::stop);
            Report report = backup.run();
            account.reported(report, TextFormat.hyphenated(Backup.Verify.DISK));
            record(opened, source, account, report);
            return report;
        }
    }

    private static ExitCode code(Report report) {
        return report.interrupted()
                ? ExitCode.INTERRUPTED
                : report.ended().map(ExitCode::of).orElseGet(() -> PassedOverOutput.code(report));
    }

    private void record(Destination opened, MediaSource source, RunRecorder account, Report report) {
        ExitCode code = code(report);
        if (code == ExitCode.DESTINATION_LOST) {
            return;
        }
        try {
            opened.recordRun(
                    source.id(),
                    new BackupStatus.Run(
                            account.started(),
                            clock.instant(),
                            ZoneId.systemDefault().getId(),
                            report.copied(),
                            report.duplicates(),
                            report.alreadyBackedUp(),
                            report.left(),
                            report.bytesCopied(),
                            code.number()));
        } catch (DestinationException full) {
            said.say(full.getMessage());
        }
        RunHistory.keep(opened, account.conclude(code.number(), report.ended().map(TextFormat::failure)));
    }

    private static int ended(Report report) throws IOException {
        if (report.ended().isPresent() && !report.interrupted()) {
            throw report.ended().get();
        }
        return code(report).number();
    }

    @Override
    public Optional<String> weekly(Path root) {
        return Optional.of("To have this done every week, type: shoebox config init, then shoebox schedule install");
    }

    @Override
    public void show(Path folder) throws IOException {
        if (!new DesktopBrowser(configured.environment()).open(folder.toString())) {
            throw new IOException("there is no file manager");
        }
    }
}
