package dev.shoebox.cli.setup;

import dev.shoebox.cli.configured.ConfiguredArguments;
import dev.shoebox.cli.configured.ScheduleSpec;
import dev.shoebox.run.record.DesktopNotices;
import dev.shoebox.run.record.Notices;
import dev.shoebox.schedule.InstalledJobs;
import dev.shoebox.schedule.Job;
import dev.shoebox.schedule.JobInstaller;
import dev.shoebox.schedule.Launchd;
import dev.shoebox.schedule.Scheduler;
import dev.shoebox.schedule.StartCommand;
import dev.shoebox.schedule.Systemd;
import dev.shoebox.schedule.TaskScheduler;
import dev.shoebox.system.OperatingSystem;
import dev.shoebox.system.process.Programs;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The scheduler of this system, and how it starts Shoebox. */
public final class Schedulers {
    private static final Path UDEV_RULES = Path.of("/etc/udev/rules.d");

    /** Variables that locate Shoebox's files, passed on if set. */
    private static final List<String> PASSED_ON = List.of(
            "JAVA_HOME",
            "JAVA_TOOL_OPTIONS",
            "LD_LIBRARY_PATH",
            "USBMUXD_SOCKET_ADDRESS",
            "XDG_CONFIG_HOME",
            "XDG_STATE_HOME");

    /** Where schedulers look for programs, whatever the user's own path is. */
    private static final List<Path> USUAL_PLACES =
            List.of(Path.of("/usr/local/bin"), Path.of("/usr/bin"), Path.of("/bin"));

    private static final String FLAGS = "launch.flags";

    /** Homebrew's folder of one version: its prefix, the formula, and what follows the version. */
    private static final Pattern HOMEBREW = Pattern.compile("(/.*)/Cellar/([^/]+)/[^/]+(/.*|)");

    private final ConfiguredArguments configured;

    public Schedulers(ConfiguredArguments configured) {
        this.configured = configured;
    }

    /** Systems whose files can be shown on any system. */
    public enum Kind {
        LINUX,
        MACOS,
        WINDOWS;

        static Kind ofThisComputer() {
            return valueOf(OperatingSystem.current().name());
        }
    }

    Scheduler of(Kind kind) {
        var places = configured.places();
        return switch (kind) {
            case LINUX -> new Systemd(places.configuration().resolveSibling("systemd/user"), UDEV_RULES);
            case MACOS -> new Launchd(places.home());
            case WINDOWS -> new TaskScheduler(places.state().resolve("tasks"), user(configured.environment()));
        };
    }

    /** Returns the installer for this computer. */
    public JobInstaller installation() {
        var list = new InstalledJobs(configured.places().state().resolve("schedule.list"));
        return new JobInstaller(of(Kind.ofThisComputer()), list, programs());
    }

    /** Shows a first notification while somebody is present to see whether it appears. */
    void introduce(Consumer<String> say) {
        introduce(
                OperatingSystem.current(),
                new DesktopNotices(configured.environment(), System.getProperty("os.name", "")),
                say);
    }

    /** Only macOS asks for permission, when the first one is shown. */
    static void introduce(OperatingSystem system, Notices notices, Consumer<String> say) {
        if (system == OperatingSystem.MACOS) {
            notices.tell("Shoebox", "Alerts about backups look like this.");
            say.accept("A notification was just shown. If you did not see it, allow notifications in System "
                    + "Settings > Notifications > Script Editor, which macOS uses for Shoebox. "
                    + "Otherwise you will not see alerts.");
        }
    }

    private Programs programs() {
        return new Programs(configured.environment());
    }

    /** Returns why this system's scheduler cannot be used; empty if it can. */
    Optional<String> absence() {
        if (Kind.ofThisComputer() != Kind.LINUX) {
            return Optional.empty();
        }
        if (programs().find("systemctl").isEmpty()) {
            return Optional.of("systemd is not installed");
        }
        return programs()
                        .run(List.of("systemctl", "--user", "show-environment"))
                        .filter(result -> result.code() == 0)
                        .isPresent()
                ? Optional.empty()
                : Optional.of("systemd does not run for your user ('systemctl --user' does not answer)");
    }

    /**
     * Returns the job for the only profile of the configuration.
     *
     * @throws IOException if the Java flags cannot be read
     */
    Job job(ScheduleSpec occasions) throws IOException {
        return new Job(Optional.empty(), occasions.when(), occasions.onPlug(), shoebox(), passedOn());
    }

    /**
     * Returns the job for one profile.
     *
     * @throws IOException if the Java flags cannot be read
     */
    Job job(String profile, ScheduleSpec occasions) throws IOException {
        return new Job(Optional.of(profile), occasions.when(), occasions.onPlug(), shoebox(), passedOn());
    }

    private Map<String, String> passedOn() {
        Map<String, String> passedOn = new TreeMap<>(configured.environment());
        passedOn.keySet().retainAll(PASSED_ON);
        Path java = Path.of(System.getProperty("java.home"));
        if (isToBeNamed(OperatingSystem.current(), java, USUAL_PLACES)) {
            passedOn.putIfAbsent("JAVA_HOME", java.toString());
        }
        return passedOn;
    }

    /**
     * Returns whether a scheduler must be told where Java is. On macOS, the {@code java} on the path may be a stub that
     * only says that Java is missing. A path with a version number in a package collection disappears with the next
     * version; the launcher finds that Java by itself.
     */
    static boolean isToBeNamed(OperatingSystem system, Path java, List<Path> usual) {
        boolean isUsual = system != OperatingSystem.MACOS
                && usual.stream().anyMatch(place -> Files.isExecutable(place.resolve("java")));
        return !isUsual
                && StreamSupport.stream(java.spliterator(), false)
                        .noneMatch(part -> part.toString().equals("Cellar"));
    }

    /** Returns the user in Windows' notation. */
    static String user(Map<String, String> environment) {
        String name = environment.getOrDefault("USERNAME", "");
        String domain = environment.getOrDefault("USERDOMAIN", "");
        return domain.isEmpty() || name.isEmpty() ? name : domain + "\\" + name;
    }

    /** On Windows, returns the launcher's variant that opens no window, if it exists. */
    static Path withoutWindow(Path launcher) {
        Path twin = launcher.resolveSibling(launcher.getFileName().toString().replaceFirst("(?i)\\.exe$", "w.exe"));
        return Files.isRegularFile(twin) ? twin : launcher;
    }

    /** Returns the command line that starts this Shoebox: the launcher that started it, or Java. */
    private static StartCommand shoebox() throws IOException {
        String script = System.getProperty("shoebox.command", "");
        OperatingSystem system = OperatingSystem.current();
        Path java = Path.of(System.getProperty("java.home"));
        Path code = code();
        if (!script.isEmpty() && system == OperatingSystem.MACOS) {
            Optional<Path> lasting = lasting(java);
            if (lasting.isPresent()) {
                return directly(lasting.get(), Path.of(script), code);
            }
        }
        if (!script.isEmpty()) {
            return StartCommand.of(
                    system == OperatingSystem.WINDOWS
                            ? withoutWindow(Path.of(script)).toString()
                            : script);
        }
        String program = system == OperatingSystem.WINDOWS ? "javaw.exe" : "java";
        return StartCommand.of(java.resolve("bin").resolve(program).toString(), "-jar", code.toString());
    }

    /**
     * Returns the command line that starts Java as the launcher would. macOS asks whether a program may access a drive
     * or the user's pictures, but never for programs that a shell starts.
     *
     * @param launcher the launcher, whose flags are beside it, or beside the jar of a package
     */
    static StartCommand directly(Path java, Path launcher, Path jar) throws IOException {
        Path packaged = jar.resolveSibling(FLAGS);
        Path flags = Files.isRegularFile(packaged) ? packaged : launcher.resolveSibling(FLAGS);
        return new StartCommand(
                List.of(java.resolve("bin/java").toString()),
                Files.isRegularFile(flags) ? StartCommand.flags(flags) : List.of(),
                List.of("-Dshoebox.command=" + launcher, "-jar", jar.toString()));
    }

    /**
     * Returns a path of Java that survives upgrades: Homebrew keeps each version in its own folder, and a link to the
     * newest one.
     *
     * @return empty if there is none
     */
    static Optional<Path> lasting(Path java) {
        Matcher kept = HOMEBREW.matcher(java.toString());
        return kept.matches()
                ? Optional.of(Path.of(kept.group(1) + "/opt/" + kept.group(2) + kept.group(3)))
                        .filter(link -> Files.isExecutable(link.resolve("bin/java")))
                : Optional.of(java);
    }

    private static Path code() {
        try {
            return Path.of(Schedulers.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
