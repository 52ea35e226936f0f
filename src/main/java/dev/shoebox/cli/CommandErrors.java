package dev.shoebox.cli;

import dev.shoebox.cli.backup.BackupCommand;
import dev.shoebox.cli.terminal.Console;
import dev.shoebox.cli.terminal.JsonEvent;
import dev.shoebox.cli.terminal.TextFormat;
import dev.shoebox.history.RunEnding;
import dev.shoebox.run.record.Failures;
import dev.shoebox.schedule.NothingToDoNow;
import dev.shoebox.system.ExhaustedException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.Arrays;

/** Reports commands that failed or were not understood, and returns their exit codes. */
final class CommandErrors {
    private final Console console;
    private final InstantSource clock;

    CommandErrors(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    /** Converts a failure to a message and an exit code. The only place that does. */
    int failed(Throwable thrown) {
        // A class that could not be loaded because file handles ran out looks like a bug.
        Throwable failure = Failures.ending(thrown) == RunEnding.BUG
                ? ExhaustedException.now(thrown).<Throwable>map(why -> why).orElse(thrown)
                : thrown;
        RunEnding code = Failures.ending(failure);
        if (failure instanceof NothingToDoNow) {
            // Schedulers mail or log stderr, so --quiet prints problems only.
            if (console.isQuiet()) {
                console.brief(clock.instant(), failure.getMessage());
            } else {
                console.say(failure.getMessage());
            }
            console.event(new JsonEvent("error").with("exitCode", code.number()).with("message", failure.getMessage()));
            return code.number();
        }
        ended(
                code,
                code == RunEnding.BUG
                        ? "Unexpected error (" + failure + "). Please report it, with the output of the "
                                + "same command with -v."
                        : TextFormat.failure(failure));
        if (console.isVerbose()) {
            console.trace(failure);
        }
        return code.number();
    }

    int misused(ParameterException misuse, String... arguments) {
        CommandLine command = misuse.getCommandLine();
        unparsed(command, arguments);
        ended(
                RunEnding.BAD_USAGE,
                misuse instanceof UnmatchedArgumentException unknown
                        ? "Not understood: " + String.join(" ", unknown.getUnmatched())
                        : misuse.getMessage());
        if (arguments.length == 0) {
            command.usage(console.err());
        } else {
            StringWriter suggestions = new StringWriter();
            UnmatchedArgumentException.printSuggestions(misuse, new PrintWriter(suggestions, true));
            suggestions.toString().lines().forEach(console::warn);
            console.warn("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return RunEnding.BAD_USAGE.number();
    }

    /** Applies the output options of a command line that could not be parsed to its end. */
    void unparsed(CommandLine command, String... arguments) {
        if (Arrays.asList(arguments).contains("--json")) {
            console.forceJson();
        }
        if (command.getCommand() instanceof BackupCommand backup) {
            backup.promiseSummary();
        }
    }

    private void ended(RunEnding code, String message) {
        console.error(message);
        console.event(new JsonEvent("error").with("exitCode", code.number()).with("message", message));
    }
}
