package dev.shoebox.cli.browse;

import dev.shoebox.backup.Backup;
import dev.shoebox.backup.event.BackupResult;
import dev.shoebox.backup.event.DateSource;
import dev.shoebox.backup.plan.BackupSelection;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.cli.configured.ConfiguredArguments;
import dev.shoebox.cli.configured.ConfiguredCopies;
import dev.shoebox.cli.option.SourceOptions;
import dev.shoebox.config.Configuration;
import dev.shoebox.config.Profile;
import dev.shoebox.config.Table;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.HtmlReport;
import dev.shoebox.history.RunRecord;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.BackupRequest;
import dev.shoebox.run.BackupRun;
import dev.shoebox.run.LibraryUse;
import dev.shoebox.run.Surroundings;
import dev.shoebox.run.hook.HookCommands;
import dev.shoebox.run.record.RecordedRuns;
import dev.shoebox.run.record.RunHistory;
import dev.shoebox.run.record.RunRecorder;
import dev.shoebox.system.Drives;
import dev.shoebox.web.index.Place;
import dev.shoebox.web.saving.PageWork;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The operations that the page can request: backups as {@code shoebox backup} makes them, and the possible
 * destinations.
 */
public final class BrowseWork implements PageWork {
    /** Somebody has to find the cable first. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    /** Where systems mount removable media. */
    private static final List<Path> PLUGGED_IN =
            List.of(Path.of("/media"), Path.of("/run/media"), Path.of("/mnt"), Path.of("/Volumes"));

    private final SourceOptions from;
    private final ConfiguredArguments configured;
    private final RecordedRuns remembered;
    private final RunHistory history;
    private final Surroundings around;
    private final Quiet said;
    private final Installer installer;

    /** Runs other commands. */
    public interface Installer {
        /**
         * Runs a command without interaction.
         *
         * @return its output
         * @throws IOException with its output, if it failed
         */
        String run(String... words) throws IOException;
    }

    /** Receives what a terminal would show. */
    public interface Quiet {
        void say(String line);
    }

    /** @param said receives what a terminal would show */
    public BrowseWork(
            SourceOptions from,
            ConfiguredArguments configured,
            RecordedRuns remembered,
            RunHistory history,
            Surroundings around,
            Quiet said,
            Installer installer) {
        this.installer = installer;
        this.from = from;
        this.configured = configured;
        this.remembered = remembered;
        this.history = history;
        this.around = around;
        this.said = said;
    }

    /** Returns the user's usual destination, if it is known and present. */
    Optional<Path> usual() {
        return backups().stream()
                .map(Place::folder)
                .filter(folder -> DestinationFolder.identity(folder).isPresent())
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

    /** Returns the configured destinations and those of earlier runs. */
    private List<Place> backups() {
        List<Place> places = new ArrayList<>();
        try {
            Configuration configuration = configuration();
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
                .filter(folder -> DestinationFolder.identity(folder).isPresent())
                .forEach(folder -> places.add(new Place(String.valueOf(folder.getFileName()), folder, false)));
        return places;
    }

    @Override
    public List<SecondCopy> copies(Path root) {
        try {
            return known().of(root);
        } catch (IOException unreadable) {
            said.say("The configuration was not read: " + unreadable.getMessage());
            return List.of();
        }
    }

    private KnownCopies known() {
        return new KnownCopies(new ConfiguredCopies(configured), remembered);
    }

    /** Returns the second copies to fill. A configuration that cannot be read does not keep photos from being saved. */
    private List<Path> filled(Path root) {
        try {
            return known().filled(root);
        } catch (IOException unreadable) {
            said.say("Second copies are not filled: " + unreadable.getMessage());
            return List.of();
        }
    }

    @Override
    public Saved save(Path root, SourceId source, Set<String> paths, SaveListener listener, Consumer<Runnable> stopping)
            throws IOException {
        List<Path> filled = filled(root);
        BackupRequest request = new BackupRequest(
                new Backup.Options(
                        Layout.parse("month"),
                        ZoneId.systemDefault(),
                        RetryPolicy.waiting(from.isPhone() ? LONGEST_WAIT : Duration.ZERO),
                        OptionalLong.empty(),
                        Backup.Verify.DISK,
                        BackupSelection.picked(paths),
                        DateSource.PHOTOS),
                LibraryUse.OPTIONAL,
                new BackupRequest.Begun(OpenMode.CREATE_IF_EMPTY, BackupRequest.Access.OWNER),
                filled,
                HookCommands.NONE,
                BackupRequest.Attended.YES,
                RunRecorder.USUAL_ALARM);
        HeardRun heard = new HeardRun(listener, said, !filled.isEmpty());
        BackupRun run = new BackupRun(request, from.only(source), around, history, heard);
        stopping.accept(run::stop);
        try {
            run.byHand(root, BrowsedSource.now());
        } catch (IOException end) {
            // The result says why copying ended, but not what failed afterwards.
            if (heard.result().flatMap(BackupResult::ended).isEmpty()) {
                throw end;
            }
        }
        return heard.saved();
    }

    @Override
    public Optional<String> report(Path root) {
        return remembered.here().stream()
                .filter(run -> run.kind() == RunRecord.Kind.BACKUP
                        && Path.of(run.destination()).equals(root))
                .findFirst()
                .map(run -> HtmlReport.of(run, ZoneId.systemDefault()));
    }

    @Override
    public boolean canBeWeekly(Path root) {
        return from.isPhone();
    }

    @Override
    public String weekly(Path root, SourceId phone) throws IOException {
        Optional<Profile> profile = profile(root);
        if (profile.isEmpty()) {
            installer.run("config", "init", "--phone", phone.id(), "--dest", root.toString(), "--schedule", "weekly");
            profile = profile(root);
        }
        String name = profile.map(Profile::name)
                .orElseThrow(() -> new IOException("The configuration does not name " + root + "."));
        return installer.run("schedule", "install", "--weekly", name);
    }

    /** Read again, because it may have changed since the page was opened. */
    private Configuration configuration() throws IOException {
        return Configuration.read(configured.places(), configured.vocabulary());
    }

    /** A schedule needs a configured phone and destination. */
    private Optional<Profile> profile(Path root) {
        try {
            return configuration().profiles().stream()
                    .filter(profile -> profile.path().equals(root))
                    .findFirst();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public void show(Path folder) throws IOException {
        if (!new DesktopBrowser(configured.environment()).open(folder.toString())) {
            throw new IOException("no file manager was found");
        }
    }
}
