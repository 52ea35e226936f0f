package dev.shoebox.cli.keep;

import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.history.RunEnding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;

/** {@code shoebox rebuild DEST}. */
@Command(
        name = "rebuild",
        header = "Rebuild the catalogue of a backup from its journal and SHA256SUMS.",
        description = {"", "For a backup whose catalogue is lost or damaged. Touches no photo and needs no iPhone.", ""
        },
        footer = {"", "Example:", "  shoebox rebuild ~/Pictures/iPhone"})
public final class RebuildCommand implements Callable<Integer> {
    private final InstantSource clock;

    @Mixin
    private DestinationOption destination;

    @Mixin
    private final Console console;

    public RebuildCommand(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        Path root = destination.namedPath();
        DestinationFolder.rebuild(root, clock, console::say);
        console.outcome("The catalogue of " + TextFormat.path(root) + " was rebuilt. "
                + TextFormat.command("verify", root) + " checks the photos.");
        return RunEnding.DONE.number();
    }
}
