package dev.shoebox.cli;

import dev.shoebox.cli.backup.BackupCommand;
import dev.shoebox.cli.browse.BrowseCommand;
import dev.shoebox.cli.browse.BrowseWork;
import dev.shoebox.cli.configured.ConfiguredArguments;
import dev.shoebox.cli.export.ExportCommand;
import dev.shoebox.cli.files.FilesCommand;
import dev.shoebox.cli.find.FindCommand;
import dev.shoebox.cli.keep.AdoptCommand;
import dev.shoebox.cli.keep.AlbumsCommand;
import dev.shoebox.cli.keep.ForgetCommand;
import dev.shoebox.cli.keep.HistoryCommand;
import dev.shoebox.cli.keep.RebuildCommand;
import dev.shoebox.cli.keep.ReconcileCommand;
import dev.shoebox.cli.keep.RepairCommand;
import dev.shoebox.cli.keep.ReportCommand;
import dev.shoebox.cli.keep.StatusCommand;
import dev.shoebox.cli.keep.UnlockCommand;
import dev.shoebox.cli.keep.VerifyCommand;
import dev.shoebox.cli.keep.WhyCommand;
import dev.shoebox.cli.merge.MergeCommand;
import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.option.SourceOptions;
import dev.shoebox.cli.phone.CoverageCommand;
import dev.shoebox.cli.phone.DevicesCommand;
import dev.shoebox.cli.phone.DoctorCommand;
import dev.shoebox.cli.phone.ICloudCommand;
import dev.shoebox.cli.phone.ListCommand;
import dev.shoebox.cli.phone.PairCommand;
import dev.shoebox.cli.phone.SafeToRemoveCommand;
import dev.shoebox.cli.setup.ConfigCommand;
import dev.shoebox.cli.setup.NotifyCommand;
import dev.shoebox.cli.setup.ScheduleCommand;
import dev.shoebox.cli.setup.Schedulers;
import dev.shoebox.cli.setup.SimulateCommand;
import dev.shoebox.cli.setup.WatchCommand;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.cli.terminal.TerminalInfo;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.device.Phones;
import dev.shoebox.history.RunEnding;
import dev.shoebox.run.Surroundings;
import dev.shoebox.run.alert.AlertWays;
import dev.shoebox.run.alert.Alerts;
import dev.shoebox.run.record.Alarms;
import dev.shoebox.run.record.DesktopNotices;
import dev.shoebox.run.record.Failures;
import dev.shoebox.run.record.Notices;
import dev.shoebox.run.record.RecordedRuns;
import dev.shoebox.run.record.RunHistory;
import dev.shoebox.system.AppDirectories;
import dev.shoebox.system.ExhaustedException;
import dev.shoebox.system.OperatingSystem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The {@code shoebox} command: connects the rooms, runs a command, and reports how it ended. */
@Command(
        name = "shoebox",
        versionProvider = Version.class,
        header = "Back up an iPhone's photos over USB to a disk you own, and prove the copy.",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "",
            "First time? Connect the iPhone with its cable, unlock it, and type",
            "",
            "  shoebox backup ~/Pictures/iPhone",
            "",
            "The iPhone asks whether to trust this computer: tap Trust and enter the passcode. Repeat the command"
                    + " whenever you like; only what is new is copied. Nothing on the iPhone is ever changed.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        footer = {"", "'shoebox COMMAND --help' explains a command. Exit codes: docs/exit-codes.md."})
public final class Shoebox {
    /** In the order of the help. */
    private static final List<String> COMMANDS = List.of(
            "backup",
            "files",
            "browse",
            "verify",
            "repair",
            "adopt",
            "reconcile",
            "forget",
            "status",
            "coverage",
            "icloud",
            "watch",
            "history",
            "report",
            "doctor",
            "config",
            "schedule",
            "notify",
            "merge",
            "rebuild",
            "unlock",
            "devices",
            "pair",
            "list",
            "find",
            "why",
            "safe-to-remove",
            "albums",
            "export",
            "simulate",
            "restore",
            "completion");

    private static final Set<String> VERSION = Set.of("--version", "-V");

    private final Console console;
    private final InterruptHandler interrupts;
    private final InstantSource clock;
    private final ConfiguredArguments configured;
    private final CommandErrors errors;
    private final Supplier<Surroundings> around;

    /**
     * @param environment the variables of the process, which locate its configuration and set options of {@code backup}
     */
    public Shoebox(Console console, InterruptHandler interrupts, InstantSource clock, Map<String, String> environment) {
        this(
                console,
                interrupts,
                clock,
                environment,
                () -> Surroundings.here(clock, desktop(environment), environment));
    }

    private static Notices desktop(Map<String, String> environment) {
        return new DesktopNotices(environment, System.getProperty("os.name", ""));
    }

    /** @param around the surroundings that a scheduled backup checks before it starts */
    public Shoebox(
            Console console,
            InterruptHandler interrupts,
            InstantSource clock,
            Map<String, String> environment,
            Supplier<Surroundings> around) {
        Failures.prepare();
        this.around = around;
        this.console = console;
        this.interrupts = interrupts;
        this.clock = clock;
        this.errors = new CommandErrors(console, clock);
        DestinationFolder.keepComputerIn(AppDirectories.of(environment).state());
        this.configured = new ConfiguredArguments(environment, AppDirectories.of(environment), this::backupToAskFor);
        Phones.lookIn(environment, configured::transport);
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        ExhaustedException.prepare();
        System.exit(Invocation.ofProcess(System.getenv(), arguments).run(System.out, System.err));
    }

    /** @return the exit code */
    public int run(String... arguments) {
        if (arguments.length == 1 && VERSION.contains(arguments[0])) {
            // Building the command line model would take longer than everything else here.
            console.out().println(Version.text());
            console.end(RunEnding.DONE.number());
            return RunEnding.DONE.number();
        }
        int code;
        try {
            String[] words = SourceOptions.spread(arguments);
            code = execute(commandLine(words), words);
        } catch (VirtualMachineError | LinkageError broken) {
            code = errors.failed(
                    ExhaustedException.now(broken).<Throwable>map(why -> why).orElse(broken));
        }
        console.end(code);
        return code;
    }

    private int execute(CommandLine line, String... arguments) {
        String[] words = arguments;
        if (arguments.length > 0 && arguments[0].equals("backup")) {
            try {
                words = configured.complete(line, arguments);
            } catch (ParameterException wrong) {
                return errors.misused(wrong, arguments);
            } catch (IOException unusable) {
                errors.unparsed(line.getSubcommands().get(arguments[0]), arguments);
                return errors.failed(unusable);
            }
        }
        return line.execute(words);
    }

    /**
     * Creates a {@code backup} command for inspecting its options. It must not share the console, which has options as
     * well.
     */
    private CommandLine backupToAskFor() {
        Console silent = new Console(
                new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), console.screen());
        CommandLine backup = new CommandLine(new BackupCommand(silent, interrupts, history(), configured, around));
        equip(backup);
        return backup;
    }

    /**
     * Creates the command with its subcommands. Building the model of each takes time, so if one is named, only that is
     * created.
     */
    CommandLine commandLine(String... arguments) {
        List<String> needed = needed(arguments);
        CommandLine line = new CommandLine(this);
        for (String name : needed) {
            line.addSubcommand(command(name));
        }
        equip(line);
        if (needed == COMMANDS) {
            line.addSubcommand(new CommandLine.HelpCommand());
        }
        line.setOut(console.out());
        line.setErr(console.err());
        line.setParameterExceptionHandler(errors::misused);
        line.setExecutionExceptionHandler((failure, command, parsed) -> errors.failed(failure));
        return line;
    }

    private static List<String> needed(String... arguments) {
        if (arguments.length > 0 && COMMANDS.contains(arguments[0])) {
            return List.of(arguments[0]);
        }
        return COMMANDS;
    }

    private Object command(String name) {
        return switch (name) {
            case "backup" -> new BackupCommand(console, interrupts, history(), configured, around);
            case "files" -> new FilesCommand(console, interrupts, history(), around);
            case "browse" ->
                new BrowseCommand(
                        console,
                        interrupts,
                        clock,
                        configured,
                        (from, said) -> new BrowseWork(
                                from, configured, remembered(), history(), around.get(), said, this::within));
            case "verify" ->
                new VerifyCommand(
                        console,
                        interrupts,
                        clock,
                        history(),
                        configured.places().state());
            case "status" -> new StatusCommand(console, configured, clock);
            case "watch" -> new WatchCommand(console, interrupts, clock, configured, history());
            case "history" -> new HistoryCommand(console, remembered());
            case "report" -> new ReportCommand(console, remembered());
            case "coverage" -> new CoverageCommand(console, configured.places(), clock);
            case "icloud" -> new ICloudCommand(console, configured.places(), clock, untilInterrupted());
            case "repair" -> new RepairCommand(console, configured.places(), clock);
            case "forget" -> new ForgetCommand(console, clock, configured::destination);
            case "adopt" -> new AdoptCommand(console, interrupts, configured.places(), clock);
            case "reconcile" -> new ReconcileCommand(console, clock);
            case "doctor" -> doctor();
            case "config" -> ConfigCommand.with(console, configured, clock);
            case "schedule" -> ScheduleCommand.with(console, configured);
            case "notify" -> new NotifyCommand(console, alerts());
            case "merge" -> new MergeCommand(console, interrupts, clock, configured::destination);
            case "rebuild" -> new RebuildCommand(console, clock);
            case "unlock" -> new UnlockCommand(console);
            case "devices" -> new DevicesCommand(console);
            case "pair" -> new PairCommand(console);
            case "list" -> new ListCommand(console, configured.places(), clock);
            case "safe-to-remove" -> new SafeToRemoveCommand(console, configured.places(), clock);
            case "albums" -> new AlbumsCommand(console, clock);
            case "find" -> new FindCommand(console);
            case "export" -> new ExportCommand(console, interrupts, clock, configured.environment());
            case "why" -> new WhyCommand(console, clock);
            case "simulate" -> new SimulateCommand(console, interrupts);
            case "restore" -> new RestoreCommand(console);
            case "completion" -> new CompletionCommand(console, () -> commandLine());
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Waits until time passes or somebody presses Ctrl-C. */
    private ICloudCommand.Waits untilInterrupted() {
        CountDownLatch stopped = new CountDownLatch(1);
        return time -> {
            interrupts.onFirst(stopped::countDown);
            try {
                return !stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return false;
            }
        };
    }

    /** Runs a command inside this one and returns its output. */
    private String within(String... words) throws IOException {
        StringWriter said = new StringWriter();
        Console quiet = new Console(new PrintWriter(said), new PrintWriter(said), TerminalInfo.none());
        Shoebox inner = new Shoebox(quiet, interrupts, clock, configured.environment(), around);
        int code = inner.run(words);
        if (code != 0) {
            throw new IOException(said.toString().strip());
        }
        return said.toString().strip();
    }

    private DoctorCommand doctor() {
        Path state = configured.places().state();
        return new DoctorCommand(
                console,
                clock,
                remembered(),
                new DoctorCommand.Own(configured::configuration, state, () -> new Schedulers(configured)
                        .installation()
                        .entries()
                        .size()));
    }

    private RecordedRuns remembered() {
        return new RecordedRuns(configured.places().state(), clock, console::warn);
    }

    /** Returns the desktop notifications and the other configured ways. */
    private Alerts alerts() {
        Map<String, String> environment = configured.environment();
        return new Alerts(
                (title, text) -> around.get().notices().tell(title, text),
                new AlertWays(
                        OperatingSystem.current(),
                        environment,
                        configured.places().home(),
                        clock),
                configured::alertWays,
                console::warn);
    }

    private RunHistory history() {
        Path state = configured.places().state();
        return new RunHistory(
                console,
                clock,
                state,
                new Alarms(state, clock, alerts()),
                failure -> failure instanceof ParameterException);
    }

    /** An empty path is usually an unset variable, and would mean the current folder. */
    private static Path path(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("the name is empty");
        }
        return Path.of(OperatingSystem.current().withHome(System.getProperty("user.home", ""), text));
    }

    private void equip(CommandLine command) {
        command.getSubcommands().values().forEach(this::equip);
        command.getCommandSpec().mixins().values().stream()
                .map(CommandSpec::userObject)
                .filter(DestinationOption.class::isInstance)
                .forEach(mixin -> ((DestinationOption) mixin).orElse(configured::destination));
        command.registerConverter(Path.class, Shoebox::path);
        command.getCommandSpec().mixinStandardHelpOptions(true);
        command.getCommandSpec().versionProvider(new Version());
        command.getCommandSpec().usageMessage().sortOptions(false);
        command.getCommandSpec().usageMessage().autoWidth(true);
    }
}
