package dev.shoebox.cli.keep;

import dev.shoebox.cli.option.DestinationOption;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.destination.Destination;
import dev.shoebox.destination.DestinationFolder;
import dev.shoebox.destination.disk.DestinationException;
import dev.shoebox.destination.opening.OpenMode;
import dev.shoebox.destination.records.Kept;
import dev.shoebox.destination.tidy.Forgetting;
import dev.shoebox.history.RunEnding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code shoebox forget FILE...}. */
@Command(
        name = "forget",
        header =
                "Forget photos that you deleted from the backup, so that they are not reported missing or copied again.",
        description = {
            "",
            "Deletes nothing, here or on the iPhone; files that still exist in the backup stay."
                    + " Recognises forgotten photos by their content, whatever the iPhone calls them, and never"
                    + " lists them as safe to remove.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shoebox forget ~/Pictures/iPhone/2024/05/IMG_0001.HEIC",
            "  shoebox forget --to ~/Pictures/iPhone 2019 Screenshots",
            "      Forget everything that is missing from these folders.",
            "  shoebox forget --undo --to ~/Pictures/iPhone 2019",
            "      The next backup copies it again."
        })
public final class ForgetCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "A file or folder by its former path in the backup, or the SHA-256 of a file.")
    private List<String> files = List.of();

    @Option(
            names = {"--to", "-d", "--dest"},
            paramLabel = "DEST",
            description = "The folder that holds the backup. Default: the one that the file lies in, or the "
                    + "configured one.")
    private Path destination;

    @Option(names = "--undo", description = "Undo it: the next backup copies them again.")
    private boolean undo;

    @Option(names = "--list", description = "List what was forgotten.")
    private boolean list;

    @Mixin
    private final Console console;

    private final InstantSource clock;
    private final DestinationOption.Configured configured;

    public ForgetCommand(Console console, InstantSource clock, DestinationOption.Configured configured) {
        this.console = console;
        this.clock = clock;
        this.configured = configured;
    }

    @Override
    public Integer call() throws IOException {
        if (files.isEmpty() && !list) {
            throw new ParameterException(
                    command.commandLine(), "Say which files: " + command.qualifiedName() + " FILE...");
        }
        Path root = root();
        if (list) {
            return list(root).number();
        }
        List<String> chosen = files.stream().map(file -> inBackup(file, root)).toList();
        try (Destination opened = Destination.open(root, OpenMode.REQUIRE_EXISTING, clock, console::say)) {
            return (undo ? undo(opened, chosen) : forget(opened, chosen, root)).number();
        }
    }

    private Path root() throws IOException {
        if (destination != null) {
            return destination;
        }
        for (String file : files) {
            try {
                return DestinationFolder.around(Path.of(file).toAbsolutePath().normalize());
            } catch (InvalidPathException | DestinationException notInOne) {
                // Then the configuration, or another file, determines it.
            }
        }
        return configured
                .destination()
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(),
                        "Say which folder holds the backup: " + command.qualifiedName() + " --to DEST FILE..."));
    }

    /** Returns a path as the records spell it. Paths outside the backup are relative to its root. */
    private static String inBackup(String file, Path root) {
        try {
            Path named = Path.of(file);
            Path whole = named.toAbsolutePath().normalize();
            for (Path top : List.of(root.toAbsolutePath().normalize(), real(root))) {
                for (Path each : List.of(whole, realAncestor(whole))) {
                    if (each.startsWith(top)) {
                        return slashes(top.relativize(each));
                    }
                }
            }
            return slashes(named.normalize());
        } catch (InvalidPathException noPath) {
            return file;
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException absent) {
            return path.toAbsolutePath().normalize();
        }
    }

    /** The file is gone, and perhaps its folder, too. */
    private static Path realAncestor(Path path) {
        Path parent = path.getParent();
        return parent == null
                ? path
                : (parent.toFile().exists() ? real(parent) : realAncestor(parent)).resolve(path.getFileName());
    }

    private static String slashes(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    private RunEnding list(Path root) throws IOException {
        try (Destination opened = Destination.view(root, OpenMode.REQUIRE_EXISTING)) {
            Map<String, String> forgotten = opened.ownerChanges().forgotten();
            forgotten.forEach((sha256, path) -> {
                console.result(sha256 + "  " + path);
                console.event(new JsonEvent("forgotten").with("path", path).with("sha256", sha256));
            });
            console.event(summary(RunEnding.DONE, forgotten.size(), 0, 0));
            return RunEnding.DONE;
        }
    }

    private RunEnding forget(Destination opened, List<String> chosen, Path root) throws IOException {
        Forgetting.Result result = opened.ownerChanges().forget(chosen);
        for (Kept each : result.gone()) {
            console.say(each.path() + " is forgotten");
            console.event(new JsonEvent("forgotten").with("path", each.path()).with("sha256", each.sha256()));
        }
        for (String path : result.there()) {
            console.event(new JsonEvent("there").with("path", path));
        }
        unknown(result.unknown(), root);
        int gone = result.gone().size();
        if (gone > 0 || !result.before().isEmpty()) {
            console.outcome(TextFormat.count(gone, "file") + (gone == 1 ? " is" : " are")
                    + " forgotten: no longer reported as missing, and not copied again. To undo: 'shoebox "
                    + "forget --undo'.");
        }
        if (!result.there().isEmpty()) {
            console.warn(TextFormat.count(result.there().size(), "file")
                    + (result.there().size() == 1
                            ? " is still in the backup and stays"
                            : " are still in the backup and stay")
                    + " there: first delete what you do not want, then forget it.");
        }
        boolean nothing = gone == 0 && result.before().isEmpty();
        RunEnding ending = !result.unknown().isEmpty()
                ? (nothing && result.there().isEmpty() ? RunEnding.BAD_USAGE : RunEnding.INCOMPLETE)
                : nothing ? RunEnding.INCOMPLETE : RunEnding.DONE;
        console.event(
                summary(ending, gone, result.there().size(), result.unknown().size()));
        return ending;
    }

    private RunEnding undo(Destination opened, List<String> chosen) throws IOException {
        List<String> paths = opened.ownerChanges().wantAgain(chosen);
        paths.forEach(path -> console.event(new JsonEvent("wanted").with("path", path)));
        if (paths.isEmpty()) {
            console.warn("None of these files was forgotten; --list shows the forgotten ones.");
        } else {
            console.outcome(TextFormat.count(paths.size(), "file") + (paths.size() == 1 ? " is" : " are")
                    + " wanted again: the next backup copies what the iPhone still has of it.");
        }
        RunEnding ending = paths.isEmpty() ? RunEnding.BAD_USAGE : RunEnding.DONE;
        console.event(summary(ending, paths.size(), 0, paths.isEmpty() ? chosen.size() : 0));
        return ending;
    }

    private void unknown(List<String> unknown, Path root) {
        for (String name : unknown) {
            console.warn(name + " matches nothing that is or was in " + TextFormat.path(root) + ".");
            console.event(new JsonEvent("unknown").with("name", name));
        }
    }

    private static JsonEvent summary(RunEnding ending, int files, int there, int unknown) {
        return new JsonEvent("summary")
                .with("exitCode", ending.number())
                .with("files", files)
                .with("there", there)
                .with("unknown", unknown);
    }
}
