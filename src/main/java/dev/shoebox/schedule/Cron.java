package dev.shoebox.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The line for any other scheduler, in the format of crontab(5). */
public final class Cron {
    private Cron() {}

    /** Returns lines for a crontab. */
    public static String lines(Job job) {
        List<String> lines = new ArrayList<>();
        String words = Stream.concat(
                        job.environment().entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + CommandQuoting.shell(entry.getValue())),
                        Stream.concat(
                                Stream.of("LANG=C.UTF-8", "SHOEBOX_UNATTENDED=1"),
                                CommandQuoting.ofBackup(job).stream().map(CommandQuoting::shell)))
                .collect(Collectors.joining(" "));
        CalendarTime when = job.when().orElse(CalendarTime.DAILY);
        lines.add("# " + job.description() + " " + when.words() + ".");
        lines.add("# Exit code 75 (no iPhone, no drive, locked) means nothing to do now; it is not a failure.");
        // Cron treats an unescaped percent sign as the end of the line.
        String command = (words + " --quiet >/dev/null || [ $? -eq 75 ]").replace("%", "\\%");
        lines.add(when.time().getMinute() + " " + when.time().getHour() + " * * "
                + when.day().map(day -> String.valueOf(day.getValue() % 7)).orElse("*") + "  " + command);
        return String.join("\n", lines) + "\n";
    }
}
