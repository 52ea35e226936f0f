package dev.shoebox.cli.option;

import dev.shoebox.schedule.NothingToDoNow;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Which backup, as an argument or as {@code --dest}. */
public final class DestinationOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DEST",
            description = "The folder of the backup. Most commands default to the configured one.")
    private Path argument;

    @Option(
            names = {"-d", "--dest"},
            paramLabel = "DEST",
            description = "The folder of the backup, given as an option.")
    private Path option;

    /** The backup of the configuration, for a command that is not told of another. */
    public interface Configured {
        /**
         * Empty if none is configured.
         *
         * @throws IOException if it is not there now, or several are configured
         */
        Optional<Path> destination() throws IOException;
    }

    private Configured configured = Optional::empty;

    /** @param what is asked only where the command line names no folder */
    public void orElse(Configured what) {
        configured = what;
    }

    /**
     * The folder that is named, else the configured one where it is there now; for a command that can do without.
     *
     * @throws IOException if several are configured
     */
    public Optional<Path> pathIfThere() throws IOException {
        try {
            return pathIfKnown();
        } catch (NothingToDoNow away) {
            return Optional.empty();
        }
    }

    private Optional<Path> pathIfKnown() throws IOException {
        Optional<Path> said = said();
        return said.isPresent() ? said : configured.destination();
    }

    /**
     * The folder that is named, else the configured one.
     *
     * @throws IOException if the configured one is not there now, or several are configured
     */
    public Path path() throws IOException {
        return pathIfKnown().orElseThrow(() -> refused("Say which folder holds the backup: "));
    }

    /** The folder that is named; for a command that never guesses. */
    public Path namedPath() {
        return said().orElseThrow(() -> refused("Say which folder holds the backup: "));
    }

    /** The folder, if one is named. */
    public Optional<Path> said() {
        if (argument != null && option != null) {
            throw refused("Two folders are given. Give only one: ");
        }
        return Optional.ofNullable(argument != null ? argument : option);
    }

    private ParameterException refused(String why) {
        return new ParameterException(command.commandLine(), why + command.qualifiedName() + " DEST");
    }
}
