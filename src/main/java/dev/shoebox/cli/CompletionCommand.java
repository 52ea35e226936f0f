package dev.shoebox.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

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

    @Spec
    private CommandSpec command;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.print(AutoComplete.bash("shoebox", command.root().commandLine()));
        return ExitCode.DONE.number();
    }
}
