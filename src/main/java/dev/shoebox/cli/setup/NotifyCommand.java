package dev.shoebox.cli.setup;

import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.config.ConfigurationException;
import dev.shoebox.history.RunEnding;
import dev.shoebox.run.alert.Alerts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code shoebox notify --test}. */
@Command(
        name = "notify",
        header = "List or test the channels that alerts about backups are sent to.",
        description = {
            "",
            "Set them in the configuration; docs/unattended.md explains each:",
            "",
            "  notify = [\"mail:anna@example.org\", \"ntfy:~/.config/shoebox/ntfy\"]",
            ""
        },
        footer = {"", "Example:", "  shoebox notify --test"})
public final class NotifyCommand implements Callable<Integer> {
    private final Alerts alerts;

    @Option(names = "--test", description = "Send a test message to each. Without it, only list them.")
    private boolean test;

    @Mixin
    private final Console console;

    public NotifyCommand(Console console, Alerts alerts) {
        this.console = console;
        this.alerts = alerts;
    }

    @Override
    public Integer call() throws IOException {
        if (alerts.names().isEmpty()) {
            throw new ConfigurationException("No channel is set. Add one to the configuration, for example notify = "
                    + "[\"mail:anna@example.org\"].");
        }
        if (!test) {
            alerts.names().forEach(console::result);
            return RunEnding.DONE.number();
        }
        List<Alerts.Tried> tried = alerts.test();
        for (Alerts.Tried way : tried) {
            console.event(new JsonEvent("tried")
                    .with("way", way.way())
                    .with("ok", way.failure().isEmpty())
                    .with("message", way.failure()));
            if (way.failure().isPresent()) {
                console.warn(way.way() + ": " + way.failure().get());
            } else {
                console.result(way.way() + ": test message sent.");
            }
        }
        return (tried.stream().allMatch(way -> way.failure().isEmpty()) ? RunEnding.DONE : RunEnding.INCOMPLETE)
                .number();
    }
}
