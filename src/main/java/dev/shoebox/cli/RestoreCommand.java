package dev.shoebox.cli;

import dev.shoebox.cli.terminal.Console;
import dev.shoebox.history.RunEnding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code shoebox help restore}: a help topic rather than an operation. */
@Command(
        name = "restore",
        header = "Explain how to get photos back: on a new computer, after a dead disk or a lost iPhone, into"
                + " other programs.",
        description = {
            "",
            "A backup is a folder of ordinary files: open it and copy what you want, without this program.",
            "",
            "  New computer     Plug the drive in, then 'shoebox status DEST'. To move to",
            "                   another disk: cp -a OLD/. NEW/, then 'shoebox verify NEW'.",
            "  .shoebox lost    'shoebox rebuild DEST'; if SHA256SUMS is lost, too:",
            "                   'shoebox adopt DEST'.",
            "  Damaged files    'shoebox repair DEST', with the iPhone connected, or with",
            "                   --from and a second backup.",
            "  Lost iPhone      Everything is there by date; 'shoebox find' finds photos.",
            "  For somebody     'shoebox export -o photos.zip DEST'; --split 4G for discs",
            "                   and sticks.",
            "  Onto an iPhone   Import into Photos on a Mac with iCloud Photos on, which",
            "                   keeps Live Photos; icloud.com/photos separates them. Files",
            "                   copied over the cable never appear in Photos.",
            "  Apple Photos     File > Import, both halves of a Live Photo together.",
            "  Immich           As an external library, read-only, without the folder",
            "                   'albums'.",
            "  PhotoPrism       Index the folder in place; do not import it.",
            "  digiKam          Add it as a collection. Let it read sidecars, and write only",
            "                   to sidecars.",
            "",
            "docs/restoring.md explains each.",
            ""
        },
        footer = {"", "Example:", "  shoebox help restore"})
final class RestoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private final Console console;

    RestoreCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.print(command.commandLine().getUsageMessage());
        return RunEnding.DONE.number();
    }
}
