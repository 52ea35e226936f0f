package dev.shoebox.schedule;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Windows: a task of the user's own, without a password or elevated rights. Connected phones are noticed by {@code
 * shoebox watch}, which starts at logon.
 *
 * <p>Source: Microsoft's Task Scheduler Schema, version 1.2.
 */
public final class TaskScheduler implements Scheduler {
    /** The start date of the trigger, which may be in the past: a Sunday, so that each day of the week follows it. */
    private static final LocalDate SINCE = LocalDate.of(2026, 1, 4);

    /** Contains a character that no profile name has, so that no profile called "watch" replaces it. */
    private static final String WATCH = "+watch";

    private static final String NO_LIMIT = "PT0S";
    private static final String LONGEST = "P3D";

    private final Path folder;
    private final String user;

    /**
     * Creates the scheduler.
     *
     * @param folder the folder that keeps the task definitions
     * @param user the user, {@code DOMAIN\name}, without whom only an administrator could register a logon trigger;
     * empty if unknown
     */
    public TaskScheduler(Path folder, String user) {
        this.folder = folder;
        this.user = user;
    }

    private String user(String indent) {
        return user.isEmpty() ? "" : indent + "<UserId>" + CommandQuoting.xml(user) + "</UserId>\n";
    }

    @Override
    public List<ScheduleFile> files(Job job) {
        List<ScheduleFile> files = new ArrayList<>();
        job.when()
                .ifPresent(when -> files.add(task(
                        job.name(),
                        job,
                        calendar(when),
                        false,
                        CommandQuoting.words(job, variables(job), "backup", "--scheduled"))));
        if (job.onPlug()) {
            String logon =
                    "    <LogonTrigger>\n      <Enabled>true</Enabled>\n" + user("      ") + "    </LogonTrigger>\n";
            files.add(task(job.name() + WATCH, job, logon, true, CommandQuoting.words(job, variables(job), "watch")));
        }
        return files;
    }

    /**
     * A task cannot set variables: {@code shoebox.exe}, and Shoebox itself, accept them as words before the command.
     */
    private static List<String> variables(Job job) {
        Map<String, String> all = new TreeMap<>(job.environment());
        all.put("SHOEBOX_UNATTENDED", "1");
        return all.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }

    private static String calendar(CalendarTime when) {
        DayOfWeek day = when.day().orElse(DayOfWeek.SUNDAY);
        String first = SINCE.plusDays(day.getValue() % 7) + "T" + when.clock() + ":00";
        String cycle = when.day()
                .map(
                        one -> "      <ScheduleByWeek>\n        <DaysOfWeek>\n          <"
                                + one.getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                                + " />\n        </DaysOfWeek>\n        <WeeksInterval>1</WeeksInterval>\n      </ScheduleByWeek>\n")
                .orElse("      <ScheduleByDay>\n        <DaysInterval>1</DaysInterval>\n      </ScheduleByDay>\n");
        return "    <CalendarTrigger>\n      <Enabled>true</Enabled>\n"
                + "      <StartBoundary>" + first + "</StartBoundary>\n      <RandomDelay>PT15M</RandomDelay>\n" + cycle
                + "    </CalendarTrigger>\n";
    }

    /**
     * Creates a task. The backup itself checks whether it may start on battery, because it knows the configuration.
     *
     * @param stays whether the task runs until the user logs off
     */
    private ScheduleFile task(String name, Job job, String trigger, boolean stays, List<String> words) {
        String arguments = words.subList(1, words.size()).stream()
                .map(CommandQuoting::windows)
                .collect(Collectors.joining(" "));
        String text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n"
                + "<Task version=\"1.2\" xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\">\n"
                + "  <RegistrationInfo>\n    <Description>" + CommandQuoting.xml(job.description()) + "</Description>\n"
                + "    <URI>\\" + name + "</URI>\n  </RegistrationInfo>\n"
                + "  <Triggers>\n" + trigger + "  </Triggers>\n"
                + "  <Principals>\n    <Principal id=\"Author\">\n"
                + user("      ")
                + "      <LogonType>InteractiveToken</LogonType>\n"
                + "      <RunLevel>LeastPrivilege</RunLevel>\n    </Principal>\n  </Principals>\n"
                + "  <Settings>\n"
                + "    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>\n"
                + "    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>\n"
                + "    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>\n"
                + "    <StartWhenAvailable>true</StartWhenAvailable>\n"
                + "    <ExecutionTimeLimit>" + (stays ? NO_LIMIT : LONGEST) + "</ExecutionTimeLimit>\n"
                + "    <Priority>8</Priority>\n"
                + "  </Settings>\n"
                + "  <Actions Context=\"Author\">\n    <Exec>\n"
                + "      <Command>" + CommandQuoting.xml(words.get(0)) + "</Command>\n"
                + "      <Arguments>" + CommandQuoting.xml(arguments) + "</Arguments>\n"
                + "    </Exec>\n  </Actions>\n</Task>\n";
        // Otherwise schtasks would use the encoding of this computer, in which "ü" is another letter.
        return new ScheduleFile(folder.resolve(name + ".xml"), text, false, StandardCharsets.UTF_16LE);
    }

    @Override
    public List<List<String>> beginning(Job job) {
        List<List<String>> commands = new ArrayList<>();
        for (ScheduleFile file : files(job)) {
            commands.add(List.of(
                    "schtasks",
                    "/Create",
                    "/TN",
                    name(file.path()),
                    "/XML",
                    file.path().toString(),
                    "/F"));
        }
        return commands;
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.xml$", "");
    }

    @Override
    public List<List<String>> ending(InstalledJobs.Entry installed) {
        return List.of(List.of("schtasks", "/Delete", "/TN", name(installed.path()), "/F"));
    }

    @Override
    public List<List<String>> forgetting() {
        return List.of();
    }

    @Override
    public List<String> due(InstalledJobs.Entry installed) {
        return List.of();
    }
}
