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

/** The backup, as an argument or as {@code --dest}. */
public final class DestinationOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DEST",
            description = "The folder of the backup. Default: the configured one, except for rebuild and unlock.")
    private Path argument;

    @Option(
            names = {"-d", "--dest"},
            paramLabel = "DEST",
            description = "The folder of the backup, given as an option.")
    private Path option;

    /** Supplies the configured backup to a command without a destination. */
    public interface Configured {
        /**
         * Returns the folder; empty if none is configured.
         *
         * @throws IOException if it is absent, or several are configured
         */
        Optional<Path> destination() throws IOException;
    }

    private Configured configured = Optional::empty;

    /** @param what called only if the command line has no folder */
    public void orElse(Configured what) {
        configured = what;
    }

    /**
     * Returns the given folder, or else the configured one if it is present; for commands that can do without.
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
     * Returns the given folder, or else the configured one.
     *
     * @throws IOException if the configured one is absent, or several are configured
     */
    public Path path() throws IOException {
        return pathIfKnown().orElseThrow(() -> refused("Say which folder holds the backup: "));
    }

    /** Returns the given folder; for commands that use no default. */
    public Path namedPath() {
        return said().orElseThrow(() -> refused("Say which folder holds the backup: "));
    }

    /** Returns the folder, if one is given. */
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
