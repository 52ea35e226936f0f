package dev.shoebox.schedule;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * macOS: an agent of the user's launchd. Connected phones are noticed by {@code shoebox watch}, which launchd keeps
 * running, because its own USB events need another kind of program.
 *
 * <p>Source: launchd.plist(5).
 */
public final class Launchd implements Scheduler {
    /**
     * A loaded job is silently not loaded again, so it is removed first, which completes some time after the command
     * for it. A job that is not loaded in the end is an error.
     */
    private static final String BEGIN =
            "here=gui/$(id -u); tries=0; launchctl bootout \"$here/$1\" 2>/dev/null && tries=20;"
                    + " launchctl enable \"$here/$1\" 2>/dev/null;"
                    + " until launchctl bootstrap \"$here\" \"$2\" || [ $tries = 0 ]; do tries=$((tries - 1)); sleep 0.5; done;"
                    + " launchctl print \"$here/$1\" >/dev/null";

    private static final String END = "launchctl bootout \"gui/$(id -u)/$1\"";

    /** Contains a character that no profile name has, so that no profile called "watch" replaces it. */
    private static final String WATCH = "+watch";

    private final Path home;

    public Launchd(Path home) {
        this.home = home;
    }

    @Override
    public List<ScheduleFile> files(Job job) {
        List<ScheduleFile> files = new ArrayList<>();
        job.when().ifPresent(when -> files.add(agent(label(job), CommandQuoting.ofBackup(job), when(when), job)));
        if (job.onPlug()) {
            String always = "  <key>RunAtLoad</key>\n  <true/>\n  <key>KeepAlive</key>\n  <true/>\n";
            files.add(agent(label(job) + WATCH, CommandQuoting.ofWatch(job), always, job));
        }
        return files;
    }

    private static String label(Path file) {
        return file.getFileName().toString().replaceFirst("\\.plist$", "");
    }

    private static String label(Job job) {
        return "dev." + job.name().replace('-', '.');
    }

    private ScheduleFile agent(String label, List<String> words, String when, Job job) {
        Map<String, String> environment = new TreeMap<>(job.environment());
        environment.put("LANG", "en_US.UTF-8");
        environment.put("SHOEBOX_UNATTENDED", "1");
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\""
                + " \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
                + "<plist version=\"1.0\">\n<dict>\n");
        text.append("  <key>Label</key>\n  ").append(string(label));
        text.append("  <key>ProgramArguments</key>\n  <array>\n");
        words.forEach(word -> text.append("    ").append(string(word)));
        text.append("  </array>\n").append(when);
        text.append("  <key>EnvironmentVariables</key>\n  <dict>\n");
        environment.forEach((key, value) -> text.append("    <key>")
                .append(CommandQuoting.xml(key))
                .append("</key>\n    ")
                .append(string(value)));
        text.append("  </dict>\n");
        text.append("  <key>ProcessType</key>\n  <string>Background</string>\n");
        text.append("  <key>LowPriorityIO</key>\n  <true/>\n");
        text.append("  <key>StandardErrorPath</key>\n  ")
                .append(string(home.resolve("Library/Logs/" + label + ".log").toString()));
        text.append("</dict>\n</plist>\n");
        return new ScheduleFile(home.resolve("Library/LaunchAgents").resolve(label + ".plist"), text.toString());
    }

    private static String string(String text) {
        return "<string>" + CommandQuoting.xml(text) + "</string>\n";
    }

    /** A time that passes while the computer sleeps is caught up on waking. */
    private static String when(CalendarTime when) {
        String day = when.day()
                .map(one -> "    <key>Weekday</key>\n    <integer>" + one.getValue() % 7 + "</integer>\n")
                .orElse("");
        return "  <key>StartCalendarInterval</key>\n  <dict>\n" + day + "    <key>Hour</key>\n    <integer>"
                + when.time().getHour() + "</integer>\n    <key>Minute</key>\n    <integer>"
                + when.time().getMinute() + "</integer>\n  </dict>\n";
    }

    @Override
    public List<List<String>> beginning(Job job) {
        List<List<String>> commands = new ArrayList<>();
        for (ScheduleFile file : files(job)) {
            commands.add(List.of(
                    "sh",
                    "-c",
                    BEGIN,
                    "launchd",
                    label(file.path()),
                    file.path().toString()));
        }
        return commands;
    }

    @Override
    public List<List<String>> ending(InstalledJobs.Entry installed) {
        return List.of(List.of("sh", "-c", END, "launchd", label(installed.path())));
    }

    @Override
    public List<List<String>> forgetting() {
        return List.of();
    }

    /** Launchd does not tell when a job is next due. */
    @Override
    public List<String> due(InstalledJobs.Entry installed) {
        return List.of();
    }
}
