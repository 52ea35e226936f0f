package dev.shoebox.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Which backup, as an argument or as {@code --dest}. */
final class DestinationOption {
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
    Optional<Path> pathIfNamed() {
        return argument.isEmpty() && option.isEmpty() ? Optional.empty() : Optional.of(path());
    }

    Path path() {
        if (argument.isPresent() == option.isPresent()) {
            throw new ParameterException(
                    command.commandLine(),
                    (argument.isPresent() ? "Two folders are named. Name one: " : "Say which folder holds the backup: ")
                            + command.qualifiedName() + " DEST");
        }
        return Stream.concat(argument.stream(), option.stream()).findFirst().orElseThrow();
    }
}
