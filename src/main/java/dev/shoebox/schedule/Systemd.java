package dev.shoebox.schedule;

import java.nio.file.Path;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Linux: units of the user's systemd, which need no root, and optionally a udev rule, which does.
 *
 * <p>Sources: systemd.service(5), systemd.timer(5), systemd.syntax(7), systemd.device(5), udev(7).
 */
public final class Systemd implements Scheduler {
    /**
     * Apple's vendor id, and the product ids that usbmuxd's own rule lists. Every event except the last carries the
     * tag: at an event without it, systemd assumes that the phone is gone.
     */
    private static final String PLUGGED = "ACTION!=\"remove\", SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_device\","
            + " ATTR{idVendor}==\"05ac\", ATTR{idProduct}==\"12[9a][0-9a-f]\"";

    private final Path units;
    private final Path rules;

    /**
     * Creates the scheduler.
     *
     * @param units the user's folder of units
     * @param rules the system's folder of udev rules
     */
    public Systemd(Path units, Path rules) {
        this.units = units;
        this.rules = rules;
    }

    @Override
    public List<ScheduleFile> files(Job job) {
        List<ScheduleFile> files = new ArrayList<>();
        files.add(new ScheduleFile(units.resolve(job.name() + ".service"), service(job)));
        job.when()
                .ifPresent(when -> files.add(new ScheduleFile(units.resolve(job.name() + ".timer"), timer(job, when))));
        if (job.onPlug()) {
            // Sorts after 60-*, when the device is identified, and after 39-usbmuxd.rules.
            files.add(new ScheduleFile(rules.resolve("90-" + job.name() + ".rules"), rule(job), true));
        }
        return files;
    }

    private static String service(Job job) {
        return lines(
                "[Unit]",
                "Description=" + job.description(),
                "",
                "[Service]",
                "Type=oneshot",
                "ExecStart=" + commandLine(job),
                "# No iPhone, no drive, a locked iPhone: nothing to do now; not a failure.",
                "SuccessExitStatus=75",
                "Environment=LANG=C.UTF-8 SHOEBOX_UNATTENDED=1" + environment(job.environment()),
                "Nice=10",
                "CPUSchedulingPolicy=batch",
                "IOSchedulingClass=idle",
                "TimeoutStopSec=5min");
    }

    private static String timer(Job job, CalendarTime when) {
        String day = when.day()
                .map(one -> one.getDisplayName(TextStyle.SHORT, Locale.ENGLISH) + " ")
                .orElse("");
        return lines(
                "[Unit]",
                "Description=" + job.description() + " " + when.words(),
                "",
                "[Timer]",
                "OnCalendar=" + day + "*-*-* " + when.clock() + ":00",
                "# A run that was missed while the computer was off starts later.",
                "Persistent=true",
                "RandomizedDelaySec=15min",
                "",
                "[Install]",
                "WantedBy=timers.target");
    }

    /** The rule only notifies systemd: udev kills what it starts itself, which would have no user either. */
    private static String rule(Job job) {
        return lines(
                "# When an iPhone is plugged in, the user's systemd starts " + job.name() + ".service.",
                PLUGGED + ", TAG+=\"systemd\", ENV{SYSTEMD_USER_WANTS}+=\"" + job.name() + ".service\"");
    }

    private static String commandLine(Job job) {
        List<String> all = CommandQuoting.ofBackup(job);
        String program = all.get(0);
        Stream<String> words = all.subList(1, all.size()).stream().map(word -> quoted(word.replace("$", "$$")));
        // As a program, systemd accepts no path with a quote or a backslash; as an argument it accepts any.
        String beginning = program.matches("[^\\p{Cntrl}\"'\\\\]*")
                ? quoted(program)
                : "/bin/sh -c \"exec \\\"$$0\\\" \\\"$$@\\\"\" " + quoted(program.replace("$", "$$"));
        return Stream.concat(Stream.of(beginning), words).collect(Collectors.joining(" "));
    }

    private static String environment(Map<String, String> environment) {
        return environment.entrySet().stream()
                .map(entry -> " " + quoted(entry.getKey() + "=" + entry.getValue()))
                .collect(Collectors.joining());
    }

    /** Quotes a word for a unit. */
    private static String quoted(String word) {
        if (word.matches("[A-Za-z0-9_/.,:=@+-]+")) {
            return word;
        }
        StringBuilder quoted = new StringBuilder("\"");
        word.codePoints().forEach(point -> {
            switch (point) {
                case '"', '\\' -> quoted.append('\\').appendCodePoint(point);
                case '%' -> quoted.append("%%");
                default -> {
                    if (point < ' ' || point == 0x7f) {
                        quoted.append(String.format(Locale.ROOT, "\\x%02x", point));
                    } else {
                        quoted.appendCodePoint(point);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    private static String lines(String... lines) {
        return String.join("\n", lines) + "\n";
    }

    @Override
    public List<List<String>> beginning(Job job) {
        List<List<String>> commands = new ArrayList<>(forgetting());
        job.when()
                .ifPresent(
                        when -> commands.add(List.of("systemctl", "--user", "enable", "--now", timerOf(job.name()))));
        return commands;
    }

    @Override
    public List<List<String>> ending(InstalledJobs.Entry installed) {
        return List.of(List.of("systemctl", "--user", "disable", "--now", timerOf(installed.job())));
    }

    @Override
    public List<List<String>> forgetting() {
        return List.of(List.of("systemctl", "--user", "daemon-reload"));
    }

    @Override
    public List<String> due(InstalledJobs.Entry installed) {
        return List.of(
                "systemctl",
                "--user",
                "show",
                "--value",
                "--property=NextElapseUSecRealtime",
                timerOf(installed.job()));
    }

    private static String timerOf(String job) {
        return job + ".timer";
    }
}
