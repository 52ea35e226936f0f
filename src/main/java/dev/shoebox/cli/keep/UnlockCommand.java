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
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code shoebox unlock DEST}. */
@Command(
        name = "unlock",
        header = "Remove the lock of a dead run.",
        description = {
            "",
            "For a backup that is locked by a run on another computer that was killed. Watches the lock for"
                    + " 20 seconds first; if that run is alive, the lock stays. After a run on this computer,"
                    + " you never need it.",
            ""
        },
        footer = {"", "Example:", "  shoebox unlock /media/nas/Photos"})
public final class UnlockCommand implements Callable<Integer> {
    @Mixin
    private DestinationOption destination;

    @Mixin
    private final Console console;

    public UnlockCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Path root = destination.namedPath();
        Optional<String> held = DestinationFolder.unlock(root);
        console.outcome(
                held.isPresent()
                        ? TextFormat.path(root) + " is free again; it was held by " + held.get() + "."
                        : TextFormat.path(root) + " was not locked.");
        return RunEnding.DONE.number();
    }
}
