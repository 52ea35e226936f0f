package dev.shoebox.cli;

import dev.shoebox.cli.terminal.Console;
import dev.shoebox.history.RunEnding;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** {@code shoebox completion}. */
@Command(
        name = "completion",
        header = "Print a script that completes shoebox's commands and options in bash and zsh.",
        footer = {
            "",
            "To use it in every new shell:",
            "  shoebox completion > ~/.shoebox-completion",
            "  echo 'source ~/.shoebox-completion' >> ~/.bashrc"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Console console;
    private final Supplier<CommandLine> everything;

    /** @param everything the command with all subcommands */
    CompletionCommand(Console console, Supplier<CommandLine> everything) {
        this.console = console;
        this.everything = everything;
    }

    @Override
    public Integer call() {
        console.print(AutoComplete.bash("shoebox", everything.get()));
        return RunEnding.DONE.number();
    }
}
