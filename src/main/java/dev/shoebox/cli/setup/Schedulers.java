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
import dev.shoebox.system.Programs;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The scheduler of this system, and what it has to be told of this Shoebox. */
public final class Schedulers {
    private static final Path UDEV_RULES = Path.of("/etc/udev/rules.d");

    /** What tells Shoebox where its things are, if it is set. */
    private static final List<String> PASSED_ON =
            List.of("JAVA_HOME", "USBMUXD_SOCKET_ADDRESS", "XDG_CONFIG_HOME", "XDG_STATE_HOME");

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
            String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
            return name.startsWith("windows") ? WINDOWS : name.startsWith("mac") ? MACOS : LINUX;
        }
    }

    Scheduler of(Kind kind) {
        var places = configured.places();
        return switch (kind) {
            case LINUX -> new Systemd(places.configuration().resolveSibling("systemd/user"), UDEV_RULES);
            case MACOS -> new Launchd(places.home());
            case WINDOWS -> new TaskScheduler(places.state().resolve("tasks"));
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
        return new Job(profile, occasions.when(), occasions.onPlug(), shoebox(), passedOn);
    }

    /** How this Shoebox is started: by the script that started it, or by Java. */
    private static List<String> shoebox() {
        String script = System.getProperty("shoebox.command", "");
        if (!script.isEmpty()) {
            return List.of(script);
        }
        List<String> words = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
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
