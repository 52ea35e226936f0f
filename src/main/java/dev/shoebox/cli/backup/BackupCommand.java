package dev.shoebox.cli.backup;

import dev.shoebox.backup.Backup;
import dev.shoebox.backup.event.FingerprintUse;
import dev.shoebox.backup.transfer.RetryPolicy;
import dev.shoebox.cli.option.ContentOptions;
import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.option.DurationConverter;
import dev.shoebox.cli.option.FilterOptions;
import dev.shoebox.cli.option.HookOptions;
import dev.shoebox.cli.option.RateConverter;
import dev.shoebox.cli.option.ScheduledOptions;
import dev.shoebox.cli.option.SourceOptions;
import dev.shoebox.cli.option.ZoneConverter;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.destination.ingest.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.RunEnding;
import dev.shoebox.photos.choice.AssetFilter;
import dev.shoebox.photos.source.Scope;
import dev.shoebox.run.BackupProfiles;
import dev.shoebox.run.BackupRequest;
import dev.shoebox.run.BackupRun;
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
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
    private final RunHistory history;
    private final BackupProfiles profiles;
    private final Supplier<Surroundings> around;

    /** @param around the computer that a run meets */
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
        interrupts.onFirst(() -> {
            console.end(RunEnding.INTERRUPTED.number());
            interrupts.endNow();
        });
        refuseContradictions();
        Surroundings here = around.get();
        BackupRun run = new BackupRun(request(here), from, here, history, output);
        return (dryRun ? preview(run) : scheduling.isScheduled() ? scheduled(run, here) : byHand(run, here)).number();
    }

    private void refuseContradictions() {
        if (initialise && scheduling.isScheduled()) {
            throw refused("--init starts a backup, and a scheduled one never does: leave one of them out.");
        }
        if (initialise && requireExisting) {
            throw refused("--init starts a backup and --require-existing forbids to: choose one.");
        }
        if (verify == Backup.Verify.DEVICE && !from.isPhone()) {
            throw refused("--verify device reads an iPhone twice, and --from is none: leave one of them out.");
        }
        if (verify == Backup.Verify.PHONE && !from.isPhone()) {
            throw refused("--verify phone has an iPhone hash its files, and --from is none: leave one of them out.");
        }
    }

    private RunEnding preview(BackupRun run) throws IOException {
        output.forDryRun();
        Path root = scheduling.isScheduled()
                ? named().orElse(profiles.profile(scheduling.profile()).path())
                : destination.path();
        return output.planned(run.preview(root, console.phoneWait()));
    }

    private RunEnding scheduled(BackupRun run, Surroundings here) throws IOException {
        keepLog(here);
        stopOnInterrupt(run);
        output.withBrief(here.clock());
        return run.scheduled(scheduling.conditions(), profiles, named());
    }

    private RunEnding byHand(BackupRun run, Surroundings here) throws IOException {
        if (isUnattended()) {
            keepLog(here);
        }
        from.forgotten().ifPresent(console::warn);
        stopOnInterrupt(run);
        return run.byHand(destination.path(), console.phoneWait());
    }

    private void keepLog(Surroundings here) throws IOException {
        history.requireOwnState();
        console.keepLog(here.places().state(), here.clock());
    }

    private void stopOnInterrupt(BackupRun run) {
        output.onOpened(() -> interrupts.onFirst(() -> {
            console.say("Finishing what is on its way. Press Ctrl-C again to stop at once.");
            run.stop();
        }));
    }

    /** The folder, where the configuration does not name it. */
    private Optional<Path> named() {
        return destination.said().or(scheduling::path);
    }

    private boolean isUnattended() {
        return scheduling.isScheduled() || console.screen().isUnattended();
    }

    private BackupRequest request(Surroundings here) {
        Scope scope = wanting.scope(choosing.scope());
        AssetFilter choice = choosing.choice(here.clock().instant(), zone);
        from.looking(scope);
        return new BackupRequest(
                new Backup.Options(
                        layout,
                        zone,
                        retries(),
                        bytesPerSecond.map(OptionalLong::of).orElse(OptionalLong.empty()),
                        verify,
                        wanting.wanted(choice, scope),
                        choosing.dates(),
                        fingerprints),
                choosing,
                opening(),
                shared ? BackupRequest.Access.EVERYBODY : BackupRequest.Access.OWNER,
                hooking.commands(),
                isUnattended() ? BackupRequest.Attended.NO : BackupRequest.Attended.YES,
                hooking.alarmAfter());
    }

    private OpenMode opening() {
        if (requireExisting || scheduling.isScheduled()) {
            return OpenMode.REQUIRE_EXISTING;
        }
        return initialise ? OpenMode.INITIALISE : OpenMode.CREATE_IF_EMPTY;
    }

    private RetryPolicy retries() {
        Duration usual = isUnattended() ? WAIT_UNATTENDED : WAIT_FOR_A_PERSON;
        return RetryPolicy.waiting(from.isPhone() ? waitForPhone.orElse(usual) : Duration.ZERO);
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
