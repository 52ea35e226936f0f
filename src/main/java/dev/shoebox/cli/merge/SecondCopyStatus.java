package dev.shoebox.cli.merge;

import dev.shoebox.cli.configured.ConfiguredArguments;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.Holdings;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.run.copies.DriveWatch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Prints for each configured second copy whether it is present, and what it lacks. */
public final class SecondCopyStatus {
    private final Console console;
    private final ConfiguredArguments configured;

    public SecondCopyStatus(Console console, ConfiguredArguments configured) {
        this.console = console;
        this.configured = configured;
    }

    /** @param first the backup that they are copies of */
    public void tell(Destination first) throws IOException {
        List<Path> copies = configured.secondCopies();
        if (copies.isEmpty()) {
            return;
        }
        for (Path copy : copies) {
            try {
                lacks(copy, DriveWatch.look(copy, () -> missing(first, copy)));
            } catch (DestinationException unreachable) {
                console.warn("Second copy in " + TextFormat.path(copy) + ": " + unreachable.getMessage());
                console.event(new JsonEvent("secondCopy")
                        .with("path", copy.toString())
                        .with("message", unreachable.getMessage()));
            }
        }
    }

    private static int missing(Destination first, Path copy) throws IOException {
        try (Destination second = Destination.view(copy, OpenMode.REQUIRE_EXISTING)) {
            long contents = first.holdings().lackedBy(second.holdings()).stream()
                    .map(Holdings.Listed::sha256)
                    .distinct()
                    .count();
            return Math.toIntExact(contents) + second.damaged().size();
        }
    }

    private void lacks(Path copy, int missing) {
        if (missing == 0) {
            console.outcome("Second copy in " + TextFormat.path(copy) + ": complete.");
        } else {
            console.warn("Second copy in " + TextFormat.path(copy) + ": lacks " + TextFormat.count(missing, "file")
                    + "; the next backup updates it.");
        }
        console.event(new JsonEvent("secondCopy").with("path", copy.toString()).with("missing", missing));
    }
}
