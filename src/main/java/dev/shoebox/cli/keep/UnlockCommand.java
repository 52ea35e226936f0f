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
        header = "Take away the lock of a run that is dead.",
        description = {
            "",
            "For a backup that says it is in use by a run on another computer which is no more. The lock is watched for 20"
                    + " seconds first: if that run lives, the lock stays. A run of this computer needs no unlocking.",
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
