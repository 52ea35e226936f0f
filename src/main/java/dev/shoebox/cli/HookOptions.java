package dev.shoebox.cli;

import picocli.CommandLine.Option;

import java.util.Optional;

/** What else is to be run around a backup. */
final class HookOptions {
    @Option(
            names = "--run-before",
            paramLabel = "COMMAND",
            description = "Run this first, by the shell; if it fails, nothing is backed up (exit code 16).")
    private Optional<String> before = Optional.empty();

    @Option(
            names = "--run-after",
            paramLabel = "COMMAND",
            description = "Run this when a backup was completed; SHOEBOX_DEST and others tell it what was done.")
    private Optional<String> after = Optional.empty();

    @Option(
            names = "--run-after-fail",
            paramLabel = "COMMAND",
            description = "Run this when a backup was not completed, but for one that had nothing to do (75).")
    private Optional<String> afterFail = Optional.empty();

    Optional<String> before() {
        return before;
    }

    Optional<String> after() {
        return after;
    }

    Optional<String> afterFail() {
        return afterFail;
    }
}
