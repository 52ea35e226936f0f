package dev.shoebox.cli.option;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.Optional;

/** Which backup, as an argument or as {@code --dest}. */
public final class DestinationOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DEST", description = "The folder that holds the backup.")
    private Optional<Path> argument = Optional.empty();

    @Option(
            names = {"-d", "--dest"},
            paramLabel = "DEST",
            description = "The same as an option.")
    private Optional<Path> option = Optional.empty();

    /** For a command that can do without. */
    public Optional<Path> pathIfNamed() {
        return argument.isEmpty() && option.isEmpty() ? Optional.empty() : Optional.of(path());
    }

    public Path path() {
        return said().orElseThrow(() -> refused("Say which folder holds the backup: "));
    }

    /** The folder, if one is named. */
    public Optional<Path> said() {
        if (argument.isPresent() && option.isPresent()) {
            throw refused("Two folders are named. Name one: ");
        }
        return argument.or(() -> option);
    }

    private ParameterException refused(String why) {
        return new ParameterException(command.commandLine(), why + command.qualifiedName() + " DEST");
    }
}
