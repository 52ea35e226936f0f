package dev.shoebox.cli.keep;

import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.tidy.Reconciliation;
import dev.shoebox.history.RunEnding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;

/** {@code shoebox reconcile DEST}. */
@Command(
        name = "reconcile",
        header = "Find files that you renamed or moved in the backup, and record their new names.",
        description = {
            "",
            "Moves, changes and deletes nothing. Recognises files by their content, never by their"
                    + " names. A backup does the same if it misses a file that the iPhone still has.",
            ""
        },
        footer = {"", "Example:", "  shoebox reconcile ~/Pictures/iPhone"})
public final class ReconcileCommand implements Callable<Integer> {
    private final InstantSource clock;

    @Mixin
    private DestinationOption destination;

    @Mixin
    private final Console console;

    public ReconcileCommand(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        Path root = destination.path();
        Reconciliation.Result result;
        try (Destination opened = Destination.open(root, OpenMode.REQUIRE_EXISTING, clock, console::say)) {
            result = opened.ownerChanges().reconcile();
        }
        result.moved().forEach((from, to) -> {
            console.say(from + " -> " + to);
            console.event(new JsonEvent("moved").with("path", from).with("to", to));
        });
        for (String path : result.missing()) {
            console.warn(path + " is missing, and no other file in the backup has its content");
            console.event(new JsonEvent("missing").with("path", path));
        }
        int moved = result.moved().size();
        console.outcome(
                moved == 0
                        ? "Nothing in " + TextFormat.path(root) + " was renamed or moved."
                        : TextFormat.count(moved, "file")
                                + (moved == 1 ? " is listed at its new path" : " are listed at their new paths")
                                + ". Nothing was moved.");
        RunEnding ending = result.missing().isEmpty() ? RunEnding.DONE : RunEnding.DAMAGED;
        if (!result.missing().isEmpty()) {
            console.warn(TextFormat.count(result.missing().size(), "file")
                    + (result.missing().size() == 1 ? " is" : " are") + " missing. "
                    + TextFormat.command("repair", root)
                    + " restores files that the iPhone or a second backup still has. For files that you "
                    + "deleted on purpose: "
                    + TextFormat.command("forget FILE... --to", root) + ".");
        }
        console.event(new JsonEvent("summary")
                .with("exitCode", ending.number())
                .with("moved", moved)
                .with("missing", result.missing().size()));
        return ending.number();
    }
}
