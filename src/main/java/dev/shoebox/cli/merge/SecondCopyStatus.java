package dev.shoebox.cli.merge;

import dev.shoebox.cli.configured.ConfiguredCopies;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.coverage.SecondCopyLack;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.run.copies.DriveWatch;
import dev.shoebox.text.Amounts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints for each configured second copy whether it is present, what it lacks, and what is damaged there. */
public final class SecondCopyStatus {
    private final Console console;
    private final ConfiguredCopies configured;

    public SecondCopyStatus(Console console, ConfiguredCopies configured) {
        this.console = console;
        this.configured = configured;
    }

    /** @param first the backup that they are copies of */
    public void tell(Destination first) throws IOException {
        for (Path copy : configured.of(first.root())) {
            SecondCopyLack.There there;
            try {
                there = look(copy, first.root());
            } catch (DestinationException unreachable) {
                console.warn("Second copy in " + TextFormat.path(copy) + ": " + unreachable.getMessage());
                console.event(new JsonEvent("secondCopy")
                        .with("path", copy.toString())
                        .with("message", unreachable.getMessage()));
                continue;
            }
            lacks(copy, first.root(), SecondCopyLack.of(first, there));
        }
    }

    private SecondCopyLack.There look(Path copy, Path first) throws IOException {
        return DriveWatch.look(
                copy,
                limit -> console.warn("The second copy in " + TextFormat.path(copy) + " does not answer. Waiting up to "
                        + Amounts.duration(limit) + "."),
                disks -> {
                    try (Destination second = Destination.view(copy, OpenMode.REQUIRE_EXISTING, disks)) {
                        if (Files.isSameFile(first, copy)) {
                            throw new DestinationException.NotAShoebox(
                                    "This is the folder of the backup itself, not a copy. Choose another folder with copy-to.");
                        }
                        return SecondCopyLack.There.of(second);
                    }
                });
    }

    private void lacks(Path copy, Path first, SecondCopyLack lack) {
        String start = "Second copy in " + TextFormat.path(copy) + ": ";
        if (lack.equals(SecondCopyLack.NOTHING)) {
            console.outcome(start + "complete.");
        }
        if (lack.missing() > 0) {
            console.warn(start + "lacks " + missing(lack) + "; the next backup brings "
                    + (lack.missing() == 1 ? "it." : "them."));
        }
        if (lack.damaged() > 0) {
            console.warn(start + TextFormat.damageInCopy(lack.damaged(), copy, first));
        }
        console.event(new JsonEvent("secondCopy")
                .with("path", copy.toString())
                .with("missing", lack.missing())
                .with("photos", lack.photos())
                .with("files", lack.files())
                .with("damaged", lack.damaged()));
    }

    private static String missing(SecondCopyLack lack) {
        if (lack.photos() == 0) {
            return TextFormat.count(lack.files(), "file");
        }
        return TextFormat.count(lack.photos(), "photo")
                + (lack.files() == 0 ? "" : " and " + TextFormat.count(lack.files(), "other file"));
    }
}
