package dev.shoebox.cli.merge;

import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.option.LayoutConverter;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.InterruptHandler;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.naming.Layout;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.history.RunEnding;
import dev.shoebox.merge.Merge;
import dev.shoebox.merge.MergeOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code shoebox merge OTHER DEST}. */
@Command(
        name = "merge",
        header = "Copy the photos of another backup into this one.",
        description = {
            "",
            "Each photo keeps its iPhone, date, Live video, edits and albums, so that the next backup of"
                    + " that iPhone does not copy it again. Photos that are here already are not stored twice. The"
                    + " other backup is only read. Run it again to continue after an interruption.",
            ""
        },
        footer = {"", "Example:", "  shoebox merge /media/me/Old/iPhone ~/Pictures/iPhone"})
public final class MergeCommand implements Callable<Integer> {
    private final InterruptHandler interrupts;
    private final InstantSource clock;
    private final DestinationOption.Configured configured;

    @Spec
    private CommandSpec command;

    @Parameters(index = "0", paramLabel = "OTHER", description = "The backup that the photos come from.")
    private Path other;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DEST",
            description = "The backup to copy them to. Default: the configured one.")
    private Path destination;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            defaultValue = "month",
            converter = LayoutConverter.class,
            description = "Folders for the photos, as for 'shoebox backup'. Default: month (%%Y/%%m).")
    private Layout layout;

    @Mixin
    private final Console console;

    public MergeCommand(
            Console console,
            InterruptHandler interrupts,
            InstantSource clock,
            DestinationOption.Configured configured) {
        this.console = console;
        this.interrupts = interrupts;
        this.clock = clock;
        this.configured = configured;
    }

    @Override
    public Integer call() throws IOException {
        Optional<Path> said = destination != null ? Optional.of(destination) : configured.destination();
        Path root =
                said.orElseThrow(() -> refused("Give the backup that receives the photos: shoebox merge OTHER DEST"));
        DestinationFolder.requireSuitable(other, OpenMode.REQUIRE_EXISTING);
        DestinationFolder.requireSuitable(root, OpenMode.REQUIRE_EXISTING);
        Path from = other.toRealPath();
        Path to = root.toRealPath();
        if (from.startsWith(to) || to.startsWith(from)) {
            throw refused(TextFormat.path(other) + " and " + TextFormat.path(root) + " are the same "
                    + "folder, or one contains the other. Give two separate backups.");
        }
        try (Destination opened = Destination.view(other, OpenMode.REQUIRE_EXISTING);
                Destination open = Destination.open(root, OpenMode.REQUIRE_EXISTING, clock, console::say)) {
            return merge(opened, open, root).number();
        }
    }

    private RunEnding merge(Destination from, Destination to, Path root) throws IOException {
        Merge.Result result;
        try (var output = new MergeOutput(console, root, "Scanning " + TextFormat.path(other) + " ...")) {
            var merge = new Merge(from, other, to, MergeOptions.with(layout), clock, output);
            interrupts.finishOnFirst(console, merge::stop);
            result = merge.run();
        }
        if (result.ended().isPresent() && !result.stopped()) {
            throw result.ended().get();
        }
        return concluded(result, root);
    }

    private RunEnding concluded(Merge.Result result, Path root) {
        RunEnding ending =
                result.stopped() ? RunEnding.INTERRUPTED : result.isComplete() ? RunEnding.DONE : RunEnding.INCOMPLETE;
        console.outcome(TextFormat.count(result.copied(), "file") + ", " + TextFormat.bytes(result.bytes())
                + ", were copied to " + TextFormat.path(root) + "; "
                + TextFormat.count((long) result.there() + result.duplicates(), "file")
                + (result.there() + result.duplicates() == 1 ? " was" : " were") + " there already.");
        Merge.Lacking lacking = result.lacking();
        lacking.words()
                .ifPresent(words -> console.warn(TextFormat.count(lacking.files(), "file") + " that "
                        + TextFormat.path(other) + " lists were not copied: " + words + "."
                        + (lacking.failed() + lacking.gone() > 0
                                ? " 'shoebox verify' and 'shoebox repair' on " + TextFormat.path(other)
                                        + " find and repair what they can; then merge again."
                                : "")));
        if (result.isComplete() && lacking.files() == 0) {
            console.outcome(
                    "Everything that " + TextFormat.path(other) + " lists is in " + TextFormat.path(root) + " now.");
        }
        console.event(new JsonEvent("summary")
                .with("exitCode", ending.number())
                .with("copied", result.copied())
                .with("bytesCopied", result.bytes())
                .with("duplicates", result.duplicates())
                .with("there", result.there())
                .with("failed", lacking.failed())
                .with("gone", lacking.gone())
                .with("previews", lacking.previews())
                .with("forgotten", lacking.forgotten()));
        return ending;
    }

    private ParameterException refused(String why) {
        return new ParameterException(command.commandLine(), why);
    }
}
