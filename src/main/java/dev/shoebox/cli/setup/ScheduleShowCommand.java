package dev.shoebox.cli.setup;

import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.history.RunEnding;
import dev.shoebox.schedule.InstalledJobs;
import dev.shoebox.schedule.JobInstaller;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code shoebox schedule show}. */
@Command(
        name = "show",
        header = "Show what is installed, and when it starts next.",
        footer = {"", "Example:", "  shoebox schedule show"})
final class ScheduleShowCommand implements Callable<Integer> {
    private final Schedulers schedulers;

    @Mixin
    private final Console console;

    ScheduleShowCommand(Console console, Schedulers schedulers) {
        this.console = console;
        this.schedulers = schedulers;
    }

    @Override
    public Integer call() throws IOException {
        JobInstaller installation = schedulers.installation();
        Map<String, List<InstalledJobs.Entry>> jobs = installation.entries().stream()
                .collect(Collectors.groupingBy(InstalledJobs.Entry::job, LinkedHashMap::new, Collectors.toList()));
        if (jobs.isEmpty()) {
            console.result("No backup is scheduled. To schedule one, run: shoebox schedule install --weekly");
        }
        jobs.forEach((job, entries) -> show(installation, job, entries));
        console.event(new JsonEvent("summary")
                .with("exitCode", RunEnding.DONE.number())
                .with("jobs", jobs.size()));
        return RunEnding.DONE.number();
    }

    private void show(JobInstaller installation, String job, List<InstalledJobs.Entry> entries) {
        Optional<String> due = installation.due(entries.get(0));
        console.result(job + due.map(next -> ": next on " + next).orElse(""));
        for (InstalledJobs.Entry entry : entries) {
            console.result("  " + TextFormat.path(entry.path()) + (Files.exists(entry.path()) ? "" : " (is gone)"));
        }
        console.event(new JsonEvent("schedule")
                .with("job", job)
                .with("next", due)
                .with(
                        "files",
                        entries.stream().map(entry -> entry.path().toString()).toList())
                .with(
                        "missing",
                        entries.stream()
                                .map(InstalledJobs.Entry::path)
                                .filter(Files::notExists)
                                .map(Object::toString)
                                .toList()));
    }
}
