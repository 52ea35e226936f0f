package dev.shoebox.cli.terminal;

import dev.shoebox.backup.event.Outcome;

/** Prints the outcome of each file: failures by name, and with {@code -v} files that were copied or already there. */
public final class FileOutcomes {
    private final Console console;
    private final int mostNames;
    private int failed;

    /** @param mostNames the maximum number of failures on the terminal; {@code --json} has all */
    public FileOutcomes(Console console, int mostNames) {
        this.console = console;
        this.mostNames = mostNames;
    }

    /** @param path on the source */
    public void accept(String path, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failure) {
            failed++;
            if (failed <= mostNames) {
                console.warn(TextFormat.about(path, failure.message()));
            }
            console.event(new JsonEvent("failed")
                    .with("path", path)
                    .with("reason", TextFormat.hyphenated(failure.reason()))
                    .with("message", failure.message()));
        } else if (console.isVerbose() && outcome instanceof Outcome.Copied copied) {
            console.say(path + " -> " + copied.path());
            console.event(new JsonEvent("copied").with("path", path).with("storedAs", copied.path()));
        } else if (console.isVerbose() && outcome instanceof Outcome.Duplicate duplicate) {
            console.say(path + " = " + duplicate.path());
            console.event(new JsonEvent("duplicate").with("path", path).with("storedAs", duplicate.path()));
        }
    }

    public int failed() {
        return failed;
    }

    /** Returns the number of failures that were not printed. */
    public int unnamed() {
        return Math.max(0, failed - mostNames);
    }
}
