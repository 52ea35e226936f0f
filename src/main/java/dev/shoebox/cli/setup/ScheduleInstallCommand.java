package dev.shoebox.cli.setup;

import dev.shoebox.cli.configured.ConfiguredArguments;
import dev.shoebox.cli.configured.ScheduleSpec;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.config.Profile;
import dev.shoebox.config.Table;
import dev.shoebox.history.RunEnding;
import dev.shoebox.schedule.CalendarTime;
import dev.shoebox.schedule.Cron;
import dev.shoebox.schedule.Job;
import dev.shoebox.schedule.ScheduleException;
import dev.shoebox.schedule.ScheduleFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code shoebox schedule install}. */
@Command(
        name = "install",
        header = "Start backups from this system's own scheduler.",
        description = {
            "",
            "If the iPhone or the drive is not connected at the scheduled time, the run does nothing and does not"
                    + " fail. A run that was missed because the computer was off starts later.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shoebox schedule install --weekly --print",
            "  shoebox schedule install --weekly --at 'Sat 10:00' --on-plug anna"
        })
final class ScheduleInstallCommand implements Callable<Integer> {
    private final ConfiguredArguments configured;
    /** In minutes. */
    private static final int APART = 5;

    private static final int MOST_APART = 12;

    private final Schedulers schedulers;

    @Spec
    private CommandSpec command;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PROFILE",
            description = "Which configured phone, if there are several.")
    private String profile;

    @Option(names = "--daily", description = "Every day, at 19:00 unless --at says otherwise.")
    private boolean daily;

    @Option(names = "--weekly", description = "Every week, on Sunday at 19:00 unless --at says otherwise.")
    private boolean weekly;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = WhenConverter.class,
            description = "At this time: 20:30, or with a day, Sun 20:30.")
    private CalendarTime at;

    @Option(
            names = "--on-plug",
            description =
                    "When an iPhone is plugged in. On Linux this needs a udev rule, which is printed: only root can"
                            + " install it.")
    private boolean onPlug;

    @Option(names = "--print", description = "Print what would be written, and write nothing.")
    private boolean print;

    @Option(
            names = "--system",
            paramLabel = "SYSTEM",
            converter = SystemConverter.class,
            description = "With --print: show it for linux, macos or windows instead of this system.")
    private Schedulers.Kind system;

    @Mixin
    private final Console console;

    ScheduleInstallCommand(Console console, ConfiguredArguments configured, Schedulers schedulers) {
        this.console = console;
        this.configured = configured;
        this.schedulers = schedulers;
    }

    @Override
    public Integer call() throws IOException {
        if (system != null && !print) {
            throw refused("--system only shows the files for other systems: add --print.");
        }
        if (profile != null && !Profile.isName(profile)) {
            throw refused("'" + profile + "' cannot be the name of a phone; use letters A to Z, digits, - and _.");
        }
        ScheduleSpec said = said();
        if (print) {
            ScheduleSpec occasions = spread(said.isNone() ? configuredOccasions() : said);
            print(schedulers
                    .of(Optional.ofNullable(system).orElseGet(Schedulers.Kind::ofThisComputer))
                    .files(job(occasions)));
            return RunEnding.DONE.number();
        }
        // A schedule for a phone that is not configured would always fail, unnoticed.
        configured();
        ScheduleSpec occasions = spread(said.isNone() ? configuredOccasions() : said);
        Job job = job(occasions);
        Optional<String> absence = schedulers.absence();
        if (absence.isPresent()) {
            console.print(Cron.lines(job));
            throw new ScheduleException("Nothing is installed: " + absence.get()
                    + ". Put the line on stdout into another scheduler, for example with 'crontab -e'.");
        }
        List<ScheduleFile> left = schedulers.installation().install(job);
        console.outcome("Backups start automatically " + occasions.words() + ". 'shoebox schedule show' "
                + "shows details; 'shoebox schedule remove' stops them.");
        schedulers.introduce(console::say);
        for (ScheduleFile file : left) {
            console.warn("Only root can install one file. To start backups when an iPhone is plugged in, run:");
            console.print("sudo tee " + file.path() + " <<'EOF'\n" + file.text() + "EOF\n"
                    + "sudo udevadm control --reload\n");
        }
        console.event(new JsonEvent("installed")
                .with("job", job.name())
                .with(
                        "files",
                        schedulers.of(Schedulers.Kind.ofThisComputer()).files(job).stream()
                                .filter(file -> !left.contains(file))
                                .map(file -> file.path().toString())
                                .toList())
                .with("left", left.stream().map(file -> file.path().toString()).toList()));
        return RunEnding.DONE.number();
    }

    /**
     * Staggers the starts, so that several iPhones do not start in the same minute and wait for each other: the second
     * configured one starts five minutes later, the third ten. Schedulers that spread starts do so in addition. A time
     * given with {@code --at} is used as it is.
     */
    private ScheduleSpec spread(ScheduleSpec occasions) throws IOException {
        List<String> phones =
                configured.configuration().phones().stream().map(Table::name).toList();
        int place = at != null || profile == null ? 0 : phones.indexOf(profile);
        return occasions.later(Math.max(0, place) % MOST_APART * APART);
    }

    /** Returns what the options say. */
    private ScheduleSpec said() {
        if (daily && weekly) {
            throw refused("--daily and --weekly contradict each other: choose one.");
        }
        if (daily && Optional.ofNullable(at).flatMap(CalendarTime::day).isPresent()) {
            throw refused("--daily and a day of the week contradict each other: give --at a time alone.");
        }
        Optional<CalendarTime> when = Optional.ofNullable(at);
        if (weekly) {
            when = Optional.of(new CalendarTime(
                    Optional.ofNullable(at).flatMap(CalendarTime::day).or(CalendarTime.WEEKLY::day),
                    at == null ? CalendarTime.EVENING : at.time()));
        } else if (daily && at == null) {
            when = Optional.of(CalendarTime.DAILY);
        }
        return new ScheduleSpec(when, onPlug);
    }

    private Profile configured() throws IOException {
        return profile == null ? configured.onlyProfile() : configured.profile(profile);
    }

    /** Returns what the phone's table says. */
    private ScheduleSpec configuredOccasions() throws IOException {
        return configured()
                .phone()
                .find(ConfiguredArguments.SCHEDULE)
                .map(Table.Entry::values)
                .map(ScheduleSpec::of)
                .filter(occasions -> !occasions.isNone())
                .orElseThrow(() -> refused("Say when: --daily, --weekly, --at TIME or --on-plug."));
    }

    /** Separates several files by a line with their path, if the format has comments. */
    private void print(List<ScheduleFile> files) {
        for (ScheduleFile file : files) {
            boolean isXml = file.text().startsWith("<?xml");
            if (!isXml) {
                console.print("# " + file.path() + (file.isForRoot() ? " (for root)" : "") + "\n");
            } else if (files.size() > 1) {
                console.print("<!-- " + file.path().toString().replace("--", "- -") + " -->\n");
            } else {
                console.say(file.path() + ":");
            }
            console.print(file.text() + (files.size() > 1 ? "\n" : ""));
        }
    }

    private Job job(ScheduleSpec occasions) throws IOException {
        return profile == null ? schedulers.job(occasions) : schedulers.job(profile, occasions);
    }

    private ParameterException refused(String why) {
        return new ParameterException(command.commandLine(), why);
    }

    private static final class WhenConverter implements ITypeConverter<CalendarTime> {
        @Override
        public CalendarTime convert(String text) {
            return CalendarTime.parse(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is not a time of day; use 20:30 or 'Sun 20:30'"));
        }
    }

    private static final class SystemConverter implements ITypeConverter<Schedulers.Kind> {
        @Override
        public Schedulers.Kind convert(String text) {
            return Arrays.stream(Schedulers.Kind.values())
                    .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(text))
                    .findAny()
                    .orElseThrow(
                            () -> new TypeConversionException("'" + text + "' is not one of linux, macos, windows"));
        }
    }
}
