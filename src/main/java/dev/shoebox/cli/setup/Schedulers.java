package dev.shoebox.cli.setup;

import dev.shoebox.cli.configured.ConfiguredArguments;
import dev.shoebox.cli.configured.ScheduleSpec;
import dev.shoebox.schedule.InstalledJobs;
import dev.shoebox.schedule.Job;
import dev.shoebox.schedule.JobInstaller;
import dev.shoebox.schedule.Launchd;
import dev.shoebox.schedule.Scheduler;
import dev.shoebox.schedule.Systemd;
import dev.shoebox.schedule.TaskScheduler;
import dev.shoebox.system.OperatingSystem;
import dev.shoebox.system.process.Programs;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** The scheduler of this system, and what it has to be told of this Shoebox. */
public final class Schedulers {
    private static final Path UDEV_RULES = Path.of("/etc/udev/rules.d");

    /** What tells Shoebox where its things are, if it is set. */
    private static final List<String> PASSED_ON = List.of(
            "JAVA_HOME",
            "JAVA_TOOL_OPTIONS",
            "LD_LIBRARY_PATH",
            "USBMUXD_SOCKET_ADDRESS",
            "XDG_CONFIG_HOME",
            "XDG_STATE_HOME");

    /** Where schedulers look for programs, whatever the person's own path is. */
    private static final List<Path> USUAL_PLACES =
            List.of(Path.of("/usr/local/bin"), Path.of("/usr/bin"), Path.of("/bin"));

    private final ConfiguredArguments configured;

    public Schedulers(ConfiguredArguments configured) {
        this.configured = configured;
    }

    /** Systems whose files can be shown anywhere. */
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

    /** What is, or will be, installed on this computer. */
    public JobInstaller installation() {
        var list = new InstalledJobs(configured.places().state().resolve("schedule.list"));
        return new JobInstaller(of(Kind.ofThisComputer()), list, programs());
    }

    private Programs programs() {
        return new Programs(configured.environment());
    }

    /** Why this system's scheduler cannot be used; empty where it can. */
    Optional<String> absence() {
        if (Kind.ofThisComputer() != Kind.LINUX) {
            return Optional.empty();
        }
        if (programs().find("systemctl").isEmpty()) {
            return Optional.of("there is no systemd");
        }
        return programs()
                        .run(List.of("systemctl", "--user", "show-environment"))
                        .filter(result -> result.code() == 0)
                        .isPresent()
                ? Optional.empty()
                : Optional.of("no systemd works for you ('systemctl --user' does not answer)");
    }

    Job job(Optional<String> profile, ScheduleSpec occasions) {
        Map<String, String> passedOn = new TreeMap<>(configured.environment());
        passedOn.keySet().retainAll(PASSED_ON);
        Path java = Path.of(System.getProperty("java.home"));
        if (isToBeNamed(OperatingSystem.current(), java, USUAL_PLACES)) {
            passedOn.putIfAbsent("JAVA_HOME", java.toString());
        }
        return new Job(profile, occasions.when(), occasions.onPlug(), shoebox(), passedOn);
    }

    /**
     * Whether a scheduler must be told where Java is. macOS has a program of that name that only says that there is none. What a
     * package collection keeps under the number of a version is gone with the next one: the launcher finds that by itself.
     */
    static boolean isToBeNamed(OperatingSystem system, Path java, List<Path> usual) {
        boolean isUsual = system != OperatingSystem.MACOS
                && usual.stream().anyMatch(place -> Files.isExecutable(place.resolve("java")));
        return !isUsual
                && StreamSupport.stream(java.spliterator(), false)
                        .noneMatch(part -> part.toString().equals("Cellar"));
    }

    /** As Windows names who is logged on. */
    static String user(Map<String, String> environment) {
        String name = environment.getOrDefault("USERNAME", "");
        String domain = environment.getOrDefault("USERDOMAIN", "");
        return domain.isEmpty() || name.isEmpty() ? name : domain + "\\" + name;
    }

    /** On Windows the launcher has a twin that opens no window, if it is there. */
    static Path withoutWindow(Path launcher) {
        Path twin = launcher.resolveSibling(launcher.getFileName().toString().replaceFirst("(?i)\\.exe$", "w.exe"));
        return Files.isRegularFile(twin) ? twin : launcher;
    }

    /** How this Shoebox is started: by the script that started it, or by Java. */
    private static List<String> shoebox() {
        String script = System.getProperty("shoebox.command", "");
        boolean windows = OperatingSystem.current() == OperatingSystem.WINDOWS;
        if (!script.isEmpty()) {
            return List.of(windows ? withoutWindow(Path.of(script)).toString() : script);
        }
        List<String> words =
                new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", windows ? "javaw.exe" : "java")
                        .toString()));
        try {
            Path code = Path.of(Schedulers.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            words.addAll(List.of("-jar", code.toString()));
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
        return words;
    }
}
