package dev.shoebox.cli.setup;

import dev.shoebox.cli.configured.ConfiguredArguments;
import dev.shoebox.cli.option.SourceMatcher;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.config.Profile;
import dev.shoebox.device.usbmux.MuxAddress;
import dev.shoebox.history.RunEnding;
import dev.shoebox.photos.source.SourceId;
import dev.shoebox.run.record.RunHistory;
import dev.shoebox.system.Drives;
import dev.shoebox.system.OperatingSystem;
import dev.shoebox.watch.PlugScheduler;
import dev.shoebox.watch.UsbmuxListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code shoebox watch [PROFILE]}. */
@Command(
        name = "watch",
        header = "Keep running, and back up whenever an iPhone is plugged in.",
        description = {
            "",
            "Waits for iPhones and drives, and runs 'shoebox backup --scheduled' each time one is"
                    + " plugged in. The configuration says what to back up and where: see 'shoebox config init'."
                    + " Stop it with Ctrl-C; a running backup ends safely.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shoebox watch              every configured phone",
            "  shoebox watch anna -v      one of them, with a line for every event"
        })
public final class WatchCommand implements Callable<Integer> {
    /** By name, since the main class refers to this one. */
    private static final String MAIN_CLASS = "dev.shoebox.cli.Shoebox";

    /** The interval for checking drives and clocks. */
    private static final Duration LOOK = Duration.ofSeconds(3);

    /** The interval for checking whether backups are overdue that nothing started. */
    private static final Duration ABSENCE = Duration.ofHours(1);

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final InterruptHandler interrupts;
    private final InstantSource clock;
    private final ConfiguredArguments configured;
    private final RunHistory history;
    private final BlockingQueue<Integer> ends = new LinkedBlockingQueue<>();
    private volatile WatchedBackup child; // or null

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PROFILE",
            description = "The phone, by the NAME of its [phone.NAME] in the configuration. Default: all phones.")
    private String profile;

    @Mixin
    private final Console console;

    public WatchCommand(
            Console console,
            InterruptHandler interrupts,
            InstantSource clock,
            ConfiguredArguments configured,
            RunHistory history) {
        this.console = console;
        this.interrupts = interrupts;
        this.clock = clock;
        this.configured = configured;
        this.history = history;
    }

    @Override
    public Integer call() throws IOException {
        List<PlugScheduler.Job> jobs = jobs();
        history.requireOwnState();
        console.keepLog(configured.places().state(), clock);
        interrupts.onFirst(() -> ends.add(RunEnding.INTERRUPTED.number()));
        interrupts.onTermination(() -> ends.add(RunEnding.DONE.number()));
        var self = new PlugScheduler[1];
        var watching = new PlugScheduler(jobs, job -> start(job, self), this::note);
        self[0] = watching;
        watching.tick(clock.instant(), Duration.ofNanos(System.nanoTime()), Drives.mounted());
        console.say("Waiting for " + jobs.stream().map(PlugScheduler.Job::name).collect(Collectors.joining(", "))
                + ". Plug in an iPhone at any time; press Ctrl-C to stop.");
        try (UsbmuxListener cables = UsbmuxListener.at(MuxAddress.of(configured.environment()), listener(watching))) {
            cables.start();
            Optional<Integer> end = Optional.empty();
            long lookedForAbsence = System.nanoTime() - ABSENCE.toNanos();
            while (end.isEmpty()) {
                if (System.nanoTime() - lookedForAbsence >= ABSENCE.toNanos()) {
                    lookedForAbsence = System.nanoTime();
                    for (Profile each : profiles()) {
                        history.tellAbsence(known -> isMeant(known, each));
                    }
                }
                watching.tick(clock.instant(), Duration.ofNanos(System.nanoTime()), Drives.mounted());
                end = Optional.ofNullable(ends.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS));
            }
            endChild();
            return end.get();
        } catch (InterruptedException interrupted) {
            endChild();
            return RunEnding.INTERRUPTED.number();
        }
    }

    private List<Profile> profiles() throws IOException {
        return profile != null
                ? List.of(configured.profile(profile))
                : configured.configuration().profiles();
    }

    private static boolean isMeant(SourceId known, Profile profile) {
        return Stream.of("udid", "name")
                .flatMap(key -> profile.phone().text(key).stream())
                .allMatch(typed -> SourceMatcher.isMeant(known, typed));
    }

    private List<PlugScheduler.Job> jobs() throws IOException {
        List<Profile> profiles = profiles();
        if (profiles.isEmpty()) {
            configured.onlyProfile();
        }
        return profiles.stream()
                .map(each -> new PlugScheduler.Job(
                        each.name(), each.phone().text("udid").filter(WatchCommand::isUdid)))
                .toList();
    }

    /** A phone may be configured by name only, which the cable does not tell. */
    private static boolean isUdid(String text) {
        return text.matches("[0-9A-Fa-f-]{8,}");
    }

    private static UsbmuxListener.Listener listener(PlugScheduler watching) {
        return new UsbmuxListener.Listener() {
            @Override
            public void plugged(String udid) {
                watching.plugged(udid);
            }

            @Override
            public void pulled(String udid) {
                watching.pulled(udid);
            }

            @Override
            public void nobodyAnswers() {
                watching.nobodyAnswers();
            }
        };
    }

    private void start(PlugScheduler.Job job, PlugScheduler[] watching) {
        try {
            WatchedBackup backup =
                    WatchedBackup.start(OperatingSystem.current(), JAVA, words(job), configured.environment());
            child = backup;
            CompletableFuture<Void> unused = backup.onExit().thenAccept(code -> {
                child = null;
                watching[0].ended(code, code == RunEnding.NOTHING_TO_DO_NOW.number());
            });
        } catch (IOException unable) {
            console.warn("The backup of " + job.name() + " could not be started: " + TextFormat.failure(unable));
            watching[0].notStarted();
        }
    }

    /** Returns the command line of this program, with the memory that a backup needs. */
    private List<String> words(PlugScheduler.Job job) {
        String classes = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        List<String> words = new ArrayList<>(List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                classes,
                MAIN_CLASS,
                "backup",
                "--scheduled=" + job.name()));
        words.addAll(console.repeated());
        if (!console.isVerbose()) {
            words.add("--brief");
        }
        return words;
    }

    private void endChild() throws IOException {
        Optional<WatchedBackup> running = Optional.ofNullable(child);
        if (running.isPresent()) {
            try {
                running.get().end();
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void note(String line) {
        if (console.isVerbose()) {
            console.say(clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + line);
        } else {
            console.note(line);
        }
        console.event(
                new JsonEvent("watch").with("at", clock.instant().toString()).with("message", line));
    }
}
