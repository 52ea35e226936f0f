package dev.shoebox.cli.setup;

import dev.shoebox.cli.configured.ConfiguredArguments;
import dev.shoebox.cli.terminal.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.time.InstantSource;
import java.util.concurrent.Callable;

/** {@code shoebox config}. */
@Command(
        name = "config",
        header = "Configure which iPhone is backed up to which disk; show and check the configuration.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example:", "  shoebox config init", "See docs/unattended.md for every key."})
public final class ConfigCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    /** Creates the command with its subcommands. */
    public static CommandLine with(Console console, ConfiguredArguments configured, InstantSource clock) {
        return new CommandLine(new ConfigCommand())
                .addSubcommand(new ConfigInitCommand(console, configured, clock))
                .addSubcommand(new ConfigShowCommand(console, configured))
                .addSubcommand(new ConfigCheckCommand(console, configured));
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                command.commandLine(),
                "Say which: " + String.join(", ", command.subcommands().keySet()) + ".");
    }
}
