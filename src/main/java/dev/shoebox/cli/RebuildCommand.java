package dev.shoebox.cli;

import dev.shoebox.destination.Destination;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;

/** {@code shoebox rebuild DEST}. */
@Command(
        name = "rebuild",
        header = "Make the catalogue of a backup again from what lies beside it.",
        description = {
            "",
            "For a backup whose catalogue is lost or damaged. Photos are not touched, and no iPhone is needed.",
            ""
        },
        footer = {"", "Example:", "  shoebox rebuild ~/Pictures/iPhone"})
final class RebuildCommand implements Callable<Integer> {
    private final InstantSource clock;

    @Mixin
    private DestinationOption destination;

    @Mixin
    private final Console console;

    RebuildCommand(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        Path root = destination.path();
        Destination.rebuild(root, clock, console::say);
        console.outcome("The catalogue of " + Words.path(root) + " is made again. " + Words.command("verify", root)
                + " checks the photos.");
        return ExitCode.DONE.number();
    }
}
