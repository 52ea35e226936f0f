package dev.shoebox.cli.setup;

import dev.shoebox.cli.configured.ScheduleSpec;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.history.RunEnding;
import dev.shoebox.schedule.InstalledJobs;
import dev.shoebox.schedule.JobInstaller;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code shoebox schedule remove}. */
@Command(
        name = "remove",
        header = "Stop scheduled backups: remove what 'schedule install' installed, and nothing else.",
        footer = {"", "Example:", "  shoebox schedule remove"})
final class ScheduleRemoveCommand implements Callable<Integer> {
    private final Schedulers schedulers;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PROFILE",
            description = "Only the backups of this phone. Default: of all phones.")
    private String profile;

    @Mixin
    private final Console console;

    ScheduleRemoveCommand(Console console, Schedulers schedulers) {
        this.console = console;
        this.schedulers = schedulers;
    }

    @Override
    public Integer call() throws IOException {
        JobInstaller installer = schedulers.installation();
        List<InstalledJobs.Entry> removed = profile == null
                ? installer.removeAll()
                : installer.remove(schedulers.job(profile, ScheduleSpec.NONE).name());
        if (removed.isEmpty()) {
            console.outcome("Nothing was installed" + (profile == null ? "" : " for '" + profile + "'") + ".");
        }
        for (InstalledJobs.Entry entry : removed) {
            console.outcome("Removed " + TextFormat.path(entry.path()));
            console.event(new JsonEvent("removed")
                    .with("job", entry.job())
                    .with("file", entry.path().toString()));
        }
        return RunEnding.DONE.number();
    }
}
