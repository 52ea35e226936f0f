package dev.shoebox.cli.backup;

import dev.shoebox.backup.Backup;
import dev.shoebox.backup.event.BackupEvent;
import dev.shoebox.backup.event.FingerprintUse;
import dev.shoebox.backup.event.Report;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.cli.option.ContentOptions;
import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.option.DurationConverter;
import dev.shoebox.cli.option.FilterOptions;
import dev.shoebox.cli.option.HookOptions;
import dev.shoebox.cli.option.PhoneLibrary;
import dev.shoebox.cli.option.PhoneWait;
import dev.shoebox.cli.option.RateConverter;
import dev.shoebox.cli.option.ScheduledOptions;
import dev.shoebox.cli.option.SourceOptions;
import dev.shoebox.cli.option.ZoneConverter;
import dev.shoebox.cli.run.Hooks;
import dev.shoebox.cli.run.Preconditions;
import dev.shoebox.cli.run.RunHistory;
import dev.shoebox.cli.run.RunRecorder;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.ExitCode;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.ingest.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.BackupStatus;
import dev.shoebox.history.RunRecord;
import dev.shoebox.photos.Library;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.source.Listing;
import dev.shoebox.photos.source.MediaSource;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.schedule.NothingToDoNow;
import dev.shoebox.system.AppDirectories;
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
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code shoebox backup DEST}. */
@Command(
        name = "backup",
        header = "Copy every photo and video that is not yet in the backup, and prove each copy.",
        description = {
            "",
            "Nothing on the iPhone is changed, and nothing in the backup is replaced or deleted. A run may be stopped at"
                    + " any time; the next one goes on.",
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
    private static final Duration WAIT_FOR_A_PERSON = Duration.ofMinutes(2);
    private static final Duration WAIT_UNATTENDED = Duration.ofMinutes(10);

    private final InterruptHandler interrupts;
    private final InstantSource clock;
    private final AppDirectories places;
    private final AtomicBoolean stopping = new AtomicBoolean();

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

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            defaultValue = "month",
            converter = LayoutConverter.class,
            description = "Folders for new photos: day, month, year, flat, or a template"
                    + " of date parts (%%Y %%m %%d ...) and {device} {type}"
                    + " {camera.model} {original_name} {album}, with a default as in"
                    + " {camera.model,unknown}. Default: month (%%Y/%%m).")
    private Layout layout;

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            converter = ZoneConverter.class,
            description = "Where videos were taken that tell only the universal time,"
                    + " such as Europe/Berlin. Default: the computer's own.")
    private ZoneId zone = ZoneId.systemDefault();

    @Option(
            names = "--wait-for-phone",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "How long to wait for an iPhone that is unplugged or locks itself on the way: 30s, 10m, 1h, or 0."
                            + " Default: 2m, or 10m with SHOEBOX_UNATTENDED=1.")
    private Optional<Duration> waitForPhone = Optional.empty();

    @Option(
            names = "--verify",
            paramLabel = "LEVEL",
            defaultValue = "auto",
            converter = VerifyConverter.class,
            description = "device: read every file from the iPhone twice and compare, which"
                    + " takes twice as long. phone: have the iPhone hash every file itself,"
                    + " where it does. disk: read every copy back from the disk."
                    + " auto (the default): what Photos' fingerprints and the iPhone's own hashes"
                    + " do not prove, a sample of both, and whatever came in an"
                    + " odd way; on drives that can be unplugged, every copy.")
    private Backup.Verify verify;

    @Option(
            names = "--fingerprints",
            paramLabel = "USE",
            defaultValue = "auto",
            converter = FingerprintsConverter.class,
            description = "What to do with the fingerprints that Photos keeps of its files."
                    + " auto (the default): compare them, and do not read what the backup has"
                    + " already by them, but for a sample. check: compare them and read everything,"
                    + " also what was known by them before. off: do not look at them.")
    private FingerprintUse fingerprints;

    @Option(
            names = "--limit-rate",
            paramLabel = "RATE",
            converter = RateConverter.class,
            description = "Read no more than this in a second: 10M, 500K, or a number"
                    + " of bytes. Default: as fast as the cable.")
    private Optional<Long> bytesPerSecond = Optional.empty();

    @Option(
            names = {"-n", "--dry-run"},
            description = "Show what would be copied and where to; write nothing.")
    private boolean dryRun;

    @Option(names = "--init", description = "Start a backup in a folder that already holds other things.")
    private boolean initialise;

    @Option(names = "--require-existing", description = "Never start a new backup: for a drive that may be unplugged.")
    private boolean requireExisting;

    @Option(
            names = "--shared",
            description = "Let everybody on this computer read a backup that is first made. Default: only you.")
    private boolean shared;

    @Mixin
    private HookOptions hooking;

    @Mixin
    private final Console console;

    private final BackupOutput output;
    private final RunHistory chronicle;
    private final Function<ScheduledOptions, Preconditions> gates;
    /** @param gates what a scheduled backup has to pass */
    public BackupCommand(
            Console console,
            InterruptHandler interrupts,
            InstantSource clock,
            RunHistory chronicle,
            AppDirectories places,
            Function<ScheduledOptions, Preconditions> gates) {
        this.places = places;
        this.console = console;
        this.interrupts = interrupts;
        this.clock = clock;
        this.output = new BackupOutput(console);
        this.chronicle = chronicle;
        this.gates = gates;
    }

    @Override
    public Integer call() throws IOException {
        promiseSummary();
        interrupts.onFirst(() -> {
            console.end(ExitCode.INTERRUPTED.number());
            interrupts.endNow();
        });
        if (!scheduling.isScheduled()) {
            return run(destination.path(), Optional.empty());
        }
        if (initialise) {
            throw refused("--init starts a backup, and a scheduled one never does: leave one of them out.");
        }
        chronicle.keepLog();
        Optional<Path> said = destination.said().or(scheduling::path);
        try (Preconditions passed = gates.apply(scheduling)) {
            Path root;
            try {
                root = passed.destination(said);
            } catch (NothingToDoNow notNow) {
                return inVain(passed.named(said), notNow);
            }
            return run(root, Optional.of(passed));
        }
    }

    private int run(Path root, Optional<Preconditions> passed) throws IOException {
        if (initialise && requireExisting) {
            throw refused("--init starts a backup and --require-existing forbids to: choose one.");
        }
        if (verify == Backup.Verify.DEVICE && !from.isPhone()) {
            throw refused("--verify device reads an iPhone twice, and --from is none: leave one of them out.");
        }
        if (verify == Backup.Verify.PHONE && !from.isPhone()) {
            throw refused("--verify phone has an iPhone hash its files, and --from is none: leave one of them out.");
        }
        from.refuseOverlap(root);
        Hooks hooks = new Hooks(hooking, console);
        hooks.requireTrusted();
        RunRecorder account = account(root);
        if (account.isScheduled()) {
            chronicle.keepLog();
        }
        RunHistory.Work work = () -> {
            if (!dryRun && passed.isEmpty()) {
                hooks.before(root, account.isScheduled());
            }
            return copy(root, account, passed, hooks);
        };
        RunHistory.Work gated = () -> passed.isPresent() ? passed.get().through(work) : work.run();
        return dryRun ? gated.run() : chronicle.of(account, root, gated, hooks::after);
    }

    /** A start that found no backup to work on is one of those that people want to know of later. */
    private int inVain(Path named, NothingToDoNow why) throws IOException {
        if (dryRun) {
            throw why;
        }
        RunHistory.Work none = () -> {
            throw why;
        };
        return chronicle.of(account(named), named, none, run -> Optional.empty());
    }

    private RunRecorder account(Path root) {
        var account = new RunRecorder(RunRecord.Kind.BACKUP, root, isUnattended(), clock);
        account.alarmAfter(hooking.alarmAfter());
        return account;
    }

    private boolean isUnattended() {
        return scheduling.isScheduled() || console.screen().isUnattended();
    }

    private OpenMode opening() {
        if (requireExisting || scheduling.isScheduled()) {
            return OpenMode.REQUIRE_EXISTING;
        }
        return initialise ? OpenMode.INITIALISE : OpenMode.CREATE_IF_EMPTY;
    }

    private int copy(Path root, RunRecorder account, Optional<Preconditions> passed, Hooks hooks) throws IOException {
        OpenMode opening = opening();
        // Looked at before the phone is asked for: a wrong folder should not cost two minutes of waiting.
        Destination.requireSuitable(root, opening);
        AssetFilter choice = choosing.choice(clock.instant(), zone);
        Scope scope = wanting.scope(choosing.scope());
        PhoneWait asking = passed.map(Preconditions::asking).orElseGet(() -> PhoneWait.of(console));
        from.forgotten().ifPresent(console::warn);
        try (MediaSource source = checked(root, from.open(asking, scope));
                Destination opened = open(root, opening, source.id(), passed, hooks);
                BackupOutput shown = output.starting(source.id(), root, dryRun)) {
            OptionalLong limit = bytesPerSecond.map(OptionalLong::of).orElse(OptionalLong.empty());
            Backup.Options options = new Backup.Options(
                    layout,
                    zone,
                    persistence(),
                    limit,
                    verify,
                    wanting.wanted(choice, scope),
                    choosing.dates(),
                    fingerprints);
            account.opened(source.id(), opened.id());
            Consumer<BackupEvent> listener = event -> {
                account.note(event);
                shown.accept(event);
            };
            Backup backup = new Backup(
                    source,
                    opened,
                    (listing, whateverItTakes) -> library(source, listing, whateverItTakes),
                    options,
                    clock,
                    listener);
            if (dryRun) {
                return shown.planned(backup.preview()).number();
            }
            interrupts.onFirst(() -> {
                console.say("Finishing what is on its way. Press Ctrl-C again to stop at once.");
                stopping.set(true);
                backup.stop();
            });
            Report report = backup.run();
            shown.finished(report, opened.damaged());
            if (scheduling.isScheduled()) {
                shown.brief(report, clock.instant());
            }
            account.reported(report, TextFormat.hyphenated(verify));
            if (from.isPhone() && report.ended().isEmpty()) {
                chronicle.icloud(source, places, stopping::get, account);
            }
            return conclude(opened, source.id(), account, report).number();
        }
    }

    /** What is asked for and cannot be there is refused before a backup is made that nothing would go into. */
    private MediaSource checked(Path root, MediaSource source) throws IOException {
        try {
            if (choosing.needsLibrary().isPresent()
                    && !dryRun
                    && Destination.identity(root).isEmpty()) {
                library(source, source.list(), false);
            }
            return source;
        } catch (IOException | RuntimeException refused) {
            source.close();
            throw refused;
        }
    }

    /** Behind gates the person's own command waits until the last of them is passed. */
    private Destination open(Path root, OpenMode opening, SourceId source, Optional<Preconditions> passed, Hooks hooks)
            throws IOException {
        if (passed.isPresent()) {
            passed.get().requireReady(source, root);
            if (!dryRun) {
                hooks.before(root, true);
            }
        }
        return dryRun ? Destination.view(root, opening) : Destination.open(root, opening, shared, clock, console::say);
    }

    private Optional<Library> library(MediaSource source, Listing listing, boolean whateverItTakes) {
        var phone = new PhoneLibrary(places, console);
        Optional<Library> library = whateverItTakes || choosing.needsLibrary().isPresent()
                ? phone.read(source, listing, stopping::get)
                : phone.readIfQuick(source, stopping::get);
        choosing.check(library);
        if (whateverItTakes && library.isEmpty() && choosing.isRoughWithoutLibrary()) {
            console.say(FilterOptions.ROUGH);
        }
        return library;
    }

    /** A folder or archive that fails does not come back by waiting. */
    private RetryPolicy persistence() {
        Duration usual = isUnattended() ? WAIT_UNATTENDED : WAIT_FOR_A_PERSON;
        return RetryPolicy.waiting(from.isPhone() ? waitForPhone.orElse(usual) : Duration.ZERO);
    }

    /** Leaves a note of the run for {@code status}, however it ended, unless there is nothing left to write to. */
    private ExitCode conclude(Destination opened, SourceId source, RunRecorder account, Report report)
            throws IOException {
        ExitCode code = report.interrupted()
                ? ExitCode.INTERRUPTED
                : report.ended().map(ExitCode::of).orElseGet(() -> PassedOverOutput.code(report));
        if (code != ExitCode.DESTINATION_LOST) {
            var run = new BackupStatus.Run(
                    account.started(),
                    clock.instant(),
                    zone.getId(),
                    report.copied(),
                    report.duplicates(),
                    report.alreadyBackedUp(),
                    report.left(),
                    report.bytesCopied(),
                    code.number());
            try {
                opened.recordRun(source, run);
            } catch (DestinationException unrecorded) {
                // A full disk takes no note either: why the run ended is what the person must hear.
                if (report.ended().isEmpty()) {
                    throw unrecorded;
                }
            }
            RunHistory.keep(
                    opened, account.conclude(code.number(), report.ended().map(TextFormat::failure)));
        }
        if (report.ended().isPresent() && !report.interrupted()) {
            throw report.ended().get();
        }
        return code;
    }

    /** With {@code --json} the last line is a summary, however the command ends. */
    public void promiseSummary() {
        console.promise(output::summary);
    }

    private ParameterException refused(String why) {
        return new ParameterException(command.commandLine(), why);
    }

    private static final class VerifyConverter implements ITypeConverter<Backup.Verify> {
        @Override
        public Backup.Verify convert(String text) {
            return Arrays.stream(Backup.Verify.values())
                    .filter(level -> TextFormat.hyphenated(level).equals(text))
                    .findAny()
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is not one of "
                            + Arrays.stream(Backup.Verify.values())
                                    .map(TextFormat::hyphenated)
                                    .collect(Collectors.joining(", "))));
        }
    }

    private static final class FingerprintsConverter implements ITypeConverter<FingerprintUse> {
        @Override
        public FingerprintUse convert(String text) {
            return Arrays.stream(FingerprintUse.values())
                    .filter(use -> TextFormat.hyphenated(use).equals(text))
                    .findAny()
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is not one of "
                            + Arrays.stream(FingerprintUse.values())
                                    .map(TextFormat::hyphenated)
                                    .collect(Collectors.joining(", "))));
        }
    }

    private static final class LayoutConverter implements ITypeConverter<Layout> {
        @Override
        public Layout convert(String text) {
            try {
                return Layout.parse(text);
            } catch (IllegalArgumentException unknown) {
                throw new TypeConversionException(unknown.getMessage());
            }
        }
    }
}
