package dev.shoebox.cli.terminal;

import dev.shoebox.backup.event.Outcome;

import java.nio.file.Path;

/** Prints the outcome of each file: failures by name, and with {@code -v} files that were copied or already there. */
public final class FileOutcomes {
    private final Console console;
    private final int mostNames;
    private final Path copy; // or null
    private int failed;

    /** @param mostNames the maximum number of failures on the terminal; {@code --json} has all */
    public FileOutcomes(Console console, int mostNames) {
        this(console, mostNames, null);
    }

    private FileOutcomes(Console console, int mostNames, Path copyOrNull) {
        this.console = console;
        this.mostNames = mostNames;
        this.copy = copyOrNull;
    }

    /** Returns the outcomes of files on their way into a second copy, which say so. */
    public static FileOutcomes inSecondCopy(Console console, int mostNames, Path copy) {
        return new FileOutcomes(console, mostNames, copy);
    }

    /** @param path on the source */
    public void accept(String path, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failure) {
            failed++;
            if (failed <= mostNames) {
                String where = copy == null ? "" : "Second copy in " + TextFormat.path(copy) + ": ";
                console.warn(where + TextFormat.about(path, failure.message()));
            }
            console.event(event("failed", path)
                    .with("reason", TextFormat.hyphenated(failure.reason()))
                    .with("message", failure.message()));
        } else if (console.isVerbose() && outcome instanceof Outcome.Copied copied) {
            console.say(path + " -> " + copied.path());
            console.event(event("copied", path).with("storedAs", copied.path()));
        } else if (console.isVerbose() && outcome instanceof Outcome.Duplicate duplicate) {
            console.say(path + " = " + duplicate.path());
            console.event(event("duplicate", path).with("storedAs", duplicate.path()));
        }
    }

    private JsonEvent event(String name, String path) {
        JsonEvent event = new JsonEvent(name).with("path", path);
        return copy == null ? event : event.with("secondCopy", copy.toString());
    }

    public int failed() {
        return failed;
    }

    /** Returns the number of failures that were not printed. */
    public int unnamed() {
        return Math.max(0, failed - mostNames);
    }
}
