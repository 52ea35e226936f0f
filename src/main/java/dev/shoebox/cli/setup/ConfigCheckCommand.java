package dev.shoebox.cli.setup;

import dev.shoebox.cli.configured.ConfiguredArguments;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.config.ConfigError;
import dev.shoebox.config.Configuration;
import dev.shoebox.config.ConfigurationException;
import dev.shoebox.config.Table;
import dev.shoebox.history.RunEnding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code shoebox config check}. */
@Command(
        name = "check",
        header = "Find every mistake in the configuration, with its line and column.",
        footer = {"", "Example:", "  shoebox config check"})
final class ConfigCheckCommand implements Callable<Integer> {
    private final ConfiguredArguments configured;

    @Mixin
    private final Console console;

    ConfigCheckCommand(Console console, ConfiguredArguments configured) {
        this.console = console;
        this.configured = configured;
    }

    @Override
    public Integer call() throws IOException {
        Path file = configured.places().file();
        // Other versions read these variables, too, so an unknown one is no error.
        configured
                .strangers()
                .forEach((variable, likely) -> console.warn(variable + " is set but unknown."
                        + likely.map(word -> " Did you mean " + word + "?").orElse("")));
        Configuration configuration;
        try {
            configuration = configured.configuration();
        } catch (ConfigurationException wrong) {
            if (wrong.faults().isEmpty()) {
                throw wrong;
            }
            wrong.faults().forEach(fault -> show(file, fault));
            return RunEnding.BAD_USAGE.number();
        }
        if (Files.notExists(file)) {
            throw new ConfigurationException(
                    "There is no " + file + " yet; 'shoebox config init' asks a few questions and creates it.");
        }
        configuration.profiles();
        for (Table phone : configuration.phones()) {
            configured.settings(phone);
        }
        console.outcome(TextFormat.path(file) + " is valid: "
                + TextFormat.count(configuration.phones().size(), "phone") + ", "
                + TextFormat.count(configuration.destinations().size(), "destination") + ".");
        return RunEnding.DONE.number();
    }

    private void show(Path file, ConfigError fault) {
        console.error(file + ":" + fault.at().line() + ":" + fault.at().column() + ": " + fault.words());
        console.event(new JsonEvent("fault")
                .with("file", file.toString())
                .with("line", fault.at().line())
                .with("column", fault.at().column())
                .with("message", fault.message())
                .with("didYouMean", fault.likely()));
    }
}
