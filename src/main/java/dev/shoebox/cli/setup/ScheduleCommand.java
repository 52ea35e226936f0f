package dev.shoebox.cli.setup;

import dev.shoebox.cli.configured.ConfiguredArguments;
import dev.shoebox.cli.terminal.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code shoebox schedule}. */
@Command(
        name = "schedule",
        header = "Start backups automatically: every day, every week, or when an iPhone is plugged in.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  shoebox schedule install --weekly --print",
            "      Show which files would be written, and where.",
            "  shoebox schedule install --weekly",
            "      Install it. Repeat the command to change the time.",
            "  shoebox schedule remove",
            "      Remove it again."
        })
public final class ScheduleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    /** Creates the command with its subcommands. */
    public static CommandLine with(Console console, ConfiguredArguments configured) {
        Schedulers schedulers = new Schedulers(configured);
        return new CommandLine(new ScheduleCommand())
                .addSubcommand(new ScheduleInstallCommand(console, configured, schedulers))
                .addSubcommand(new ScheduleShowCommand(console, schedulers))
                .addSubcommand(new ScheduleRemoveCommand(console, schedulers));
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                command.commandLine(),
                "Say which: " + String.join(", ", command.subcommands().keySet()) + ".");
    }
}
